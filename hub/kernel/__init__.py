"""Values every room speaks of: money, instants, identities, refusals, scope, trace context. Imports nothing of the hub."""
