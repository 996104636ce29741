"""Services about returns: permission, receipt, routing, totes."""
