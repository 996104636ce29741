"""Commands about adapters and the accounts of partners."""
