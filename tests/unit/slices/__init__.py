"""Pure rules of slices."""
