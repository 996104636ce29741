"""What sourcing is asked, what it knows of each node, and what it decides, as values."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final
from uuid import UUID

from msgspec import Struct, field

from hub.kernel.instant import Instant
from hub.kernel.money import Money
from hub.network.model import SourcingPolicy

Terms = Mapping[str, int]
"""Amounts by term, in thousandths of a minor unit."""
NO_TERMS: Final[Terms] = {}
NO_UNITS: Final[Mapping[str, int]] = {}
NO_UNIT_TERMS: Final[Mapping[str, Terms]] = {}


PLAIN: Final = SourcingPolicy()
"""The policy that states nothing: the fewest parcels of the cheapest nodes."""


class Demand(Struct, frozen=True):
    """Units of a line that need a node."""

    line_number: int
    sku: str
    quantity: int


class Candidate(Struct, frozen=True):
    """A node that may ship: units it has by SKU, and what one parcel from it costs (lane rate and handling).

    `parcel_terms` come on top of that, and `unit_terms` by SKU with each unit: amounts by term, in thousandths of a
    minor unit.
    """

    node_id: str
    available: Mapping[str, int]
    cost: Money
    parcel_terms: Terms = NO_TERMS
    unit_terms: Mapping[str, Terms] = NO_UNIT_TERMS


class Looked(Struct, frozen=True):
    """A node that was looked at: units of the demand it could cover alone, or why it was excluded.

    `units` are those by SKU, where it could cover a part of several SKUs only; the terms are the candidate's.
    """

    node_id: str
    coverable: int = 0
    cost: Money | None = None
    excluded_because: str = ""
    units: Mapping[str, int] = NO_UNITS
    parcel_terms: Terms = NO_TERMS
    unit_terms: Mapping[str, Terms] = NO_UNIT_TERMS


class Assignment(Struct, frozen=True):
    """Units of a line given to a node; to none where no node covers them."""

    line_number: int
    node_id: str | None
    quantity: int


class Plan(Struct, frozen=True):
    """Which node ships what, at which cost in all (None when no node ships anything), and why.

    `gap` is how much less another plan may cost at most, where the search ended before it was sure; `terms` are what
    the cost is made of, under `policy`.
    """

    assignments: tuple[Assignment, ...]
    cost: Money | None
    explanation: str
    looked_at: tuple[Looked, ...] = ()
    gap: Money | None = None
    terms: Terms = NO_TERMS
    policy: SourcingPolicy = PLAIN
    limited_by: str = ""

    @property
    def node_ids(self) -> tuple[str, ...]:
        """The nodes that ship, by id."""
        return tuple(sorted({assignment.node_id for assignment in self.assignments if assignment.node_id is not None}))

    @property
    def uncovered(self) -> int:
        """Units that no node covers."""
        return sum([assignment.quantity for assignment in self.assignments if assignment.node_id is None])


class Decision(Struct, frozen=True):
    """A plan taken for an order, as stored. `policy_version` names the search and the network it ran on."""

    decision_id: UUID
    order_id: UUID
    decided_at: Instant
    policy_version: str
    plan: Plan


class Shipped(Struct, frozen=True):
    """What so many orders ship by a policy.

    `cost_millis`, in thousandths of a minor unit, is by the policy that counts. Orders are late where a parcel arrives
    after the earliest day that there was. `parcels_by_node` tells whose capacity that takes.
    """

    orders: int = 0
    parcels: int = 0
    split_orders: int = 0
    late_orders: int = 0
    waiting_units: int = 0
    cost_millis: int = 0
    carbon_grams: int = 0
    currency: str = ""
    parcels_by_node: Mapping[str, int] = field(default_factory=dict)

    def plus(self, more: Shipped) -> Shipped:
        """Both together."""
        names = self.parcels_by_node.keys() | more.parcels_by_node.keys()
        sums = {name: getattr(self, name) + getattr(more, name) for name in _SUMS}
        by_node = {name: self.parcels_by_node.get(name, 0) + more.parcels_by_node.get(name, 0) for name in names}
        return Shipped(**sums, currency=self.currency or more.currency, parcels_by_node=by_node)


_SUMS: Final = tuple(name for name in Shipped.__struct_fields__ if name not in ("currency", "parcels_by_node"))


class Trial(Struct, frozen=True):
    """What is known of a channel's trial so far; `after` is the last order that was compared (placed_at, order_id)."""

    channel_id: str
    name: str
    after: tuple[Instant, UUID]
    counted: Shipped = Shipped()
    tried: Shipped = Shipped()


class ValueRun(Struct, frozen=True):
    """How far the values of a channel are: `version` counts since `computed_at`, None where none does.

    The next version has the SKUs up to `after_sku`; None while no version is begun.
    """

    channel_id: str
    version: int = 0
    computed_at: Instant | None = None
    after_sku: str | None = None
