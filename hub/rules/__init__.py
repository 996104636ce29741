"""Rules that users write in CEL over facts about an order: compiled once, typed, with a bound on their work."""
