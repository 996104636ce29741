"""Days that are worked, and dates that follow from them."""
