"""Intake (收案): receives proposals, reviews and files them, and brings ledgers into the log."""
