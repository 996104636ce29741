"""Changes of orders: what a draft of one comes to, where added units come from, and what it does to a case."""
