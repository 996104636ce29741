"""Promises as values."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from msgspec import Struct, field

from hub.kernel.enums import QuickEnum
from hub.kernel.instant import Instant
from hub.kernel.money import Money
from hub.network.model import Calendar, Node
from hub.network.model.carriers import Lane, Pickup
from hub.trade.model.landed_cost import Landed

PlaceKey = tuple[str, date]
"""(node, day)."""


class NoDateReason(QuickEnum):
    """Why the rule gives no date: each day with a pick-up is full, or nothing is picked up at all."""

    CAPACITY = "CAPACITY"
    CALENDAR = "CALENDAR"


class NoDate(Struct, frozen=True):
    """Why no date can be promised, with a sentence for people."""

    reason: NoDateReason
    detail: str


class Departure(Struct, frozen=True):
    """How goods leave a node: by its calendar, with pick-ups (none: at the node's cut-off), and not on full days.

    They are ready `processing_days` working days after the day on which they would leave without.
    """

    node: Node
    calendar: Calendar
    pickups: tuple[Pickup, ...] = ()
    full_days: frozenset[date] = frozenset()
    processing_days: int = 0


class Journey(Struct, frozen=True):
    """What a date rests on: how goods leave the node, the lane, and the calendar of the destination."""

    departure: Departure
    lane: Lane
    destination: Calendar


class Places(Struct):
    """Places at nodes: their limits (nodes without one are absent) and those taken; plans of one batch take from it."""

    limits: Mapping[str, int] = field(default_factory=dict)
    taken: dict[PlaceKey, int] = field(default_factory=dict)

    def full_days(self, node_id: str) -> frozenset[date]:
        """The days on which a node has no place left."""
        limit = self.limits.get(node_id)
        if limit is None:
            return frozenset()
        return frozenset(day for (name, day), count in self.taken.items() if name == node_id and count >= limit)

    def take(self, node_id: str, day: date) -> None:
        """Takes a place of a node with a limit."""
        self.taken[node_id, day] = self.taken.get((node_id, day), 0) + 1


class PromisedDate(Struct, frozen=True):
    """When goods leave the node, and when they arrive: from `first_day` to `last_day` of the destination.

    `deliver_by` is the end of the last day (the node's local day). Ordered before `order_by`, they arrive as early.
    """

    ship_at: Instant
    deliver_by: Instant
    order_by: Instant
    first_day: date
    last_day: date


class DeliveryMode(QuickEnum):
    """How the units of an order are sent: all now, each when it is there, or all when the last is there."""

    NOW = "NOW"
    IN_PARTS = "IN_PARTS"
    TOGETHER = "TOGETHER"


class PromiseConfidence(QuickEnum):
    """How sure a date is: it rests on stock, on supply that is confirmed, or on supply that is planned or late."""

    HIGH = "HIGH"
    MEDIUM = "MEDIUM"
    LOW = "LOW"


class ExclusionReason(QuickEnum):
    """Why a node ships nothing of a quote now."""

    NO_ROUTE = "NO_ROUTE"
    CAPACITY = "CAPACITY"
    STOCK = "STOCK"
    RULE = "RULE"
    SKILL = "SKILL"
    NO_RATE = "NO_RATE"


class Arrival(Struct, frozen=True):
    """Units of a SKU that can be sold at a node from an instant on, and how sure that is."""

    at: Instant
    sku: str
    node_id: str
    units: int
    confidence: PromiseConfidence


class PromisedPart(Struct, frozen=True):
    """Units of a line of a quote that leave one node together."""

    line_number: int
    sku: str
    quantity: int
    node_id: str
    dates: PromisedDate


class PromiseOption(Struct, frozen=True):
    """A way to deliver all units of a quote. `deliver_from` is the begin of the first day of arrival.

    `fee` is what the buyer pays, None where the channel states none; `cost` what the seller pays. `pickup_node_id` is
    the store at which units are collected, empty where they are shipped. `landed` are its consignments across a border,
    if landed cost was asked for. `carbon_grams` is the CO2 of its parcels, None where a lane of one states none.
    """

    number: int
    mode: DeliveryMode
    service_code: str
    parts: tuple[PromisedPart, ...]
    deliver_from: Instant
    confidence: PromiseConfidence
    fee: Money | None = None
    cost: Money | None = None
    pickup_node_id: str = ""
    landed: tuple[Landed, ...] = ()
    carbon_grams: int | None = None

    @property
    def deliver_by(self) -> Instant:
        """The end of the day by which the last units arrive."""
        return max(part.dates.deliver_by for part in self.parts)

    @property
    def order_by(self) -> Instant:
        """The first cut-off: who orders at it or later gets later dates."""
        return min(part.dates.order_by for part in self.parts)


class ConsideredNode(Struct, frozen=True):
    """A node as it was looked at for a service: units it could cover alone, now, or why it ships nothing now."""

    node_id: str
    service_code: str
    coverable: int = 0
    cost: Money | None = None
    exclusion: ExclusionReason | None = None
    detail: str = ""


class PromiseQuote(Struct, frozen=True):
    """The ways in which lines, (SKU, units) each, could be delivered; none where stock and supply do not cover them."""

    lines: tuple[tuple[str, int], ...]
    options: tuple[PromiseOption, ...]
    nodes: tuple[ConsideredNode, ...]
    expires_at: Instant


class FrozenQuote(Struct, frozen=True):
    """A quote as it is kept: for whom, where to, and which reservations hold units for it.

    It goes to a country and the zone of the address. `order_id` is the order that took it; None: none has.
    """

    quote_id: UUID
    channel_id: str
    principal: str
    country: str
    demand_class: str
    quote: PromiseQuote
    reservation_ids: tuple[UUID, ...] = ()
    order_id: UUID | None = None
    zone_id: str = ""
