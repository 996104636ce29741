"""Adyen as a payment provider."""

from __future__ import annotations
