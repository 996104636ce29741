"""Runs a whole hub on one machine: its processes, its adapters, what they write."""
