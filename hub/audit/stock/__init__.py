"""Invariants of stock."""
