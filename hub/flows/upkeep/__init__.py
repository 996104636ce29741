"""Processes that keep the hub going: documents, feeds, exceptions, clean-up."""
