"""What flows do with fulfillment orders and shipments: load and save them, find their orders and accounts."""

from __future__ import annotations

from hub.fulfillment.store import (
    accounts_of,
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
    "accounts_of",
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
