"""The contract over HTTP, by a server of its own in front of a whole hub."""
