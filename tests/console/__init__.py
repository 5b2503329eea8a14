"""Tests of the console: its pages over stand-ins for the services, and in a real browser."""
