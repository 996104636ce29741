"""The search for a plan: which nodes ship what."""
