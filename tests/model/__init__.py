"""Histories played against the hub and a model of its rules side by side."""
