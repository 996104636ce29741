"""Journeys of stock."""
