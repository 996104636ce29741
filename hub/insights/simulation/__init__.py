"""A cycle of demand on a network of warehouses and stores, run under policies of sourcing."""
