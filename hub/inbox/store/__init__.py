"""Rows of the inbox: documents, feeds of sources, parked events."""
