"""Walks over the contract: every rpc, every field, values that nobody means well with."""
