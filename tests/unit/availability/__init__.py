"""Decisions about what can be sold, without a database."""
