"""Values without any room."""
