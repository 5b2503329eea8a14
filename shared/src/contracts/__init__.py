"""What the services promise each other: events, the rulebook, and the words everybody uses.

The file name is the owner: only intake records what stands in `intake.py`. Events only grow
by optional fields; a breaking change is a new class beside the old one.
"""
