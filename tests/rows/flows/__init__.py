"""Flows on real rows."""
