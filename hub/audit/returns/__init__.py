"""Invariants of returns."""
