"""The score: what is counted, what it comes to under a rule, and the sheet of all rules."""
