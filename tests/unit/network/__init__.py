"""The network as a value."""
