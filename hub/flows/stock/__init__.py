"""Processes of stock: changes, counts, supply, reservations, availability."""
