"""The console: web pages for people; it has no rules of its own and speaks to the services over HTTP."""
