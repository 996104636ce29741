"""Events of stock: what changes on the shelves, what is kept, what is expected and what is reserved."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from msgspec import Struct, field

from hub.kernel.instant import Instant
from hub.messages.events.facts import EventFacts


class StockAdjusted(EventFacts, frozen=True, kw_only=True):
    """Stock of a SKU at a node changed by adjustment."""

    sentences = ("{sku} at {node_id} changed by {delta}: {cause}.",)
    sku: str
    node_id: str
    delta: int
    cause: str


class StockCounted(EventFacts, frozen=True, kw_only=True):
    """A count of a source was applied."""

    sentences = ("{source} counted {row_count} rows, {changed_count} of them otherwise than thought.",)
    source: str
    snapshot_id: UUID
    count_time: Instant = field(name="counted_at")
    node_ids: tuple[str, ...]
    row_count: int = field(name="rows")
    changed_count: int = field(name="changed")


class StockTakenBack(Struct, frozen=True, kw_only=True):
    """Units by which a SKU at a node changed because a count was undone."""

    sku: str
    node_id: str
    delta: int
    safety_delta: int


class ScenarioActivated(EventFacts, frozen=True, kw_only=True):
    """A version of an availability scenario was switched on: its rules withhold stock from now on."""

    sentences = (
        "Scenario {title} ({kind}) was switched on.",
        "Scenario {scenario_id} ({kind}) was switched on.",
    )
    scenario_id: str
    version: int
    kind: str
    title: str = ""


class ScenarioDeactivated(EventFacts, frozen=True, kw_only=True):
    """An availability scenario was switched off: its rules withhold nothing any more."""

    sentences = (
        "Scenario {title} ({kind}) was switched off.",
        "Scenario {scenario_id} ({kind}) was switched off.",
    )
    scenario_id: str
    kind: str
    title: str = ""


class StockCountUndone(EventFacts, frozen=True, kw_only=True):
    """A count that was wrong was undone."""

    sentences = ("{principal} undid the count that {source} took at {count_time}; {changed_count} rows changed.",)
    source: str
    snapshot_id: UUID
    count_time: Instant
    node_ids: tuple[str, ...]
    principal: str
    changed_count: int
    changes: tuple[StockTakenBack, ...]


class ConditionChanged(EventFacts, frozen=True, kw_only=True):
    """Units at a node changed their condition."""

    sentences = ("{units} of {sku} at {node_id} went from {from_condition} to {to_condition}.",)
    sku: str
    node_id: str
    from_condition: str = field(name="from")
    to_condition: str = field(name="to")
    quantity: int
    cause: str


class ProtectionPut(EventFacts, frozen=True, kw_only=True):
    """Units at a node are kept for a channel or a demand class."""

    sentences = (
        "{units} of {sku} kept at {node_id}.",
        "{units} of every SKU kept at {node_id}.",
    )
    sku: str
    node_id: str
    channel_id: str
    demand_class: str
    quantity: int


class SafetyStockSet(EventFacts, frozen=True, kw_only=True):
    """Units at a node are kept back from everybody."""

    sentences = ("{units} of {sku} kept back at {node_id}.",)
    sku: str
    node_id: str
    quantity: int


class SupplyFacts(EventFacts, frozen=True, kw_only=True):
    """What every event of a supply says of it; an event adds what happened to it."""

    supply_id: UUID
    source: str
    reference: str
    line: str
    kind: str
    sku: str
    node_id: str
    quantity: int
    received: int
    state: str
    expect_time: Instant | None = field(name="expected_at", default=None)
    came: int = 0
    reason: str = ""


class SupplyPut(SupplyFacts, frozen=True, kw_only=True):
    """Supply was announced, or announced otherwise."""

    sentences = ("{source} {reference} announces {units} of {sku} for {node_id}.",)


class SupplySlipped(SupplyFacts, frozen=True, kw_only=True):
    """Supply comes at another time."""

    sentences = ("{source} {reference} brings {sku} to {node_id} at {expect_time}.",)


class SupplyReceived(SupplyFacts, frozen=True, kw_only=True):
    """Units of a supply came to their node."""

    sentences = ("Of {source} {reference}, {came} of {sku} came to {node_id}.",)


class SupplyCompleted(SupplyFacts, frozen=True, kw_only=True):
    """Nothing more of a supply is to come."""

    sentences = ("Nothing more of {sku} comes to {node_id} by {source} {reference}.",)


class SupplyCanceled(SupplyFacts, frozen=True, kw_only=True):
    """A supply was canceled; what came of it stays."""

    sentences = ("{source} {reference} brings no more {sku} to {node_id}.",)


class TransferRequested(EventFacts, frozen=True, kw_only=True):
    """Units are to move from one node to another; the origin is to ship them."""

    sentences = ("{units} are to move from {from_node_id} to {to_node_id} by transfer {reference}.",)
    transfer_id: UUID
    reference: str
    from_node_id: str
    to_node_id: str
    quantity: int
    units_by_sku: Mapping[str, int] = field(name="units")
    ship_by_time: Instant


class TransferShipped(EventFacts, frozen=True, kw_only=True):
    """The units of a transfer left; the destination is to receive them."""

    sentences = ("{units} left {from_node_id} for {to_node_id} by transfer {reference}.",)
    transfer_id: UUID
    reference: str
    from_node_id: str
    to_node_id: str
    quantity: int
    units_by_sku: Mapping[str, int] = field(name="units")
    expect_time: Instant
    tracking_number: str = ""


class TransferReceived(EventFacts, frozen=True, kw_only=True):
    """Units of a transfer came to their node."""

    sentences = ("{units} of transfer {reference} came sound to {to_node_id}.",)
    transfer_id: UUID
    reference: str
    from_node_id: str
    to_node_id: str
    receipt_reference: str
    quantity: int
    damaged_quantity: int
    in_transit_quantity: int
    missing_quantity: int


class TransferCanceled(EventFacts, frozen=True, kw_only=True):
    """A transfer was canceled before anything left."""

    sentences = ("Transfer {reference} from {from_node_id} to {to_node_id} was canceled.",)
    transfer_id: UUID
    reference: str
    from_node_id: str
    to_node_id: str


class ReservationFacts(EventFacts, frozen=True, kw_only=True):
    """What every event of a reservation says of it; an event adds what happened to it."""

    reservation_id: UUID
    state: str


class StockReserved(ReservationFacts, frozen=True, kw_only=True):
    """Stock was reserved for a channel."""

    sentences = ("{units} reserved.",)
    quantity: int
    units_by_sku: Mapping[str, int] = field(name="units")


class ReservationExtended(ReservationFacts, frozen=True, kw_only=True):
    """A reservation lives longer."""

    sentences = ("The reservation lives until {expire_time}.",)
    expire_time: Instant = field(name="expires_at")


class ReservationReleased(ReservationFacts, frozen=True, kw_only=True):
    """Units of a reservation were given back."""

    sentences = (
        "{units} of a reservation given back: {reason}.",
        "{units} of a reservation given back.",
    )
    quantity: int
    units_by_sku: Mapping[str, int] = field(name="units")
    reason: str = ""


class ReservationExpired(ReservationFacts, frozen=True, kw_only=True):
    """Units of a reservation were freed because its time was over."""

    sentences = ("{units} of a reservation freed by time.",)
    quantity: int
    units_by_sku: Mapping[str, int] = field(name="units")


class ReservationConsumed(ReservationFacts, frozen=True, kw_only=True):
    """An order took the units of a reservation."""

    sentences = ("An order took {units} of a reservation.",)
    quantity: int
    units_by_sku: Mapping[str, int] = field(name="units")
    order_id: UUID | None = None
