"""The installation on the wire."""
