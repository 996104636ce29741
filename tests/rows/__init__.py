"""What touches rows, on a real PostgreSQL."""
