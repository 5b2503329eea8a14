"""An append-only log in PostgreSQL, one per district, and what follows from it."""
