"""The rates of a year: their names, their formulas, and how they are computed."""
