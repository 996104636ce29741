"""From which nodes an order ships, and why: the search for a plan and the stored decision."""
