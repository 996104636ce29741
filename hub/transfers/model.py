"""Transfers as values. What came is a list of records that only grows."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Final
from uuid import UUID

from msgspec import Struct

from hub.kernel.instant import Instant
from hub.transfers.lifecycle import TransferState

Units = tuple[tuple[str, int], ...]
"""(SKU, units), each SKU once."""


class TransferDraft(Struct, frozen=True):
    """A transfer to request, under its requester's own name; `order_id`: the order that waits for its units."""

    reference: str
    from_node_id: str
    to_node_id: str
    units: Units
    service_code: str = ""
    ship_by: Instant | None = None
    order_id: UUID | None = None


class TransferShipment(Struct, frozen=True):
    """Units that left; where none are named, all that were requested."""

    transfer_id: UUID
    occurred_at: Instant
    units: Units = ()
    expected_at: Instant | None = None
    tracking_number: str = ""


class TransferReceipt(Struct, frozen=True):
    """What came: (SKU, sound units, damaged units). `final`: no more will come."""

    transfer_id: UUID
    reference: str
    occurred_at: Instant
    units: tuple[tuple[str, int, int], ...] = ()
    final: bool = False


class TransferLine(Struct, frozen=True):
    """A SKU of a transfer: units requested, and what became of them.

    shipped + excess = received + damaged + missing + in transit.
    """

    sku: str
    quantity: int
    shipped: int = 0
    received: int = 0
    damaged: int = 0
    missing: int = 0
    excess: int = 0

    @property
    def came(self) -> int:
        """Units that came, in whatever shape."""
        return self.received + self.damaged

    @property
    def in_transit(self) -> int:
        """Units that left and have not come yet."""
        return self.shipped + self.excess - self.came - self.missing


class Received(Struct, frozen=True):
    """Units of a receipt; without a SKU the receipt only says that no more will come."""

    reference: str
    sku: str
    quantity: int
    damaged: int
    final: bool
    at: Instant


class Transfer(Struct, frozen=True):
    """A transfer with what came of it. `expected_at` is when it is expected to arrive.

    `shipped_at` is None until the origin told that the goods left, though some may have come before. `counted`: the
    destination said that no more will come.
    """

    transfer_id: UUID
    reference: str
    from_node_id: str
    to_node_id: str
    state: TransferState
    lines: tuple[TransferLine, ...]
    requested_at: Instant
    ship_by: Instant
    expected_at: Instant
    service_code: str = ""
    tracking_number: str = ""
    shipped_at: Instant | None = None
    ended_at: Instant | None = None
    counted: bool = False
    order_id: UUID | None = None
    receipts: tuple[Received, ...] = ()

    def line(self, sku: str) -> TransferLine | None:
        """The line of a SKU."""
        return next((line for line in self.lines if line.sku == sku), None)

    def claimed(self, line: TransferLine) -> int:
        """Units of a line that are still claimed at the origin."""
        waiting = self.shipped_at is None and self.state in {TransferState.REQUESTED, TransferState.IN_TRANSIT}
        return line.quantity - line.shipped if waiting else 0

    def coming(self, line: TransferLine) -> int:
        """Units of a line that came, are in transit, or are to leave; those that are missing stay counted."""
        return 0 if self.state is TransferState.CANCELED else line.shipped + line.excess + self.claimed(line)

    @property
    def varies(self) -> bool:
        """Whether what came differs from what left."""
        return any(line.damaged or line.missing or line.excess for line in self.lines)


class TransferFilter(Struct, frozen=True):
    """What a listing asks for; every field given must match."""

    state: TransferState | None = None
    node_id: str = ""


class OnTheWay(Struct, frozen=True):
    """Units that transfers bring for orders, by (order, SKU), and the nodes that did not send what they were asked."""

    units: Mapping[tuple[UUID, str], int]
    failing: Mapping[UUID, Collection[str]]


NOTHING_ON_THE_WAY: Final = OnTheWay({}, {})
"""No transfer is for an order."""
