"""What assignment remembers for reading: case files, and each unit's part in them."""
