"""What flows do with fulfillment orders and shipments: load and save them, find the orders they belong to."""

from __future__ import annotations

from hub.fulfillment.store import (
    carrier_events,
    load,
    load_shipments,
    orders_of,
    orders_of_parcels,
    page,
    record_carrier_events,
    save,
    save_shipments,
)

__all__ = [
    "carrier_events",
    "load",
    "load_shipments",
    "orders_of",
    "orders_of_parcels",
    "page",
    "record_carrier_events",
    "save",
    "save_shipments",
]
