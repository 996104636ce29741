"""Plans made before a transaction, from the network and free stock as read: where units ship from, when they arrive.

Inside the transaction the claim on stock verifies a plan; where it fails the plan is made once more from fresh rows.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from copy import copy
from datetime import date

from msgspec import Struct, field

from hub.cases.context import FlowContext
from hub.cases.imports import ImportQuestion, TradeLaw
from hub.cases.intake.limits import Limits
from hub.catalog.model import Item
from hub.kernel.instant import Instant
from hub.kernel.money import Money
from hub.network.model import Channel, Network, SourcingPolicy
from hub.network.model.carriers import NO_LOAD, DeliverySlot, DeliveryWish, Destination, Load, slot_place
from hub.network.policy.freight import parcel_rate
from hub.network.policy.parcel_costs import CostMemory
from hub.orders.errors import NoRoute
from hub.promising.model import NoDate, NoDateReason, Places, PromisedDate
from hub.promising.policy.dates import delivery, in_slot, local_day, ship_date, why_not_on
from hub.sourcing.model import Demand, Plan
from hub.sourcing.operations.values import ValueMemory
from hub.sourcing.policy.costs import parcel_terms, unit_terms
from hub.sourcing.policy.plans import skus_by_node
from hub.transfers.model import NOTHING_ON_THE_WAY

SEARCH_BUDGET = 2_000
"""Nodes of the search tree a plan may visit: a count, so that decisions replay."""


class Routes:
    """The ways from nodes to customers over one network, at one instant: each is looked up once for a whole batch."""

    def __init__(
        self,
        network: Network,
        at: Instant,
        items: Mapping[str, Item] | None = None,
        places: Places | None = None,
        limits: Limits | None = None,
        costs: CostMemory | None = None,
        values: ValueMemory | None = None,
    ) -> None:
        """`items` are those of the units by SKU; `places` are taken at nodes with a limit; `limits` are what rules of
        channels say; `costs` is the process's memory of parcels, `values` of what units are worth where they lie.
        """
        self.network = network
        self.at = at
        self._items = dict(items or {})
        self._places = places or Places()
        self.limits = limits
        self._costs, self._values = costs or CostMemory(), values or ValueMemory()
        self._ways: dict[tuple[str, SourcingPolicy, Destination, str, Load, DeliveryWish | None], Ways] = {}
        self._able: dict[frozenset[str], Collection[str]] = {}
        self._dates: dict[tuple[str, Destination, str, Instant, int, DeliveryWish | None], PromisedDate | None] = {}
        self.wish: DeliveryWish | None = None
        self.holds_slot = False
        self.services: Mapping[str, frozenset[str]] = {}
        self.on_the_way = NOTHING_ON_THE_WAY
        self.importing: ImportQuestion | None = None
        self.law: TradeLaw | None = None

    def wishing(self, wish: DeliveryWish | None, *, holds_slot: bool = False) -> Routes:
        """The same routes for goods that are to arrive on a wished day; places taken on them are taken here, too.

        `holds_slot`: the order has its place in the slot already.
        """
        if wish is None:
            return self
        routes = copy(self)
        routes.wish, routes.holds_slot = wish, holds_slot
        return routes

    def through_customs(self, question: ImportQuestion | None) -> Routes:
        """The same routes for goods that pass customs so; what they owe at a border counts. None: nothing counts."""
        if question is None:
            return self
        routes = copy(self)
        routes.importing = question
        return routes

    def leaves(self, node_id: str, to: Destination, service_code: str) -> date:
        """The local day on which goods that are released now leave a node."""
        promised = self.promised(node_id, to, service_code)
        return local_day(self.network.node(node_id), promised.ship_at if promised else self.at)

    def slot(self, node_id: str, to: Destination, service_code: str) -> DeliverySlot | None:
        """The wished slot, as far as the service from a node has it at the destination."""
        lane = self.network.lane(node_id, to, service_code)
        return self.network.service(lane).slot(self.wish.slot_id, to.zone_id) if lane and self.wish else None

    def with_services(self, services: Iterable[tuple[str, Collection[str]]]) -> Routes:
        """The same routes for lines, SKU and services each: a unit needs the skills of all lines of its SKU, too."""
        needed: dict[str, frozenset[str]] = {}
        for sku, named in services:
            if named:
                needed[sku] = needed.get(sku, frozenset()).union(named)
        if not needed:
            return self
        routes = copy(self)
        routes.services = needed
        return routes

    def skills(self, sku: str) -> frozenset[str]:
        """The skills that a node needs to ship a unit: those of its item, and of the services that are done with it."""
        item = self._items.get(sku)
        needed = item.required_skills if item else frozenset[str]()
        return needed | self.services[sku] if sku in self.services else needed

    async def learn(self, flow: FlowContext, skus: Iterable[str]) -> None:
        """Reads the items of more units."""
        self._items |= await flow.items.load(flow.tx, set(skus) - self._items.keys())

    def ways(self, channel: Channel, to: Destination, service_code: str, load: Load) -> Ways:
        """The channel's nodes that ship a parcel to a destination, or at which it is collected."""
        key = (channel.channel_id, channel.sourcing_policy, to, service_code, load, self.wish)
        ways = self._ways.get(key)
        if ways is None:
            ways = self._ways[key] = self._looked_up(channel, to, service_code, load)
        return ways

    def load(self, demands: Iterable[Demand]) -> Load:
        """What a parcel of units weighs, as far as it is known; nothing where no carrier's charges depend on it."""
        if not self.network.rate_tables and not self.network.services:
            return NO_LOAD
        units: Counter[str] = Counter()
        for demand in demands:
            units[demand.sku] += demand.quantity
        return self.load_of(units)

    def load_of(self, units: Mapping[str, int]) -> Load:
        """What units weigh, and their volume, as far as these are known."""
        known = [(self._items[sku], count) for sku, count in units.items() if sku in self._items]
        return Load(
            sum(item.weight_grams * count for item, count in known),
            sum(item.volume_cm3 * count for item, count in known),
        )

    def able(self, sku: str) -> Collection[str] | None:
        """The nodes with the skills that a SKU needs; None where it needs none."""
        skills = self.skills(sku)
        if not skills:
            return None
        if skills not in self._able:
            self._able[skills] = {name for name, node in self.network.nodes.items() if skills <= node.skills}
        return self._able[skills]

    def lacking(self, node_id: str, skus: Iterable[str]) -> dict[str, list[str]]:
        """The SKUs that a node may not ship, each with the skills that it needs and the node lacks."""
        skills = self.network.node(node_id).skills
        needed = {sku: self.skills(sku) - skills for sku in skus}
        return {sku: sorted(missing) for sku, missing in needed.items() if missing}

    def unable(self, node_ids: Iterable[str], skus: Collection[str]) -> dict[str, str]:
        """The nodes that may ship none of some SKUs, with a sentence each."""
        found: dict[str, str] = {}
        for node_id in node_ids if any(map(self.skills, skus)) else ():
            lacking = self.lacking(node_id, skus)
            if lacking and len(lacking) == len(skus):
                found[node_id] = f"it lacks {', '.join(sorted({skill for one in lacking.values() for skill in one}))}"
        return found

    def promised(
        self,
        node_id: str,
        to: Destination,
        service_code: str,
        not_before: Instant | None = None,
        skus: Iterable[str] = (),
    ) -> PromisedDate | None:
        """When units of SKUs released now, or not before an instant, leave a node and arrive; None where no lane goes
        there.
        """
        at = self.at if not_before is None else max(self.at, not_before)
        days = self._processing_days(node_id, skus)
        key = (node_id, to, service_code, at, days, self.wish)
        if key not in self._dates:
            full = self._places.full_days(node_id)
            wished = self.wish.day if self.wish else None
            self._dates[key] = delivery(self.network, node_id, to, service_code, at, full, days, wished=wished)
        date = self._dates[key]
        if date is None or self.wish is None or not self.wish.slot_id:
            return date
        slot = self.slot(node_id, to, service_code)
        return in_slot(date, slot) if slot and not self._slot_is_full(service_code) else None

    def soonest(
        self,
        wish: DeliveryWish | None,
        node_id: str,
        to: Destination,
        service_code: str,
        not_before: Instant | None = None,
        skus: Iterable[str] = (),
    ) -> PromisedDate | None:
        """The same for an order that has its wish already: on the wished day, else as soon as can be."""
        wished = self.wishing(wish, holds_slot=True)
        date = wished.promised(node_id, to, service_code, not_before, skus)
        return date or self.promised(node_id, to, service_code, not_before, skus)

    def _slot_is_full(self, service_code: str) -> bool:
        if self.wish is None or self.holds_slot:
            return False
        return self.wish.day in self._places.full_days(slot_place(service_code, self.wish.slot_id))

    def off_wish(
        self, node_ids: Iterable[str], to: Destination, service_code: str, skus: Collection[str]
    ) -> dict[str, NoDate]:
        """The nodes from which units of SKUs do not arrive on the wished day, each with why; none where none is."""
        found: dict[str, NoDate] = {}
        for node_id in node_ids if self.wish else ():
            lane = self.network.lane(node_id, to, service_code)
            if lane is None or self.wish is None or self.promised(node_id, to, service_code, skus=skus):
                continue
            full, days = self._places.full_days(node_id), self._processing_days(node_id, skus)
            why = why_not_on(self.network, node_id, lane, self.at, self.wish.day, full, days)
            found[node_id] = why or self._slot_refusal(node_id, to, service_code, self.wish)
        return found

    def _slot_refusal(self, node_id: str, to: Destination, service_code: str, wish: DeliveryWish) -> NoDate:
        if wish.slot_id and self.slot(node_id, to, service_code) is None:
            return NoDate(NoDateReason.NO_SLOT, f"{service_code} from {node_id} has no slot {wish.slot_id} to {to}")
        if wish.slot_id and self._slot_is_full(service_code):
            return NoDate(NoDateReason.CAPACITY, f"slot {wish.slot_id} of {service_code} is full on {wish.day}")
        return NoDate(NoDateReason.CALENDAR, f"{node_id} ships otherwise by {wish.day}")

    def _processing_days(self, node_id: str, skus: Iterable[str]) -> int:
        node = self.network.nodes.get(node_id)
        if node is None or not node.processing_days:
            return 0
        classes = {self._items[sku].item_class for sku in skus if sku in self._items}
        return max((node.processing_days.get(one, 0) for one in classes), default=0)

    def ruled_out(
        self, channel: Channel, to: Destination, service_code: str, demand_class: str, demands: Sequence[Demand]
    ) -> dict[str, str]:
        """The nodes that rules of the channel keep from shipping the demands, with a sentence each."""
        if self.limits is None or not channel.sourcing_policy.rules:
            return {}
        return self.limits.excluded(self.network, channel, to, service_code, demand_class, demands)

    def full(self, to: Destination, service_code: str, node_ids: Iterable[str]) -> dict[str, str]:
        """The nodes that have no place left on the day on which goods would leave now, with a sentence each."""
        found: dict[str, str] = {}
        for node_id in node_ids if self._places.limits and not self.wish else ():
            days = self._places.full_days(node_id)
            lane = self.network.lane(node_id, to, service_code) if days else None
            if lane is not None:
                day = local_day(self.network.node(node_id), ship_date(self.network, node_id, lane, self.at))
                if day in days:
                    found[node_id] = f"it has no place left on {day}"
        return found

    def take_places(
        self,
        plan: Plan,
        to: Destination,
        service_code: str,
        not_before: Mapping[int, Instant | None],
        demands: Sequence[Demand],
    ) -> dict[str, date]:
        """Takes a place at each node with a limit that ships something, and returns the days by node.

        The day of a node where units take time is returned, too; for a wished day that of each node.
        """
        days: dict[str, date] = {}
        shipped = skus_by_node(plan, demands)
        for assignment in plan.assignments:
            node_id = assignment.node_id
            if node_id is None or node_id in days:
                continue
            skus = shipped[node_id]
            if not self.wish and node_id not in self._places.limits and not self._processing_days(node_id, skus):
                continue
            promised = self.promised(node_id, to, service_code, not_before.get(assignment.line_number), skus)
            if promised is not None:
                days[node_id] = local_day(self.network.node(node_id), promised.ship_at)
        for node_id, day in days.items():
            self._places.take(node_id, day)
        if self.wish and self.wish.slot_id and not self.holds_slot:
            self._places.take(slot_place(service_code, self.wish.slot_id), self.wish.day)
        for key in [key for key in self._dates if key[0] in days] if days else ():
            del self._dates[key]
        return days

    def without(self, channel: Channel, to: Destination, service_code: str, load: Load = NO_LOAD) -> NoRoute | None:
        """What to answer where no node of the channel has a lane and a rate for a load; None where one has."""
        nodes = [node.node_id for node in self.network.nodes_named(channel)]
        lanes = [lane for node_id in nodes if (lane := self.network.lane(node_id, to, service_code))]
        if any(parcel_rate(self.network, lane, to, load) is not None for lane in lanes):
            return None
        missing = f"rate that carries {load}" if lanes else "lane"
        return NoRoute(
            f"None of the nodes {', '.join(nodes)} has a {service_code} {missing} to {to};"
            " name another service or address, or load a network that has one.",
            node_ids=",".join(nodes),
            country_code=to.country_code,
            service_code=service_code,
        )

    def _looked_up(self, channel: Channel, to: Destination, service_code: str, load: Load) -> Ways:
        known = self._costs.costs(self.network, channel, to, service_code, load)
        unrated = dict.fromkeys(known.unrated, f"no rate of {service_code} to {to} carries {load}")
        ways = Ways(known.by_node, {**known.barred, **unrated}, unrated.keys())
        policy = channel.sourcing_policy
        if policy.late_day_cost or policy.pack_cost or policy.carbon_cost_per_kg:
            ways.parcel_terms = self._parcel_terms(policy, ways, to, service_code)
        return ways

    def _parcel_terms(
        self, policy: SourcingPolicy, ways: Ways, to: Destination, service_code: str
    ) -> dict[str, Mapping[str, int]]:
        dates = {node_id: self.promised(node_id, to, service_code) for node_id in ways.costs}
        days = {node_id: date.deliver_by.date() for node_id, date in dates.items() if date}
        first = min(days.values(), default=None)
        lanes = {node_id: self.network.lane(node_id, to, service_code) for node_id in days}
        return {
            node_id: parcel_terms(
                policy,
                days_late=(day - first).days if first else 0,
                carbon_grams=lane.carbon_grams_per_parcel if (lane := lanes[node_id]) else 0,
            )
            for node_id, day in days.items()
        }

    def unit_terms(
        self, channel: Channel, node_id: str, free: Mapping[str, int | None], to: Destination, service_code: str
    ) -> Mapping[str, Mapping[str, int]]:
        """What a unit of each SKU adds to a parcel's cost, by term; `free` are the units of each at the node."""
        policy = channel.sourcing_policy
        lane = self.network.lane(node_id, to, service_code) if policy.carbon_cost_per_kg else None
        handling = returns.handling_cost if (returns := self.network.node(node_id).returns) else None
        by_sku = {
            sku: unit_terms(
                policy,
                weight_grams=self.load_of({sku: 1}).weight_grams,
                carbon_grams_per_kg=lane.carbon_grams_per_kg if lane else 0,
                return_handling=handling,
                opportunity=self._values.worth(channel, sku, node_id, units, self.at),
                markdown=policy.markdown(node_id, item.item_class) if (item := self._items.get(sku)) else None,
            )
            for sku, units in free.items()
        }
        return {sku: terms for sku, terms in by_sku.items() if terms}


class Ways(Struct):
    """What a parcel costs from the nodes that may ship it, the least first, by term beside its rate; and why the others
    may not. Those without a rate are `unrated`.
    """

    costs: Mapping[str, Money]
    barred: Mapping[str, str]
    unrated: Collection[str]
    parcel_terms: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
