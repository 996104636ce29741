"""Checks shown red on planted faults, and the whole under faults from outside."""
