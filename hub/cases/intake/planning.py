"""Plans made before a transaction, from the network and free stock as read: where units ship from, when they arrive.

Inside the transaction the claim on stock verifies a plan; where it fails the plan is made once more from fresh rows.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date

from msgspec import Struct, field

from hub.cases.context import FlowContext
from hub.cases.intake.limits import Limits
from hub.catalog.model import Item
from hub.database.tx import Tx
from hub.inventory.model import StockKey
from hub.inventory.model.supply import Claimant, Protection
from hub.inventory.operations import protections
from hub.inventory.policy.protection import NO_FLOORS, floors
from hub.kernel.instant import Instant
from hub.kernel.money import Money
from hub.network.model import Channel, Network, SourcingPolicy
from hub.network.model.carriers import NO_LOAD, Destination, Load
from hub.network.policy.freight import parcel_rate
from hub.orders.errors import NoRoute
from hub.promising.model import Places, PromisedDate
from hub.promising.policy.dates import delivery, local_day, ship_date
from hub.sourcing.model import NO_TERMS, NO_UNIT_TERMS, PLAIN, Candidate, Demand, Plan
from hub.sourcing.policy.costs import parcel_terms, unit_terms
from hub.sourcing.policy.explaining import limited
from hub.sourcing.policy.search import choose

SEARCH_BUDGET = 2_000
"""Nodes of the search tree a plan may visit: a count, so that decisions replay."""


class FreeStock(Struct):
    """Units free by (sku, node) as read, and what is kept for whom; plans of one batch take from it, so that no unit
    is planned twice. `unclaimed` are the units as read, where anything is kept: no more than these can be kept. `taken`
    is what plans took.
    """

    units: dict[StockKey, int] = field(default_factory=dict)
    protections: Sequence[Protection] = ()
    unclaimed: Mapping[StockKey, int] = field(default_factory=dict)
    taken: dict[StockKey, int] = field(default_factory=dict)

    @classmethod
    async def read(cls, tx: Tx, skus: Iterable[str]) -> FreeStock:
        """Reads what is free now."""
        units, kept = await protections.free_stock(tx, sorted(set(skus)))
        return cls(units, kept, dict(units) if kept else {})

    def for_whom(self, claimant: Claimant, skus: Iterable[str], node_id: str) -> dict[str, int]:
        """Units of SKUs at a node that a claimant may have, at least 0."""
        if not self.protections:
            return {sku: max(0, self.units.get((sku, node_id), 0)) for sku in skus}
        keys = [(sku, node_id) for sku in skus]
        kept = floors(self.protections, keys, claimant)
        return {
            key[0]: max(0, self.units.get(key, 0) - min(kept.get(key, 0), max(0, self.unclaimed.get(key, 0))))
            for key in keys
        }

    def floors(self, claimant: Claimant, plan: Plan, demands: Sequence[Demand]) -> Mapping[StockKey, int]:
        """Units that the claims of a plan must leave for others, by row."""
        if not self.protections:
            return NO_FLOORS
        skus = {demand.line_number: demand.sku for demand in demands}
        keys = {
            (skus[assignment.line_number], assignment.node_id)
            for assignment in plan.assignments
            if assignment.node_id is not None
        }
        return floors(self.protections, keys, claimant)

    def add(self, units: Mapping[StockKey, int]) -> None:
        """Adds units that are free beside what was read, or takes them away."""
        for key, count in units.items():
            self.units[key] = self.units.get(key, 0) + count

    def take(self, plan: Plan, demands: Sequence[Demand]) -> None:
        """Takes what a plan for the demands uses."""
        skus = {demand.line_number: demand.sku for demand in demands}
        for assignment in plan.assignments:
            if assignment.node_id is not None:
                key = (skus[assignment.line_number], assignment.node_id)
                self.units[key] = self.units.get(key, 0) - assignment.quantity
                self.taken[key] = self.taken.get(key, 0) + assignment.quantity

    def of_skus(self, skus: Collection[str]) -> FreeStock:
        """The units of some SKUs, apart: what is added and taken there changes nothing here."""
        units = {key: count for key, count in self.units.items() if key[0] in skus}
        return FreeStock(units, self.protections, {key: self.unclaimed.get(key, 0) for key in units})

    def receive(self, units: Mapping[StockKey, int]) -> None:
        """Adds units that came: of them, too, some may be kept."""
        self.add(units)
        if self.protections:
            came = {key: self.unclaimed.get(key, 0) + count for key, count in units.items()}
            self.unclaimed = {**self.unclaimed, **came}

    def untouched(self) -> FreeStock:
        """The same with all that plans took from it."""
        whole = FreeStock(dict(self.units), self.protections, self.unclaimed)
        whole.add(self.taken)
        return whole


class Routes:
    """The ways from nodes to customers over one network, at one instant: each is looked up once for a whole batch."""

    def __init__(
        self,
        network: Network,
        at: Instant,
        items: Mapping[str, Item] | None = None,
        places: Places | None = None,
        limits: Limits | None = None,
    ) -> None:
        """`items` are those of the units by SKU, where known; `places` are taken at nodes with a limit; `limits` are
        what rules of channels say, None where there are none.
        """
        self.network = network
        self.at = at
        self._items = dict(items or {})
        self._places = places or Places()
        self.limits = limits
        self._ways: dict[tuple[str, Destination, str, Load], Ways] = {}
        self._dates: dict[tuple[str, Destination, str, Instant, int], PromisedDate | None] = {}

    async def learn(self, flow: FlowContext, skus: Iterable[str]) -> None:
        """Reads the items of more units."""
        self._items |= await flow.items.load(flow.tx, set(skus) - self._items.keys())

    def ways(self, channel: Channel, to: Destination, service_code: str, load: Load) -> Ways:
        """The channel's nodes that ship a parcel to a destination, or at which it is collected."""
        key = (channel.channel_id, to, service_code, load)
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

    def lacking(self, node_id: str, skus: Iterable[str]) -> dict[str, list[str]]:
        """The SKUs that a node may not ship, each with the skills that it needs and the node lacks."""
        skills = self.network.node(node_id).skills
        needed = {sku: item.required_skills - skills for sku in skus if (item := self._items.get(sku))}
        return {sku: sorted(missing) for sku, missing in needed.items() if missing}

    def unable(self, node_ids: Iterable[str], skus: Collection[str]) -> dict[str, str]:
        """The nodes that may ship none of some SKUs, with a sentence each."""
        found: dict[str, str] = {}
        for node_id in node_ids:
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
        key = (node_id, to, service_code, at, days)
        if key not in self._dates:
            full = self._places.full_days(node_id)
            self._dates[key] = delivery(self.network, node_id, to, service_code, at, full, days)
        return self._dates[key]

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
        for node_id in node_ids if self._places.limits else ():
            days = self._places.full_days(node_id)
            lane = self.network.lane(node_id, to, service_code) if days else None
            if lane is not None:
                node = self.network.node(node_id)
                day = local_day(node, ship_date(self.network, node_id, lane, self.at))
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

        The day of a node where units take time is returned, too.
        """
        days: dict[str, date] = {}
        shipped = skus_by_node(plan, demands)
        for assignment in plan.assignments:
            node_id = assignment.node_id
            if node_id is None or node_id in days:
                continue
            skus = shipped[node_id]
            if node_id not in self._places.limits and not self._processing_days(node_id, skus):
                continue
            promised = self.promised(node_id, to, service_code, not_before.get(assignment.line_number), skus)
            if promised is not None:
                days[node_id] = local_day(self.network.node(node_id), promised.ship_at)
        for node_id, day in days.items():
            self._places.take(node_id, day)
        if days:
            self._dates = {key: dates for key, dates in self._dates.items() if key[0] not in days}
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
        ways = Ways()
        for node in self.network.nodes_named(channel):
            lane = self.network.lane(node.node_id, to, service_code)
            rate = parcel_rate(self.network, lane, to, load) if lane else None
            if node.closed:
                ways.barred[node.node_id] = "it takes no new work"
            elif lane is None:
                ways.barred[node.node_id] = str(to) if to.collected_at else f"no {service_code} lane to {to}"
            elif rate is None:
                ways.barred[node.node_id] = f"no rate of {service_code} to {to} carries {load}"
                ways.unrated.add(node.node_id)
            else:
                ways.costs[node.node_id] = rate + node.handling_cost
        if channel.sourcing_policy.late_day_cost or channel.sourcing_policy.pack_cost:
            ways.parcel_terms = self._parcel_terms(channel.sourcing_policy, ways, to, service_code)
        return ways

    def _parcel_terms(
        self, policy: SourcingPolicy, ways: Ways, to: Destination, service_code: str
    ) -> dict[str, Mapping[str, int]]:
        dates = {node_id: self.promised(node_id, to, service_code) for node_id in ways.costs}
        days = {node_id: date.deliver_by.date() for node_id, date in dates.items() if date}
        first = min(days.values(), default=None)
        return {
            node_id: parcel_terms(policy, days_late=(day - first).days if first else 0) for node_id, day in days.items()
        }

    def unit_terms(self, policy: SourcingPolicy, node_id: str, skus: Iterable[str]) -> Mapping[str, Mapping[str, int]]:
        """What a unit of each SKU adds to the cost of a parcel from a node, by term."""
        returns = self.network.node(node_id).returns
        handling = returns.handling_cost if returns else None
        return {
            sku: terms
            for sku in skus
            if (terms := unit_terms(policy, weight_grams=self.load_of({sku: 1}).weight_grams, return_handling=handling))
        }


class Ways(Struct):
    """What a parcel costs from the nodes that may ship it, by term beside its rate, and why the others may not; those
    without a rate are `unrated`.
    """

    costs: dict[str, Money] = field(default_factory=dict)
    barred: dict[str, str] = field(default_factory=dict)
    unrated: set[str] = field(default_factory=set)
    parcel_terms: Mapping[str, Mapping[str, int]] = field(default_factory=dict)


def plan_demands(
    routes: Routes,
    channel: Channel,
    *,
    to: Destination,
    service_code: str,
    demands: Sequence[Demand],
    free: FreeStock,
    excluded: Mapping[str, str],
    demand_class: str = "",
) -> Plan:
    """Where units ship from: nodes of the channel with a lane to a destination, less those excluded, with what is free.

    `excluded` maps node ids to why. What is kept for others than the channel and the demand class is not free. A node
    ships no unit that needs a skill it lacks. A node without a place left ships only what no other node has. A node
    that a rule of the channel excludes ships nothing; where that keeps units from shipping, the plan says so. Whoever
    keeps the plan takes it from `free`.
    """
    skus = {demand.sku for demand in demands}
    claimant = Claimant(channel.channel_id, demand_class)
    ways = routes.ways(channel, to, service_code, routes.load(demands))
    policy = channel.sourcing_policy
    plain = policy == PLAIN
    unable = routes.unable(ways.costs, skus)
    candidates = [
        Candidate(
            node_id,
            free.for_whom(claimant, skus - routes.lacking(node_id, skus).keys(), node_id),
            cost,
            ways.parcel_terms.get(node_id, NO_TERMS),
            NO_UNIT_TERMS if plain else routes.unit_terms(policy, node_id, skus),
        )
        for node_id, cost in ways.costs.items()
        if node_id not in excluded and node_id not in unable
    ]
    barred = {**ways.barred, **unable, **excluded}

    def chosen(barred: Mapping[str, str]) -> Plan:
        return choose(
            demands, candidates, excluded=barred, node_budget=SEARCH_BUDGET, policy=PLAIN if plain else policy
        )

    found = routes.ruled_out(channel, to, service_code, demand_class, demands)
    ruled = {node_id: reason for node_id, reason in found.items() if node_id not in barred}
    full = routes.full(to, service_code, [one.node_id for one in candidates if one.node_id not in ruled])
    plan = chosen({**barred, **ruled, **full})
    if full and plan.uncovered:
        plan = min(plan, chosen({**barred, **ruled}), key=lambda one: one.uncovered)
    return limited(plan, chosen(barred), ruled) if ruled and plan.uncovered else plan


def policy_version(network: Network) -> str:
    """Names the search and the network a decision rests on."""
    return f"least-cost/1 network/{network.version}"


def skus_by_node(plan: Plan, demands: Sequence[Demand]) -> dict[str, set[str]]:
    """Return the SKUs of which each node of a plan ships units."""
    skus = {demand.line_number: demand.sku for demand in demands}
    shipped: dict[str, set[str]] = {}
    for one in plan.assignments:
        if one.node_id is not None:
            shipped.setdefault(one.node_id, set()).add(skus[one.line_number])
    return shipped
