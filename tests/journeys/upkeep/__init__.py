"""Journeys of what keeps a hub going."""
