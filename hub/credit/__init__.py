"""Credit accounts: how much customers may owe a seller on terms, and what orders take of it."""
