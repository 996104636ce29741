"""Commands about what goods cost across borders, and by which rules."""
