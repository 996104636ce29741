"""What flows and queries do with transfers: load and save them, page through them."""

from __future__ import annotations

from hub.transfers.store import announce, for_orders, load, page, save, to_ship_for_orders

__all__ = ["announce", "for_orders", "load", "page", "save", "to_ship_for_orders"]
