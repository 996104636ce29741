"""The embedded PostgreSQL: started, left behind, found, stopped, and kept from others."""
