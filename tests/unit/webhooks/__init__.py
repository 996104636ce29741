"""Webhooks: signatures and addresses."""
