"""Slices and their moves as values."""

from __future__ import annotations

from uuid import UUID

from msgspec import Struct

from hub.kernel.instant import Instant
from hub.slices.lifecycle import SliceAction, SliceState


class Slice(Struct, frozen=True):
    """`quantity` units of a line that are in one state at one place."""

    order_id: UUID
    line_number: int
    slice_number: int
    sku: str
    state: SliceState
    quantity: int
    node_id: str | None = None
    fulfillment_order_id: UUID | None = None
    shipment_id: UUID | None = None
    return_id: UUID | None = None


class Move(Struct, frozen=True):
    """Units that changed state: `from_state` None at the birth of a line. Every move has one cause event."""

    order_id: UUID
    line_number: int
    slice_number: int
    sku: str
    quantity: int
    action: SliceAction | None
    from_state: SliceState | None
    to_state: SliceState
    from_node: str | None
    to_node: str | None
    event_id: UUID
    at: Instant
