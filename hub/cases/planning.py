"""Plans made before a transaction, from the network and free stock as read: where units ship from, when they arrive.

Inside the transaction the claim on stock verifies a plan; where it fails the plan is made once more from fresh rows.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from hub.database.tx import Tx
from hub.inventory.model import StockKey
from hub.inventory.model.supply import Claimant, Protection
from hub.inventory.operations import protections
from hub.inventory.policy.protection import NO_FLOORS, floors
from hub.kernel.instant import Instant
from hub.network.model import Channel, Network
from hub.promising.model import PromisedDate
from hub.promising.policy.dates import earliest_delivery
from hub.sourcing.model import Candidate, Demand, Plan
from hub.sourcing.policy.search import choose

SEARCH_BUDGET = 2_000
"""Nodes of the search tree a plan may visit: a count, so that decisions replay."""


@dataclass(slots=True)
class FreeStock:
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
        keys = [(sku, node_id) for sku in skus]
        kept = floors(self.protections, keys, claimant) if self.protections else NO_FLOORS
        return {
            key[0]: max(0, self.units.get(key, 0) - min(kept.get(key, 0), max(0, self.unclaimed.get(key, 0))))
            for key in keys
        }

    def floors(self, claimant: Claimant, plan: Plan, demands: Sequence[Demand]) -> Mapping[StockKey, int]:
        """Units that the claims of a plan must leave for others, by row."""
        if not self.protections:
            return NO_FLOORS
        skus = {demand.line_number: demand.sku for demand in demands}
        keys = {(skus[one.line_number], one.node_id) for one in plan.assignments if one.node_id is not None}
        return floors(self.protections, keys, claimant)

    def add(self, units: Mapping[StockKey, int]) -> None:
        """Adds units that are free beside what was read, or takes them away."""
        for key, count in units.items():
            self.units[key] = self.units.get(key, 0) + count

    def take(self, plan: Plan, demands: Sequence[Demand]) -> None:
        """Takes what a plan for the demands uses."""
        skus = {demand.line_number: demand.sku for demand in demands}
        for one in plan.assignments:
            if one.node_id is not None:
                key = (skus[one.line_number], one.node_id)
                self.units[key] = self.units.get(key, 0) - one.quantity
                self.taken[key] = self.taken.get(key, 0) + one.quantity

    def untouched(self) -> FreeStock:
        """The same with all that plans took from it."""
        whole = FreeStock(dict(self.units), self.protections, self.unclaimed)
        whole.add(self.taken)
        return whole


def plan_demands(
    network: Network,
    channel: Channel,
    *,
    country: str,
    service_code: str,
    demands: Sequence[Demand],
    free: FreeStock,
    excluded: Mapping[str, str],
    only_node: str = "",
    demand_class: str = "",
) -> Plan:
    """Where units ship from: nodes of the channel with a lane to the country, less those excluded, with what is free.

    `excluded` maps node ids to why; `only_node` restricts to one (pickup). What is kept for others than the channel and
    the demand class is not free. Whoever keeps the plan takes it from `free`.
    """
    skus = {demand.sku for demand in demands}
    claimant = Claimant(channel.channel_id, demand_class)
    candidates: list[Candidate] = []
    refused: dict[str, str] = dict(excluded)
    for node in network.nodes_named(channel):
        lane = network.lane(node.node_id, country, service_code)
        if node.closed:
            refused.setdefault(node.node_id, "it takes no new work")
        elif only_node and node.node_id != only_node:
            refused.setdefault(node.node_id, f"collection is at {only_node}")
        elif lane is None:
            refused.setdefault(node.node_id, f"no {service_code} lane to {country}")
        elif node.node_id not in refused:
            available = free.for_whom(claimant, skus, node.node_id)
            candidates.append(Candidate(node.node_id, available, lane.parcel_rate + node.handling_cost))
    return choose(demands, candidates, excluded=refused, node_budget=SEARCH_BUDGET)


def promised(network: Network, node_id: str, country: str, service_code: str, at: Instant) -> PromisedDate | None:
    """When goods released now at a node leave and arrive; None where no lane goes there."""
    lane = network.lane(node_id, country, service_code)
    return earliest_delivery(network.node(node_id), lane, network.calendars, at) if lane else None


def policy_version(network: Network) -> str:
    """Names the search and the network a decision rests on."""
    return f"cheapest-single-then-fewest-splits/1 network/{network.version}"
