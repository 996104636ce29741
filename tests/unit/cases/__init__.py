"""What cases decide from what is loaded."""
