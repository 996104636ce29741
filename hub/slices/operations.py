"""What flows do with slices: load and save those of orders, record their moves, find orders by what they claim."""

from __future__ import annotations

from hub.slices.store import (
    load,
    mean_basket,
    orders_reserved_at,
    record_moves,
    save,
    units_in_work,
    units_ordered,
    waiting_orders,
    waiting_skus,
    waiting_units,
)

__all__ = [
    "load",
    "mean_basket",
    "orders_reserved_at",
    "record_moves",
    "save",
    "units_in_work",
    "units_ordered",
    "waiting_orders",
    "waiting_skus",
    "waiting_units",
]
