"""Promises as values."""

from __future__ import annotations

from msgspec import Struct

from hub.kernel.instant import Instant


class PromisedDate(Struct, frozen=True):
    """When goods leave the node, and the end of the day by which they arrive (the node's local day)."""

    ship_at: Instant
    deliver_by: Instant


class Promise(Struct, frozen=True):
    """Units of a SKU that would come from one node; `node_id` and `dates` are None where no stock covers them."""

    sku: str
    quantity: int
    node_id: str | None = None
    dates: PromisedDate | None = None
