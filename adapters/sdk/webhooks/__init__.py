"""How an adapter takes what a partner sends by itself: known by its signature, kept by the hub, then answered."""
