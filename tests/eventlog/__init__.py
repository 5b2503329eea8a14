"""The log and what follows from it, by behaviour, on a real PostgreSQL and a real NATS."""
