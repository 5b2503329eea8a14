"""Intake's doors: commands, proposals, districts, and ledgers."""
