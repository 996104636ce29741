"""Events of returns: what comes back and what becomes of it."""

from __future__ import annotations

from uuid import UUID

from msgspec import Struct, field

from hub.kernel.instant import Instant
from hub.kernel.money import Money
from hub.messages.events.facts import EventFacts


class UnitsReceived(Struct, frozen=True, kw_only=True):
    """Units of a line that came back alike."""

    line_number: int
    quantity: int
    outcome: str

    def __str__(self) -> str:
        return f"{self.quantity} of line {self.line_number} {self.outcome}"


class UnitsInspected(Struct, frozen=True, kw_only=True):
    """Units of a line that were judged alike."""

    line_number: int
    quantity: int
    verdict: str
    condition: str = ""
    note: str = ""

    def __str__(self) -> str:
        said = f" ({self.note})" if self.note else ""
        return f"{self.quantity} of line {self.line_number} {self.verdict}{said}"


class UnitsDisposed(Struct, frozen=True, kw_only=True):
    """Units of a line that go the same way."""

    line_number: int
    quantity: int
    disposition: str

    def __str__(self) -> str:
        return f"{self.quantity} of line {self.line_number} {self.disposition}"


class ReturnAuthorized(EventFacts, frozen=True, kw_only=True):
    """Units may be sent back."""

    sentences = (
        "{units} may come back until {return_by_time}.",
        "{units} may come back.",
    )
    return_id: UUID
    quantity: int
    return_by_time: Instant | None = field(name="return_by", default=None)
    policy_id: str = ""


class ReturnHandedIn(EventFacts, frozen=True, kw_only=True):
    """The customer handed units in, or sent them off."""

    sentences = ("{units} on the way back.",)
    return_id: UUID
    quantity: int
    tote_id: UUID | None = None
    node_id: str = ""


class ReturnReceived(EventFacts, frozen=True, kw_only=True):
    """A node received what a customer sent back."""

    sentences = (
        "{node_id} received: {outcomes}.",
        "{node_id} received {units}.",
    )
    return_id: UUID
    node_id: str
    reference: str
    quantity: int
    outcomes: tuple[UnitsReceived, ...]


class ReturnInspected(EventFacts, frozen=True, kw_only=True):
    """Units that came back were inspected."""

    sentences = ("Inspected: {verdicts}.",)
    return_id: UUID
    reference: str
    verdicts: tuple[UnitsInspected, ...]


class ReturnDisposed(EventFacts, frozen=True, kw_only=True):
    """It was decided where units that came back go."""

    sentences = ("Disposed of: {dispositions}.",)
    return_id: UUID
    reference: str
    dispositions: tuple[UnitsDisposed, ...]


class ReturnClosed(EventFacts, frozen=True, kw_only=True):
    """Nothing of a return is open any more."""

    sentences = ("The return was closed.",)
    return_id: UUID


class ReturnExpired(EventFacts, frozen=True, kw_only=True):
    """Units that were to come back did not come in time."""

    sentences = ("What was to come back did not come in time.",)
    return_id: UUID


class ReturnCanceled(EventFacts, frozen=True, kw_only=True):
    """The permission to send units back was taken back."""

    sentences = ("The permission to send back was taken back.",)
    return_id: UUID


class UnitsKept(EventFacts, frozen=True, kw_only=True):
    """The customer keeps units and is credited for them."""

    sentences = ("The customer keeps {units}.",)
    return_id: UUID
    quantity: int


class ParcelTurnedBack(EventFacts, frozen=True, kw_only=True):
    """A carrier brings a parcel back undelivered."""

    sentences = ("{units} come back undelivered.",)
    return_id: UUID
    shipment_id: UUID
    quantity: int


class ParcelWrittenOff(EventFacts, frozen=True, kw_only=True):
    """A parcel was written off as lost by a person's word."""

    sentences = ("{units} are written off as lost: {reason}.",)
    return_id: UUID
    shipment_id: UUID
    quantity: int
    reason: str


class ToteShipped(EventFacts, frozen=True, kw_only=True):
    """A tote of units that customers handed in left its drop-off point."""

    sentences = (
        "{units} left {node_id} for {to_node_id} in a tote, tracking number {tracking_number}.",
        "{units} left {node_id} for {to_node_id} in a tote.",
    )
    tote_id: UUID
    node_id: str
    to_node_id: str
    quantity: int
    tracking_number: str = ""


class ExchangePlaced(EventFacts, frozen=True, kw_only=True):
    """An order was placed for the goods that a customer wants instead."""

    sentences = ("Order {exchange_order_id} was placed in exchange.",)
    return_id: UUID
    exchange_order_id: UUID


class ExchangeSettled(EventFacts, frozen=True, kw_only=True):
    """It is known what goods that came back bring towards an exchange."""

    sentences = ("Goods worth {amount} came back in exchange.",)
    amount: Money


class OrderWithdrawn(EventFacts, frozen=True, kw_only=True):
    """A customer withdrew from units of an order."""

    sentences = ("The customer withdrew from {units}.",)
    withdrawal_id: UUID
    quantity: int


class ClaimOpened(EventFacts, frozen=True, kw_only=True):
    """A customer claims that something is wrong with units that were sent."""

    sentences = ("The customer claims {units} as {kind}.",)
    claim_id: UUID
    shipment_id: UUID
    kind: str
    quantity: int


class ClaimDecided(EventFacts, frozen=True, kw_only=True):
    """A claim of a customer was decided."""

    sentences = ("The claim of {units} is {state}: {reason}.",)
    claim_id: UUID
    state: str
    quantity: int
    reason: str
