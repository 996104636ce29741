"""Tasks that source orders again, value stock and compare policies, away from the orders that come in."""
