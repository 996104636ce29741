"""Rows of the inventory room: stock with its ledger, and full counts."""

from __future__ import annotations

from hub.inventory.store import snapshots, stock

__all__ = ["snapshots", "stock"]
