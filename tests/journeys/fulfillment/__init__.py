"""Journeys of fulfillment."""
