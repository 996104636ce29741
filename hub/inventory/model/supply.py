"""Supply as values: what will come and when, and what is kept for whom."""

from __future__ import annotations

from enum import Enum
from typing import Final, NamedTuple
from uuid import UUID

from msgspec import Struct

from hub.inventory.lifecycle import SupplyAction, SupplyState
from hub.inventory.model import Condition
from hub.kernel.instant import Instant


class SupplyKind(Enum):
    """What a supply is."""

    IN_TRANSIT = "IN_TRANSIT"
    ON_ORDER = "ON_ORDER"
    THIRD_PARTY = "THIRD_PARTY"
    PLANNED = "PLANNED"


class SupplyKey(NamedTuple):
    """What names a supply: one line of a document of a source."""

    source: str
    reference: str
    line: str = ""


class SupplyDraft(Struct, frozen=True):
    """Supply as its source states it; `quantity` has the units already received in it. `change_id` names the change."""

    change_id: UUID
    key: SupplyKey
    kind: SupplyKind
    sku: str
    node_id: str
    quantity: int
    expected_at: Instant | None = None


class Slip(Struct, frozen=True):
    """A new expected date."""

    change_id: UUID
    key: SupplyKey
    expected_at: Instant
    reason: str = ""


class Receipt(Struct, frozen=True):
    """Units that came, under the receipt's own reference; `final`: nothing more will come."""

    change_id: UUID
    key: SupplyKey
    reference: str
    quantity: int
    condition: Condition = Condition.SELLABLE
    final: bool = False


class Cancellation(Struct, frozen=True):
    """Supply of which nothing more is to come."""

    change_id: UUID
    key: SupplyKey
    reason: str = ""


class Supply(Struct, frozen=True):
    """Supply as it stands. `expected_at` None: it is there now, at a third party."""

    supply_id: UUID
    key: SupplyKey
    kind: SupplyKind
    sku: str
    node_id: str
    quantity: int
    expected_at: Instant | None
    received: int = 0
    state: SupplyState = SupplyState.EXPECTED

    @property
    def remaining(self) -> int:
        """Units that will still come."""
        return max(0, self.quantity - self.received) if self.state is SupplyState.EXPECTED else 0


class SupplyMove(Struct, frozen=True):
    """Something that happened to a supply: a row of its history. `change_id` is the id of its event, too."""

    change_id: UUID
    supply_id: UUID
    action: SupplyAction
    at: Instant
    quantity: int = 0
    received: int = 0
    expected_at: Instant | None = None
    reason: str = ""
    receipt_reference: str | None = None
    condition: Condition | None = None


class SupplyDecision(Struct, frozen=True):
    """What becomes of a supply by one command: the row after it, what happened, units that nobody expected."""

    supply: Supply
    moves: tuple[SupplyMove, ...] = ()
    unexpected: int = 0


class Protection(Struct, frozen=True):
    """Units at a node kept for a channel, a demand class, or a class of a channel; '' means any.

    An empty `sku` keeps as many of every SKU for which the same holder has none of its own there.
    """

    node_id: str
    sku: str
    channel_id: str
    demand_class: str
    units: int


class ProtectionChange(Struct, frozen=True):
    """Units to be kept from now on; 0 keeps none. `change_id` names the change."""

    change_id: UUID
    protection: Protection


class SafetyChange(Struct, frozen=True):
    """Units to be kept back from everybody from now on."""

    change_id: UUID
    sku: str
    node_id: str
    units: int


class Claimant(Struct, frozen=True):
    """Who claims stock or asks for it. With neither channel nor class, nothing is kept for them."""

    channel_id: str = ""
    demand_class: str = ""


ANYBODY: Final = Claimant()
"""Somebody for whom nothing is kept."""


class Step(Struct, frozen=True):
    """Units that can be promised from an instant on, all before it included."""

    at: Instant
    available: int


class Offer(Struct, frozen=True):
    """A way to ship a quantity: (from when, units) by time, and the units that no supply covers."""

    parts: tuple[tuple[Instant, int], ...]
    uncovered: int = 0
