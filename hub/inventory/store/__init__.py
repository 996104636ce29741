"""Rows of the inventory room: stock with its ledger, units in other conditions, full counts."""

from __future__ import annotations

from hub.inventory.store import conditions, snapshots, stock

__all__ = ["conditions", "snapshots", "stock"]
