"""Faults: what is acknowledged is there once, whatever is killed, cut, wiped or restored."""
