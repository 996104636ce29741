"""Floods a hub of this machine, and says what a paying caller beside them notices."""
