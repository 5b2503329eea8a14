"""What intake remembers for reading: the proposals, and the years there are any in."""
