"""How a service's process is put together: HTTP edge, identity, health, relay and followers."""
