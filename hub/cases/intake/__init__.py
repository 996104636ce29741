"""New orders: drafts, plans, reservations."""
