"""Runs a cycle under a way to source orders, and adds up what it costs."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from msgspec import Struct

from hub.insights.simulation.scenario import CENTERS, LOST_ONLINE, LOST_WALK_IN, Scenario
from hub.kernel.money import Money
from hub.network.model import SourcingPolicy
from hub.sourcing.model import Candidate, Demand
from hub.sourcing.policy.search import choose

CURRENCY = "EUR"
STEP_BUDGET = 2_000
"""Steps a search may take for an order."""
FREE_SPLITS = SourcingPolicy(split_cost=Money(0, CURRENCY))
"""The policy of the simulation: parcels cost what they cost."""

Stock = list[list[int]]
"""Units left by product and site."""
Value = Callable[[int, int, int], int]
"""What the last of so many units of a product is worth at a site, in thousandths of a cent."""
Worth = Callable[[float, Stock], Value]
"""The values that hold at a time, with stock as it is then."""


def myopic(time: float, stock: Stock) -> Value:
    """The values of a policy that looks only at what an order costs: none."""
    return _worthless


def _worthless(product: int, site: int, units: int) -> int:
    return 0


class Outcome(Struct):
    """What a cycle cost in cents, and what it was made of."""

    shipping: int = 0
    lost_online: int = 0
    lost_walk_in: int = 0
    orders: int = 0
    parcels: int = 0

    @property
    def cost(self) -> int:
        """The whole cost: shipping, and what was lost."""
        return self.shipping + self.lost_online * LOST_ONLINE + self.lost_walk_in * LOST_WALK_IN


def run(scenario: Scenario, worth: Worth, *, centers_first: bool = False) -> Outcome:
    """Serve all who come, in the order they come: orders by the plan of least cost, buyers from their store's shelf."""
    stock = [list(row) for row in scenario.stock]
    outcome = Outcome()
    for arrival in scenario.arrivals:
        if arrival.store >= 0:
            (product,) = arrival.products
            if stock[product][arrival.store]:
                stock[product][arrival.store] -= 1
            else:
                outcome.lost_walk_in += 1
            continue
        value = worth(arrival.time, stock)
        outcome.orders += 1
        missing = arrival.products
        for sites in (range(CENTERS), range(len(scenario.sites))) if centers_first else (range(len(scenario.sites)),):
            missing = _ship(scenario, stock, arrival.region, missing, sites, value, outcome)
        outcome.lost_online += len(missing)
    return outcome


def _ship(
    scenario: Scenario,
    stock: Stock,
    region: int,
    products: Sequence[int],
    sites: range,
    value: Value,
    outcome: Outcome,
) -> tuple[int, ...]:
    """Ship what sites have of the products, and return the products that none has."""
    demands = [Demand(product, str(product), 1) for product in products]
    candidates = [
        _candidate(scenario, site, region, has, value)
        for site in sites
        if (has := {product: stock[product][site] for product in products if stock[product][site]})
    ]
    plan = choose(demands, candidates, excluded={}, node_budget=STEP_BUDGET, policy=FREE_SPLITS)
    numbers = {candidate.node_id: int(candidate.node_id) for candidate in candidates}
    missing = []
    for assignment in plan.assignments:
        if assignment.node_id is None:
            missing.append(assignment.line_number)
            continue
        site = numbers[assignment.node_id]
        stock[assignment.line_number][site] -= 1
        outcome.shipping += scenario.sites[site].unit(region)
    outcome.shipping += sum(scenario.sites[numbers[node_id]].parcel(region) for node_id in plan.node_ids)
    outcome.parcels += len(plan.node_ids)
    return tuple(missing)


def _candidate(scenario: Scenario, site: int, region: int, has: Mapping[int, int], value: Value) -> Candidate:
    place = scenario.sites[site]
    unit = place.unit(region) * 1_000
    terms = {
        str(product): {"freight": unit, "opportunity": value(product, site, units)} for product, units in has.items()
    }
    available = {str(product): units for product, units in has.items()}
    return Candidate(f"{site:03}", available, Money(place.parcel(region), CURRENCY), {}, terms)
