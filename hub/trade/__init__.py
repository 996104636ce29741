"""Tax records, trade rules as dated data, and landed cost computed from them."""
