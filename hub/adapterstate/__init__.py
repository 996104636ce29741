"""What adapters remember, per account: entries, leases and numbers. The hub reads none of it."""
