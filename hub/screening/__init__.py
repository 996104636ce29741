"""Screening: denied-party lists in their versions, matches of parties with their entries, and what people decided."""
