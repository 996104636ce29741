"""Events, one struct per type: the facts that the feed carries, with the sentences that tell them to people."""
