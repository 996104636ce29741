"""Promises as values."""

from __future__ import annotations

from dataclasses import dataclass

from hub.kernel.instant import Instant


@dataclass(frozen=True, slots=True)
class PromisedDate:
    """When goods leave the node, and the end of the day by which they arrive (the node's local day)."""

    ship_at: Instant
    deliver_by: Instant


@dataclass(frozen=True, slots=True)
class Promise:
    """Units of a SKU that would come from one node; `node_id` and `dates` are None where no stock covers them."""

    sku: str
    quantity: int
    node_id: str | None = None
    dates: PromisedDate | None = None
