"""Services about stock: on hand, supply, reservations, availability."""
