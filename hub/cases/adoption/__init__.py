"""Orders of another system, taken over as facts."""
