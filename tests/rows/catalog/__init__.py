"""The rows of the catalog."""
