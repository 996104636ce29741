"""Goods that come back: permissions to send them, what came, what was found, what happens to them, and the money."""
