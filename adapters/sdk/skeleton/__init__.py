"""Writes the skeleton of an adapter to a partner with an HTTP API: a package of its own, whose tests pass."""
