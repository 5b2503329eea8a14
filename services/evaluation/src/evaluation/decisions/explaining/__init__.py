"""A rulebook in words, for people to read and to lay beside another."""
