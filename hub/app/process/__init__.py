"""What every process of the hub has: its end, its addresses, its identities."""
