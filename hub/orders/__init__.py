"""Orders: the customer's demand as facts, and the life of the order as a whole."""
