"""Tasks and timers of returns, claims and exchanges."""
