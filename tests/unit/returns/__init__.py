"""Decisions about what comes back."""
