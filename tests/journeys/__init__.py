"""What a person does, through the front doors of the whole system."""
