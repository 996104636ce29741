"""Warehouses that speak ANSI X12: orders out, shipping advices, receipts and counts in."""

from __future__ import annotations
