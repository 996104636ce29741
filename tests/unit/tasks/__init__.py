"""What tasks decide without a database."""
