"""People and firms: the only room with personal data."""
