"""What flows do with the money of orders: load it, save it, find the order of a transaction."""

from __future__ import annotations

from hub.payments.store import load, orders_of, save

__all__ = ["load", "orders_of", "save"]
