"""Spans, logs and metrics of the hub."""
