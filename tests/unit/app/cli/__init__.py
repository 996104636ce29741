"""The command line against a hub that answers as it is told."""
