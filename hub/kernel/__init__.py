"""Values every room speaks of: money, instants, identities, refusals, scope, traces. Imports nothing of the hub."""
