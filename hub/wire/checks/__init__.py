"""What a message must keep before any of it is believed: rules of its fields, no U+0000, no card numbers."""
