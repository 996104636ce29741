"""Processes of returns: permission, receipt, disposition, exchange."""
