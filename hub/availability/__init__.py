"""What can be sold: levels kept in memory, the rules that withhold some of them, and who near a place has what."""
