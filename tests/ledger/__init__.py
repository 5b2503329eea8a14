"""Tests of reading ledgers: what is let in, what is kept out, and what is said about it."""
