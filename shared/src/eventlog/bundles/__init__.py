"""A log in one file that can be taken away: events, checkpoints, tiles and keys, verified without us."""
