"""Balances that the hub keeps itself: gift cards and store credit, and what moved on them."""
