"""What proves a log: the tree, its checkpoints, and what finds a log that was altered."""
