"""What is to be done later or told to others: messages in lanes, timers, the feed of events, business time, leases."""
