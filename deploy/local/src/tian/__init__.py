"""The `tian` command: the whole system on one machine, without Docker."""
