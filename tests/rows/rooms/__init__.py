"""What the rooms write and read, on a real PostgreSQL."""
