"""How a service's process behaves at its edges."""
