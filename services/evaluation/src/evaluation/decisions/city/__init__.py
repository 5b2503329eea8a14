"""Districts side by side and years in a row: what can be compared, and in which order it stands."""
