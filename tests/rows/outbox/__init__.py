"""The outbox on a real PostgreSQL."""
