"""What the log does in a second, measured."""
