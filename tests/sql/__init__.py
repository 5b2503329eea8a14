"""Every statement of every package, prepared against the migrated database."""
