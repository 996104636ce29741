"""Stock per SKU and node, exact to the unit."""
