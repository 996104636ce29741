"""Turns of feeds: numbers, gaps, parked events."""
