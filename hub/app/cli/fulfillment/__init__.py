"""Commands about documents and feeds."""
