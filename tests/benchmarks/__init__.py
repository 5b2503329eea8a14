"""What is measured, beside peers on the same machine."""
