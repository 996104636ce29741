"""Returns on the wire."""
