"""Claims of customers about units that were sent: which units can be claimed, and what a decided claim becomes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import Enum
from typing import Final
from uuid import UUID

from msgspec import Struct

from hub.kernel.instant import Instant
from hub.returns.model import Outcome, Reason
from hub.slices.lifecycle import SliceState


class ClaimKind(Enum):
    """What is wrong with units."""

    LOST = "LOST"
    DAMAGED = "DAMAGED"
    WRONG_ITEM = "WRONG_ITEM"
    MISSING = "MISSING"


class ClaimState(Enum):
    """What became of a claim."""

    OPEN = "OPEN"
    REFUNDED = "REFUNDED"
    REJECTED = "REJECTED"
    RESHIPPED = "RESHIPPED"


class ClaimVerdict(Enum):
    """How a person decides a claim."""

    REFUND = "REFUND"
    REJECT = "REJECT"
    RESHIP = "RESHIP"


class ClaimLine(Struct, frozen=True):
    """Units of an order line."""

    line_number: int
    quantity: int


class ClaimDraft(Struct, frozen=True):
    """A claim as it is opened for a customer."""

    shipment_id: UUID
    kind: ClaimKind
    lines: tuple[ClaimLine, ...]


class ClaimDecision(Struct, frozen=True):
    """How a person decides a claim, and why."""

    claim_id: UUID
    verdict: ClaimVerdict
    reason: str


class Claim(Struct, frozen=True):
    """A claim about units of a shipment, each line once. It is decided once.

    `return_id` credits what is refunded; of what is reshipped its credit pays for the order of its exchange.
    """

    claim_id: UUID
    order_id: UUID
    shipment_id: UUID
    kind: ClaimKind
    lines: tuple[ClaimLine, ...]
    opened_at: Instant
    state: ClaimState = ClaimState.OPEN
    decided_at: Instant | None = None
    reason: str = ""
    return_id: UUID | None = None

    @property
    def quantity(self) -> int:
        """Units of all its lines."""
        return sum(line.quantity for line in self.lines)


STATES: Final[Mapping[ClaimKind, frozenset[SliceState]]] = {
    ClaimKind.LOST: frozenset({SliceState.SHIPPED, SliceState.DELIVERED}),
    ClaimKind.DAMAGED: frozenset({SliceState.DELIVERED}),
    ClaimKind.WRONG_ITEM: frozenset({SliceState.DELIVERED}),
    ClaimKind.MISSING: frozenset({SliceState.DELIVERED}),
}
"""Where units are that can be claimed so; a carrier may say of a lost parcel that it was delivered."""

REASONS: Final[Mapping[ClaimKind, Reason]] = {
    ClaimKind.LOST: Reason.UNDELIVERABLE,
    ClaimKind.DAMAGED: Reason.DAMAGED,
    ClaimKind.WRONG_ITEM: Reason.WRONG_ITEM_SENT,
    ClaimKind.MISSING: Reason.UNDELIVERABLE,
}
"""Why units of a refunded claim are credited, none by the customer's choice: no fee is taken."""

OUTCOMES: Final[Mapping[ClaimKind, Outcome]] = {
    ClaimKind.LOST: Outcome.LOST_IN_TRANSIT,
    ClaimKind.DAMAGED: Outcome.KEPT_BY_CUSTOMER,
    ClaimKind.WRONG_ITEM: Outcome.KEPT_BY_CUSTOMER,
    ClaimKind.MISSING: Outcome.LOST_IN_TRANSIT,
}
"""What becomes of units of a refunded claim."""


DECIDED: Final[Mapping[ClaimVerdict, ClaimState]] = {
    ClaimVerdict.REFUND: ClaimState.REFUNDED,
    ClaimVerdict.REJECT: ClaimState.REJECTED,
    ClaimVerdict.RESHIP: ClaimState.RESHIPPED,
}
"""What a claim is by a verdict."""


def claimed(claims: Iterable[Claim], shipment_id: UUID, line_number: int) -> int:
    """Units of a line in a shipment that open claims name."""
    return sum(
        line.quantity
        for claim in claims
        if claim.state is ClaimState.OPEN and claim.shipment_id == shipment_id
        for line in claim.lines
        if line.line_number == line_number
    )
