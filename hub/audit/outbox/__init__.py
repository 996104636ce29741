"""Invariants of messages and events."""
