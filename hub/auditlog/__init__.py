"""Who did what: an entry for each changing call and each denied one, in a chain in which a cut shows."""
