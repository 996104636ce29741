"""What is masked in documents on arrival."""
