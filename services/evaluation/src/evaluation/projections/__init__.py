"""The facts that figures rest on: how events change them, and how they are read."""
