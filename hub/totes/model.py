"""Totes as values. What was scanned into one and what was counted out of it are records, only ever added to."""

from __future__ import annotations

from enum import Enum
from uuid import UUID

from msgspec import Struct

from hub.kernel.instant import Instant
from hub.totes.lifecycle import ToteState

LineKey = tuple[UUID, int]
"""(return id, line number)."""


class CountKind(Enum):
    """What a count says of units; RECEIVED ones are as the manifest says, all others differ."""

    RECEIVED = "RECEIVED"
    MISSING = "MISSING"
    UNANNOUNCED = "UNANNOUNCED"
    OVER = "OVER"
    UNIDENTIFIED = "UNIDENTIFIED"
    WRONG_ITEM = "WRONG_ITEM"
    FOUND = "FOUND"


class Scan(Struct, frozen=True):
    """Units of a return line that were put into a tote, under the drop-off point's own reference."""

    reference: str
    entry_number: int
    return_id: UUID
    order_id: UUID
    line_number: int
    sku: str
    quantity: int
    at: Instant

    @property
    def key(self) -> LineKey:
        """The return line."""
        return self.return_id, self.line_number


class Count(Struct, frozen=True):
    """Units of a receipt, and how they stand to the manifest. Without a return nobody knows whose they are."""

    reference: str
    entry_number: int
    kind: CountKind
    quantity: int
    at: Instant
    return_id: UUID | None = None
    line_number: int = 0
    sku: str = ""


class Manifest(Struct, frozen=True):
    """Units of a return line in a tote: what was put in, and what was counted out."""

    return_id: UUID
    order_id: UUID
    line_number: int
    sku: str
    quantity: int
    received: int = 0
    missing: int = 0
    wrong: int = 0
    found: int = 0

    @property
    def key(self) -> LineKey:
        """The return line."""
        return self.return_id, self.line_number

    @property
    def uncounted(self) -> int:
        """Units no receipt has said anything about."""
        return self.quantity - self.received - self.missing - self.wrong


class Tote(Struct, frozen=True):
    """A tote with its scans and counts."""

    tote_id: UUID
    drop_off_node_id: str
    to_node_id: str
    state: ToteState
    opened_at: Instant
    tracking_number: str = ""
    closed_at: Instant | None = None
    shipped_at: Instant | None = None
    received_at: Instant | None = None
    scans: tuple[Scan, ...] = ()
    counts: tuple[Count, ...] = ()

    @property
    def quantity(self) -> int:
        """Units on the manifest."""
        return sum(scan.quantity for scan in self.scans)

    @property
    def received(self) -> int:
        """Units of the manifest that came."""
        return sum(count.quantity for count in self.counts if count.kind is CountKind.RECEIVED)

    @property
    def differences(self) -> tuple[Count, ...]:
        """What was not as the manifest says."""
        return tuple(count for count in self.counts if count.kind is not CountKind.RECEIVED)


class Unpacked(Struct, frozen=True):
    """Units found in a tote: of the return whose code they bear (None: no code, or one nobody issued)."""

    return_id: UUID | None
    sku: str
    quantity: int


class Expected(Struct, frozen=True):
    """Units of a return line that are expected back, on the tote's manifest or not."""

    return_id: UUID
    line_number: int
    sku: str
    quantity: int


class ReturnCode(Struct, frozen=True):
    """The code of a return, by its hash; the code itself is made anew from the return's id and a key of the house."""

    code_hash: str
    return_id: UUID
    order_id: UUID
    issued_at: Instant


class ToteFilter(Struct, frozen=True):
    """What a listing asks for; every field given must match."""

    state: ToteState | None = None
    node_id: str = ""


class ToteDraft(Struct, frozen=True):
    """A tote to open at a drop-off point, and where it is to go."""

    drop_off_node_id: str
    to_node_id: str


class ReturnScan(Struct, frozen=True):
    """Units that a customer handed in, by (line number, quantity); all that the return expects where none are named."""

    tote_id: UUID
    code: str
    reference: str
    lines: tuple[tuple[int, int], ...]
    occurred_at: Instant


class ToteClosing(Struct, frozen=True):
    """A manifest that is final; `counted` units lie in the tote (None: not counted)."""

    tote_id: UUID
    counted: int | None = None


class ToteShipment(Struct, frozen=True):
    """A tote that left."""

    tote_id: UUID
    occurred_at: Instant
    tracking_number: str = ""


class ToteReceipt(Struct, frozen=True):
    """What was found in a tote, to the last unit: (code on it, SKU, quantity), either text empty where unknown."""

    tote_id: UUID
    reference: str
    units: tuple[tuple[str, str, int], ...]
    occurred_at: Instant
