"""Exceptions: whatever cannot go on, with reason, owner, deadline and suggested command."""
