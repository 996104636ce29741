"""What runs for each kind of message: the reactions of the business, bound to flows and partners."""
