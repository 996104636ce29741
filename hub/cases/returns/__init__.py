"""What comes back: permission, receipt, credit, exchange, route."""
