"""Decisions about what can be sold: which nodes count, what is withheld, where the nearest is."""
