"""Shopify as a sales channel: reads orders in the form of its REST API and webhooks."""

from __future__ import annotations
