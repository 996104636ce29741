"""Journeys of returns."""
