"""The `tian` command: what it starts stays up, ends in order, and speaks in sentences."""
