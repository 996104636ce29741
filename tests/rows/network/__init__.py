"""The rows of the network."""
