"""Read-only counts of broken invariants over all rooms."""
