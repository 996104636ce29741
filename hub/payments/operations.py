"""What flows do with the money of orders: load and save it, find orders of transactions, and what may be settled."""

from __future__ import annotations

from hub.payments.store import load, orders_of, save, settleable

__all__ = ["load", "orders_of", "save", "settleable"]
