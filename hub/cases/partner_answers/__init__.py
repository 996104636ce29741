"""What partners answer about a case."""
