"""The customers' door on the wire."""
