"""Changes of orders that stand: proposed with a preview, confirmed as a whole, or left to expire."""
