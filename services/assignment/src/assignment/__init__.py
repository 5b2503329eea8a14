"""Assignment (交办): dispatches cases to units and follows them until they are answered."""
