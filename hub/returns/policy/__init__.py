"""Decisions about what comes back: where it goes, and what becomes of it."""
