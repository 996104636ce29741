"""What stands between the wire and the flows."""
