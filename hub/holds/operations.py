"""What flows do with holds: load those of orders, save what became of them."""

from __future__ import annotations

from hub.holds.store import load, orders_held, save

__all__ = ["load", "orders_held", "save"]
