"""Nodes and calendars: where goods are, and on which days work is done there."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, time
from decimal import Decimal
from enum import Enum

from msgspec import Struct, field

from hub.kernel.money import Money


class NodeKind(Enum):
    """What a node is."""

    DISTRIBUTION_CENTER = "DISTRIBUTION_CENTER"
    STORE = "STORE"
    SUPPLIER = "SUPPLIER"
    THIRD_PARTY = "THIRD_PARTY"


class NodeAddress(Struct, frozen=True):
    """Where a node stands: an address of the retail group or its suppliers, not of a person."""

    street_lines: tuple[str, ...]
    city: str
    country_code: str
    region_code: str = ""
    postal_code: str = ""


class ReturnTerms(Struct, frozen=True):
    """How a node takes goods back: the share of returned units that sell there (0 to 1), and the cost of one unit.

    Without a handling cost the node's own counts; empty `currency`: its bookkeeping is in the currency of its costs.
    """

    sell_through: Decimal
    handling_cost: Money | None = None
    currency: str = ""


class Coordinates(Struct, frozen=True):
    """A place on the earth (WGS 84), in degrees: north of the equator and east of Greenwich are positive."""

    latitude: float
    longitude: float


class PostalArea(Struct, frozen=True):
    """The middle of where the postal codes of a country lie that begin with `prefix`, all of them where it is empty."""

    country_code: str
    prefix: str
    coordinates: Coordinates


class Node(Struct, frozen=True):
    """Anything that can hold or ship goods.

    What is released before `cut_off`, local time in `time_zone`, on a working day leaves on that day.
    At most `daily_capacity` orders (0: any number) leave on a day.
    `handling_cost` is the cost of one fulfillment order. Without `returns` it takes no goods back. What moves on
    its shelves is posted to `erp_account_id`, where it has one. A `closed` one takes no new work. A count that
    differs by more than `variance_units` (0: any) or is worth more than `variance_value` (None: any) is somebody's
    to look at. It ships only units that need no other than its `skills`. Units of a class in `processing_days` leave so
    many working days later than others. What it does not acknowledge in `accept_within_seconds` (0: any time) is taken
    back and sourced elsewhere. Units that orders to be collected there lack come by `transfer_service_code`, where it
    names one.
    """

    node_id: str
    kind: NodeKind
    address: NodeAddress
    time_zone: str
    calendar_id: str
    cut_off: time
    handling_cost: Money
    warehouse_account_id: str
    title: str = ""
    inbound_processing_days: int = 0
    returns: ReturnTerms | None = None
    erp_account_id: str = ""
    closed: bool = False
    variance_units: int = 0
    variance_value: Money | None = None
    daily_capacity: int = 0
    attributes: Mapping[str, str] = field(default_factory=dict)
    coordinates: Coordinates | None = None
    skills: frozenset[str] = frozenset()
    processing_days: Mapping[str, int] = field(default_factory=dict)
    accept_within_seconds: int = 0
    transfer_service_code: str = ""
    owner_id: str = ""

    @property
    def country_code(self) -> str:
        """The country it stands in, ISO 3166-1 alpha-2."""
        return self.address.country_code

    @property
    def holds_for_collection(self) -> bool:
        """Whether customers collect goods there: at stores they do."""
        return self.kind is NodeKind.STORE


class Calendar(Struct, frozen=True):
    """Working days: ISO weekdays (1 is Monday) less the days off."""

    calendar_id: str
    working_weekdays: frozenset[int]
    holidays: frozenset[date] = frozenset()
