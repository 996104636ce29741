"""The worker on a real PostgreSQL, with toy partners."""
