"""The adapter's memory, kept by the hub."""
