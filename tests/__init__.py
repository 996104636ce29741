"""The proof: unit, rows, wire, adapters, journeys, faults and architecture; `support` is what they share."""
