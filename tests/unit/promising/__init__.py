"""Dates that are promised."""
