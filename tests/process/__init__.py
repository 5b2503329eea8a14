"""Tests of the three services together, in memory."""
