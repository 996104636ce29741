"""Documents: kept before they are read."""
