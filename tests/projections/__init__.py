"""Read models: the same rows live, replayed in any batches, rebuilt, and as of any position."""
