"""What the bench makes in databases."""
