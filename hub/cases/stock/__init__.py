"""Stock that cases and counts change, and what can be sold of it."""
