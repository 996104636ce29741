"""The gateway as it is deployed: its configuration against the contracts, and Envoy itself in front of a hub."""
