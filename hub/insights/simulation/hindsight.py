"""What a cycle costs at least: the linear program that knows all demand from the start.

Products are apart in it, since each unit of an order carries its equal part of one parcel: no split of the order costs
less than that, so no policy can cost less than this.
"""

from __future__ import annotations

from collections import Counter

from hub.insights.simulation.scenario import LOST_ONLINE, LOST_WALK_IN, PRODUCTS, Scenario
from hub.sourcing.policy.transport import Transport, solved


def bound(scenario: Scenario) -> float:
    """Return what no policy is below on a cycle, in cents."""
    return sum(_of_product(scenario, product) for product in range(PRODUCTS))


def _of_product(scenario: Scenario, product: int) -> float:
    wanted = [arrival for arrival in scenario.arrivals if product in arrival.products]
    online = Counter((arrival.region, len(arrival.products)) for arrival in wanted if arrival.store < 0)
    walk_in = Counter(arrival.store for arrival in wanted if arrival.store >= 0)
    sinks = sorted(online)
    transport = Transport(
        supply=scenario.stock[product],
        demand=[online[sink] for sink in sinks],
        costs=[[site.unit(region) + site.parcel(region) / size for region, size in sinks] for site in scenario.sites],
        unmet=LOST_ONLINE,
        kept=[[LOST_WALK_IN] * walk_in[index] for index in range(len(scenario.sites))],
    )
    return solved(transport).cost + LOST_WALK_IN * walk_in.total()
