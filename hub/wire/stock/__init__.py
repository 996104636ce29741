"""Stock on the wire."""
