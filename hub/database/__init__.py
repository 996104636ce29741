"""PostgreSQL as every room uses it: transactions, locks, request keys, migrations."""
