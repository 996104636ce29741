"""Rows of the returns room, one file per noun."""
