"""What is sold: items and bundles, their list prices, and what carriers and customs must know of them."""
