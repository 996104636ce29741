"""Invariants of progress."""
