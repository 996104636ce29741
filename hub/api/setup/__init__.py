"""Services about the installation: network, catalog, parties, events, administration."""
