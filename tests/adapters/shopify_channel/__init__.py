"""Proof of the shopify_channel adapter."""

from __future__ import annotations
