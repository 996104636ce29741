"""Availability in memory, against the rows it is a copy of."""
