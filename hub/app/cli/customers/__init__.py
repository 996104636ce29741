"""Commands about the customers' door."""
