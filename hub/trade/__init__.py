"""Tax records; landed cost and customs papers join here."""
