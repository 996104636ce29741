"""Calls to partners: one file per contract; the registry knows where their adapters are."""
