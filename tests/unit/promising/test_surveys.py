"""What is found of baskets without a search, against the search: the same plan, and the same nodes one by one."""

from __future__ import annotations

from datetime import UTC, date, datetime
from random import Random
from typing import Any

import pytest

from hub.cases.intake.choosing import plan_demands
from hub.cases.intake.free_stock import FreeStock
from hub.cases.intake.planning import Routes
from hub.cases.intake.quoting import Basket
from hub.cases.intake.surveying import Surveyor
from hub.catalog.model import Item
from hub.inventory.model.supply import Claimant, Protection
from hub.kernel.money import Money
from hub.network.model import SourcingPolicy
from hub.promising.model import ConsideredNodes, ExclusionReason, Places
from hub.sourcing.model import Demand, Plan
from tests.support.network import CHANNEL, network_of

AT = datetime(2026, 11, 17, 9, tzinfo=UTC)
SKUS = ("CUP", "LAMP", "PAINT")
INSTANCES = 400
ITEMS = {sku: Item(sku, required_skills=frozenset({"HAZMAT"} if sku == "PAINT" else ())) for sku in SKUS}


def instance(chance: Random, channel: dict[str, Any] | None = None) -> tuple[Surveyor, Basket, Plan]:
    """Return a surveyor of stock by chance, a basket, and the plan that the search makes for it."""
    names = sorted(network_of().nodes)
    nodes: dict[str, dict[str, Any]] = {
        name: {
            "closed": chance.random() < 0.1,
            "skills": frozenset({"HAZMAT"} if chance.random() < 0.6 else ()),
            "handling_cost": Money(chance.choice((100, 200, 300)), "EUR"),
        }
        for name in names
    }
    network = network_of(nodes=nodes, channel=channel)
    units = {(sku, node): chance.randint(-1, 4) for sku in SKUS for node in names if chance.random() < 0.8}
    kept = [Protection(chance.choice(names), chance.choice(("", *SKUS)), "", "B2B", 1) for _ in range(2)]
    kept = kept if chance.random() < 0.5 else []
    free = FreeStock.of(units, kept)
    limited = chance.choice(names)
    places = Places({limited: 1}, {(limited, date(2026, 11, 17)): 1}) if chance.random() < 0.3 else None
    routes = Routes(network, AT, ITEMS, places)
    demands = [Demand(number, chance.choice(SKUS), chance.randint(1, 3)) for number in range(1, chance.randint(2, 4))]
    to = network.zones.destination(chance.choice(("NL", "DE", "FR")))
    basket = Basket(network.channel(CHANNEL), to, "STANDARD", tuple(demands), chance.choice(("", "B2B")))
    plan = plan_demands(
        routes,
        basket.channel,
        to=to,
        service_code="STANDARD",
        demands=demands,
        free=free,
        excluded={},
        demand_class=basket.demand_class,
    )
    return Surveyor(routes, free.shelf(Claimant(CHANNEL, basket.demand_class))), basket, plan


def by_node(groups: list[ConsideredNodes]) -> dict[str, ConsideredNodes]:
    nodes = {node_id: group for group in groups for node_id in group.node_ids}
    assert sum(len(group.node_ids) for group in groups) == len(nodes), "each node stands in one group"
    return nodes


def test_the_node_that_ships_a_basket_whole_is_the_one_that_the_search_finds() -> None:
    chance = Random(19)
    found = 0
    for _ in range(INSTANCES):
        surveyor, basket, plan = instance(chance)
        covered = surveyor.covered(basket.demands)
        whole = surveyor.whole(basket, covered)
        full = {node for group in surveyor.considered(basket, covered) for node in group.node_ids if full_(group)}

        if len(plan.node_ids) == 1 and not plan.uncovered and not full & set(plan.node_ids):
            assert whole is not None
            assert (whole.assignments, whole.cost) == (plan.assignments, plan.cost)
            found += 1
        else:
            assert whole is None
    assert INSTANCES / 10 < found < INSTANCES, "both kinds are among the instances"


def full_(group: ConsideredNodes) -> bool:
    return group.exclusion is ExclusionReason.CAPACITY


def test_nodes_are_considered_as_the_search_looks_at_them_one_by_one() -> None:
    chance = Random(20)
    reasons = set()
    for _ in range(INSTANCES):
        surveyor, basket, plan = instance(chance)
        groups = surveyor.considered(basket, surveyor.covered(basket.demands))
        nodes, looks = by_node(groups), {look.node_id: look for look in plan.looked_at}

        assert nodes.keys() == looks.keys()
        for node_id, look in looks.items():
            group = nodes[node_id]
            reasons.add(group.exclusion)
            if look.excluded_because:
                assert group.exclusion is not None
                assert group.exclusion is ExclusionReason.SKILL or group.detail.startswith(look.excluded_because)
            elif group.exclusion is not ExclusionReason.CAPACITY:
                assert group.coverable == look.coverable
                assert (group.exclusion is None) == (look.coverable > 0)
        for group in groups:
            costs = [looks[node_id].cost for node_id in group.node_ids]
            assert group.exclusion or costs == sorted(costs, key=lambda cost: cost.minor if cost else 0)
            assert group.exclusion or group.least_cost == costs[0]
    assert reasons == {
        None,
        ExclusionReason.NO_ROUTE,
        ExclusionReason.RULE,
        ExclusionReason.STOCK,
        ExclusionReason.SKILL,
        ExclusionReason.CAPACITY,
    }


@pytest.mark.parametrize("policy", [SourcingPolicy(pick_cost=Money(10, "EUR")), SourcingPolicy(most_parcels=1)])
def test_what_a_policy_prices_is_left_to_the_search(policy: SourcingPolicy) -> None:
    chance = Random(21)
    for _ in range(20):
        surveyor, basket, _ = instance(chance, {"sourcing_policy": policy})
        assert surveyor.whole(basket, surveyor.covered(basket.demands)) is None
