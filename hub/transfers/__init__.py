"""Transfers: goods that move from one node to another."""
