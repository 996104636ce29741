"""Stock as values."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from uuid import UUID

from msgspec import Struct

from hub.inbox.model import SourceSequence
from hub.kernel.instant import Instant

StockKey = tuple[str, str]
"""(sku, node_id)."""
UnitsByNode = dict[str, dict[str, int]]
"""Units by SKU and node."""


class Condition(Enum):
    """What shape units are in. Units that are SELLABLE are the stock that orders claim; all others wait beside it."""

    SELLABLE = "SELLABLE"
    OPEN_BOX = "OPEN_BOX"
    DAMAGED = "DAMAGED"
    QUARANTINE = "QUARANTINE"
    REPAIR = "REPAIR"
    RETURN_TO_VENDOR = "RETURN_TO_VENDOR"
    LIQUIDATION = "LIQUIDATION"
    DONATION = "DONATION"
    RECYCLING = "RECYCLING"


ConditionKey = tuple[str, str, Condition]
"""(sku, node_id, condition)."""


class Stock(Struct, frozen=True):
    """Units of a SKU at a node."""

    sku: str
    node_id: str
    on_hand: int = 0
    reserved: int = 0
    allocated: int = 0
    safety: int = 0

    @property
    def available(self) -> int:
        """Units that can be promised, at least 0."""
        return max(0, self.spare)

    @property
    def spare(self) -> int:
        """Units on hand minus those claimed and kept back; negative where these exceed what is on hand."""
        return self.on_hand - self.reserved - self.allocated - self.safety


class StockChange(Struct, frozen=True):
    """What is added to a stock row; negative takes away.

    `found_empty`: somebody looked and found nothing more, so on hand becomes what fulfillment orders hold there once
    the whole batch has given up what it does; refused while units are reserved there. `floor`: units that a new claim
    must leave, beside safety stock, because they are kept for others than who claims. `occurred_at` is when goods
    moved, where that is not now: what moved before the node's count in force is in that count and changes nothing.
    """

    sku: str
    node_id: str
    cause: str
    cause_id: UUID
    on_hand: int = 0
    reserved: int = 0
    allocated: int = 0
    found_empty: bool = False
    floor: int = 0
    occurred_at: Instant | None = None
    sequence: SourceSequence | None = None


class ConditionedChange(Struct, frozen=True):
    """Units in a condition that come to a node, or leave it where `delta` is negative."""

    sku: str
    node_id: str
    condition: Condition
    delta: int
    cause: str
    cause_id: UUID


class ConditionedStock(Struct, frozen=True):
    """Units of a SKU at a node that are not sold as new."""

    sku: str
    node_id: str
    condition: Condition
    on_hand: int


class Snapshot(Struct, frozen=True):
    """A full count of some nodes at an instant by a source: units on hand and kept back, by (sku, node)."""

    source: str
    counted_at: Instant
    node_ids: frozenset[str]
    rows: tuple[tuple[str, str, int, int], ...]
    through: int | None = None


class CountState(Enum):
    """How far a full count is."""

    RECEIVING = "RECEIVING"
    APPLIED = "APPLIED"
    SUPERSEDED = "SUPERSEDED"
    ABANDONED = "ABANDONED"
    UNDONE = "UNDONE"


class Count(Struct, frozen=True):
    """A full count of some nodes whose rows come in chunk by chunk, and what became of it.

    `fingerprint` tells its header from another one's; `through` is the last number of the source's feed in it;
    `ascending`: its rows came by SKU and node, each once.
    """

    snapshot_id: UUID
    principal: str
    fingerprint: bytes
    source: str
    counted_at: Instant
    node_ids: frozenset[str]
    row_count: int
    created_at: Instant
    through: int | None = None
    state: CountState = CountState.RECEIVING
    received: int = 0
    changed: int = 0
    ended_at: Instant | None = None
    ascending: bool = False


class TakenBack(Struct, frozen=True):
    """Units by which a stock row changed because a count was undone: on hand, and kept back."""

    sku: str
    node_id: str
    delta: int
    kept: int


class UndoneCount(Struct, frozen=True):
    """A count that was undone: how many stock rows changed, and those with the most units.

    `was_short` are (sku, node_id) where the count had found fewer than orders claim; `discrepancies` are (sku, node_id,
    units without the count, claimed) where orders claim more than is left without it. `rows` is empty for a repeat.
    """

    count: Count
    changed: int
    rows: tuple[TakenBack, ...] = ()
    was_short: tuple[StockKey, ...] = ()
    discrepancies: tuple[tuple[str, str, int, int], ...] = ()


class PackedRows(Struct, frozen=True):
    """Counted rows as the database takes them in, by columns: so many, from the key `first` to the key `last`.

    `ascending`: each key is greater than the one before.
    """

    skus: bytes
    node_ids: bytes
    on_hand: bytes
    safety: bytes
    size: int
    first: StockKey
    last: StockKey
    ascending: bool


class StagedCount(Struct, frozen=True):
    """A count whose rows have all come, to be applied."""

    snapshot_id: UUID


class StockShortage(Struct, frozen=True):
    """What an element of a batch wanted of a stock row and what was free for it; nothing of the element was done."""

    sku: str
    node_id: str
    wanted: int
    available: int


class StockMove(Struct, frozen=True):
    """What was added to a stock row, and why: a row of the stock ledger."""

    sku: str
    node_id: str
    on_hand: int
    reserved: int
    allocated: int
    cause: str
    cause_id: UUID
    safety: int = 0
    occurred_at: Instant | None = None


class Variance(Struct, frozen=True):
    """Units counted less units thought at a node, by the count of a source; the two agreed from `since` on."""

    sku: str
    node_id: str
    quantity: int
    source: str
    counted_at: Instant
    since: Instant | None = None


class StockMovement(Struct, frozen=True):
    """Units that came to a node, or left it where negative, since the last posting, by cause."""

    sku: str
    cause: str
    units: int


class Admission(Struct, frozen=True):
    """What becomes of a batch of elements: the rows that change, a shortage or None per element, the ledger's rows."""

    after: Mapping[StockKey, Stock]
    outcomes: tuple[StockShortage | None, ...]
    moves: tuple[StockMove, ...]


class ConditionedAdmission(Struct, frozen=True):
    """What becomes of a batch of changes by condition: `stock` for sellable units, and the same for all others."""

    stock: Admission
    after: Mapping[ConditionKey, int]
    moves: tuple[ConditionedChange, ...]


class SnapshotResult(Struct, frozen=True):
    """What a snapshot did: rows read, stock rows changed, and where fewer were counted than orders claim.

    `discrepancies` are (sku, node_id, counted, claimed); `counted` includes what moved after the count. On hand is set
    to what is claimed there.
    """

    rows: int
    changed: int
    discrepancies: tuple[tuple[str, str, int, int], ...] = ()
