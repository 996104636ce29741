"""Events of orders: what happens to an order as a whole, its holds and its checks."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from msgspec import field

from hub.kernel.instant import Instant
from hub.kernel.money import Money
from hub.messages.events.facts import EventFacts


class OrderPlaced(EventFacts, frozen=True, kw_only=True):
    """An order was taken from a channel."""

    sentences = ("Order {channel_reference} was placed in {channel_id}, {total} in all.",)
    channel_id: str
    channel_reference: str
    total: Money


class OrderAdopted(EventFacts, frozen=True, kw_only=True):
    """An order that another system had placed was taken over, with the units and parcels that it had."""

    sentences = (
        "Order {channel_reference} of {channel_id} was taken over with {units} and {shipment_count} shipments.",
    )
    channel_id: str
    channel_reference: str
    quantity: int = field(name="units")
    shipment_count: int = field(name="shipments")


class OrderConfirmed(EventFacts, frozen=True, kw_only=True):
    """All checks of an order are done, and its units may be released."""

    sentences = ("The order was confirmed.",)


class OrderRejected(EventFacts, frozen=True, kw_only=True):
    """An order was refused before it was confirmed; its units are canceled."""

    sentences = (
        "The order was rejected: {reason}.",
        "The order was rejected.",
    )
    reason: str


class OrderCanceled(EventFacts, frozen=True, kw_only=True):
    """All units of an order are canceled."""

    sentences = ("The order was canceled.",)


class OrderClosed(EventFacts, frozen=True, kw_only=True):
    """Nothing of an order is open any more."""

    sentences = ("The order was closed: nothing is open any more.",)


class OrderReopened(EventFacts, frozen=True, kw_only=True):
    """A closed order was opened again, for a return or a credit."""

    sentences = ("The order was opened again.",)
    cause_id: UUID


class NoticeWithheld(EventFacts, frozen=True, kw_only=True):
    """A hold blocks notices: the customer is told something only when it ends, and not at all if it is rejected."""

    sentences = ("The customer is told {template} when the {hold_type} hold ends.",)
    template: str
    hold_type: str


class HoldPlaced(EventFacts, frozen=True, kw_only=True):
    """A hold was put on an order."""

    sentences = (
        "Put on {hold_type} hold: {reason}.",
        "Put on {hold_type} hold.",
    )
    hold_id: UUID
    hold_type: str
    reason: str
    scope: str = "ORDER"
    owner: str = ""


class HoldEnded(EventFacts, frozen=True, kw_only=True):
    """A hold of an order ended."""

    sentences = ("The {hold_type} hold ended: {status}. {note}", "The {hold_type} hold ended: {status}.")
    hold_id: UUID
    hold_type: str
    status: str
    note: str = ""


class FraudScreened(EventFacts, frozen=True, kw_only=True):
    """The fraud partner screened an order."""

    sentences = ("Screened for fraud: {advice}, score {score}.",)
    advice: str
    score: int


class PartiesScreened(EventFacts, frozen=True, kw_only=True):
    """Parties and destination of an order were compared with denied-party lists and restrictions."""

    sentences = ("Compared with denied-party lists and restrictions: {undecided} matches keep it back.",)
    undecided: int
    lists: Mapping[str, int]
    rules_version: int


class ScreeningDecided(EventFacts, frozen=True, kw_only=True):
    """A person decided a match of an order with an entry of a denied-party list, or with a restriction."""

    sentences = ("A match with a denied-party list or a restriction is {state}.",)
    match_id: UUID
    state: str


class TaxDetermined(EventFacts, frozen=True, kw_only=True):
    """The tax partner determined the tax of an order."""

    sentences = ("Tax determined: {determined}; the channel states {stated}.",)
    stated: Money
    determined: Money


class VatNumberChecked(EventFacts, frozen=True, kw_only=True):
    """The VAT number of a buyer who owes the tax was looked up."""

    sentences = (
        "The VAT number of the payer is {state} (enquiry {consultation_number}).",
        "The VAT number of the payer is {state}.",
    )
    state: str
    consultation_number: str = ""


class LinesReserved(EventFacts, frozen=True, kw_only=True):
    """Stock was claimed for units of an order."""

    sentences = (
        "Stock reserved at {nodes}: {why}",
        "Stock reserved at {nodes}.",
    )
    nodes: Mapping[str, int]
    why: str


class UnitsSentToStore(EventFacts, frozen=True, kw_only=True):
    """A transfer is to bring units to the store where an order is collected."""

    sentences = ("{units} come from {from_node_id} to {to_node_id} by transfer, until {ready_time}.",)
    transfer_id: UUID
    from_node_id: str
    to_node_id: str
    quantity: int
    ready_time: Instant


class LinesBackordered(EventFacts, frozen=True, kw_only=True):
    """Units of an order wait for stock."""

    sentences = ("{units} wait for stock.",)
    quantity: int


class PromiseChanged(EventFacts, frozen=True, kw_only=True):
    """Units of an order are promised by a later day than before, or by no day any more, or by a day again."""

    sentences = (
        "Promised by {new_time} instead of {promised_time}: {reason}.",
        "Promised by {new_time}: {reason}.",
        "Promised by no day any more: {reason}.",
    )
    reason: str
    line_numbers: tuple[int, ...]
    promised_time: Instant | None = None
    new_time: Instant | None = None


class LinesCanceled(EventFacts, frozen=True, kw_only=True):
    """Units of an order were canceled."""

    sentences = (
        "{units} canceled: {reason}.",
        "{units} canceled.",
    )
    quantity: int
    reason: str
    lines: Mapping[int, int]


class OrderChanged(EventFacts, frozen=True, kw_only=True):
    """A change of an order was confirmed."""

    sentences = ("The order was changed, {total_after} instead of {total_before}: {reason}.",)
    change_id: UUID
    reason: str
    total_before: Money
    total_after: Money
    added: Mapping[int, int] = field(default_factory=dict)
    removed: Mapping[int, int] = field(default_factory=dict)
    told: tuple[str, ...] = ()
