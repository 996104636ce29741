"""The customers' own service: what they may see and do of orders of their own."""
