"""Ship to store: what an order lacks where it is collected comes from other nodes."""
