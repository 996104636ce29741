"""By when goods leave a node and reach the customer: cut-offs, working days and transit times."""
