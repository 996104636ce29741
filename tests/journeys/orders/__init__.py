"""Journeys of orders."""
