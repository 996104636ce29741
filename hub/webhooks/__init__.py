"""Webhooks: addresses to which the hub sends events of the feed, signed."""
