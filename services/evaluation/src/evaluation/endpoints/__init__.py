"""Evaluation's doors: commands, figures, and the history of ratings."""
