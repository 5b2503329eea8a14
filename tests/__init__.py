"""Tests mirror the packages; journeys tell what a person does."""
