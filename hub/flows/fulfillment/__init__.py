"""Processes of fulfillment: what nodes and carriers report."""
