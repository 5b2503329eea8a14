"""Assignment's doors: commands, dispatch, and questions about cases."""
