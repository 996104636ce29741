"""Rows of the outbox: its tables, and one file of statements per noun."""
