"""One call per service: traces, metrics and logs."""
