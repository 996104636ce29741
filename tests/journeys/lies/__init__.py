"""Journeys of money."""
