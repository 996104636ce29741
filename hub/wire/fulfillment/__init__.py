"""Fulfillment on the wire."""
