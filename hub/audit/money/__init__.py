"""Invariants of money."""
