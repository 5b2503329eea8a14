"""Tests of what the services promise each other."""
