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
from hub.network.model.carriers import DeliveryWish, Lane, Pickup
from hub.trade.model.landed_cost import Landed

PlaceKey = tuple[str, date]
"""(node, or slot of delivery as `slot_place` names it; day)."""


class NoDateReason(QuickEnum):
    """Why the rule gives no date: each day with a pick-up is full, nothing is picked up or delivered on such a day, or
    a wished day is before the first one, or has no such slot.
    """

    CAPACITY = "CAPACITY"
    CALENDAR = "CALENDAR"
    TOO_SOON = "TOO_SOON"
    NO_SLOT = "NO_SLOT"


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
    """Places at nodes and in slots: limits by name (absent where there is none) and places taken; plans of one batch
    take from it.
    """

    limits: Mapping[str, int] = field(default_factory=dict)
    taken: dict[PlaceKey, int] = field(default_factory=dict)

    def full_days(self, name: str) -> frozenset[date]:
        """The days on which a node or a slot has no place left."""
        limit = self.limits.get(name)
        if limit is None:
            return frozenset()
        return frozenset(day for (known, day), count in self.taken.items() if known == name and count >= limit)

    def take(self, name: str, day: date) -> None:
        """Takes a place of a node or a slot with a limit."""
        self.taken[name, day] = self.taken.get((name, day), 0) + 1


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
    WISH = "WISH"


class WishOutcome(QuickEnum):
    """Whether a wished day can be kept, or why it cannot."""

    KEPT = "KEPT"
    TOO_SOON = "TOO_SOON"
    CALENDAR = "CALENDAR"
    CAPACITY = "CAPACITY"
    STOCK = "STOCK"
    NO_SLOT = "NO_SLOT"


class WishAnswer(Struct, frozen=True):
    """Whether a wished day can be kept; if not, why in words."""

    outcome: WishOutcome
    detail: str = ""


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
    `wish` is the day that it is for, None where none was wished.
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
    wish: DeliveryWish | None = None

    @property
    def last_day(self) -> date:
        """The day of the destination by which the last units arrive."""
        return max(part.dates.last_day for part in self.parts)

    @property
    def deliver_by(self) -> Instant:
        """The end of the day by which the last units arrive."""
        return max(part.dates.deliver_by for part in self.parts)

    @property
    def order_by(self) -> Instant:
        """The first cut-off: who orders at it or later gets later dates."""
        return min(part.dates.order_by for part in self.parts)


class ConsideredNodes(Struct, frozen=True):
    """Nodes that are alike for a service: units that each could cover alone, now, or why they ship nothing now.

    Those that could ship stand from the least to the highest cost of a parcel; `least_cost` is that of the first.
    """

    service_code: str
    node_ids: tuple[str, ...]
    coverable: int = 0
    least_cost: Money | None = None
    exclusion: ExclusionReason | None = None
    detail: str = ""


class PromiseQuote(Struct, frozen=True):
    """The ways in which lines, (SKU, units) each, could be delivered; none where stock and supply do not cover them."""

    lines: tuple[tuple[str, int], ...]
    options: tuple[PromiseOption, ...]
    nodes: tuple[ConsideredNodes, ...]
    expires_at: Instant
    wish_answer: WishAnswer | None = None


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
