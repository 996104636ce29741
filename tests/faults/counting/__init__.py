"""Correctness under load, by counting: what buyers were answered against what the tables say."""
