"""Returns: permission, receipt, inspection and disposition of goods that come back, and what they are credited with."""
