"""The reports of a year (报表): what each of them groups and counts."""
