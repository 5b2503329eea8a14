"""Bundles: a log taken away in one file."""
