"""Scripts of the workshop: what makes generated files, locks and checks. Nothing here ships."""
