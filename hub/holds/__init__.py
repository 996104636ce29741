"""Holds: why an order may not go on, and which operations that blocks."""
