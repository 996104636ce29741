"""A small cycle: drawn the same from the same seed, and no way to source it costs less than hindsight."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

import pytest
from msgspec.structs import replace

from hub.insights.simulation.comparing import compared
from hub.insights.simulation.replay import Outcome, Stock, Value, myopic, run
from hub.insights.simulation.scenario import LOST_ONLINE, LOST_WALK_IN, Scenario, Site, scenario

SMALL = 0.01


def test_the_same_seed_draws_the_same_cycle_and_another_one_another() -> None:
    cycle = scenario(3, stock_ratio=1.0, share=SMALL)

    assert scenario(3, stock_ratio=1.0, share=SMALL) == cycle
    assert scenario(4, stock_ratio=1.0, share=SMALL) != cycle


def test_a_cycle_has_what_is_published_of_it() -> None:
    cycle = scenario(1, stock_ratio=1.2, share=0.1)

    assert len(cycle.sites) == 106
    assert (len(cycle.stock), len(cycle.online), len(cycle.online[0])) == (60, 60, 50)
    assert {zone for site in cycle.sites for zone in site.zones} == set(range(1, 8))
    assert max(len(arrival.products) for arrival in cycle.arrivals) == 5
    known = sum(map(sum, cycle.online)) + sum(map(sum, cycle.walk_in))
    assert sum(map(sum, cycle.stock)) == pytest.approx(1.2 * known, rel=0.05)


@pytest.mark.parametrize(("center", "zone", "parcel", "unit"), [(True, 1, 640, 170), (False, 7, 1_240, 350)])
def test_parcels_and_units_cost_what_is_published(center: bool, zone: int, parcel: int, unit: int) -> None:  # noqa: FBT001
    site = Site("A", center, (zone,))

    assert (site.parcel(0), site.unit(0)) == (parcel, unit)


def test_no_way_costs_less_than_hindsight_and_all_serve_the_same_orders() -> None:
    comparison = compared(2, stock_ratio=1.0, share=SMALL)
    ways = (comparison.centers_first, comparison.least_cost, comparison.with_values)

    assert all(comparison.hindsight <= way.cost for way in ways)
    assert len({way.orders for way in ways}) == 1
    assert comparison.saving == 1 - comparison.with_values.cost / comparison.centers_first.cost


def whole(product: int, site: int, units: int) -> int:
    """Values that shift with everything."""
    return (product * 7 + site * 13 + units) % 5 * 1_000_000 - 1_000_000


def waywardly(time: float, stock: Stock) -> Value:
    return whole


@pytest.mark.parametrize("worth", [myopic, waywardly])
def test_with_any_values_a_unit_is_lost_only_where_no_node_has_it(worth: Callable[[float, Stock], Value]) -> None:
    cycle = scenario(5, stock_ratio=0.4, share=0.02)
    online = replace(cycle, arrivals=tuple(arrival for arrival in cycle.arrivals if arrival.store < 0))

    assert run(online, worth).lost_online == units_short(online) > 0


def units_short(cycle: Scenario) -> int:
    """Units ordered beyond all that there are, wherever they are."""
    ordered = Counter(product for arrival in cycle.arrivals for product in arrival.products)
    return sum(max(0, ordered[product] - sum(row)) for product, row in enumerate(cycle.stock))


def test_what_is_lost_costs_what_is_published() -> None:
    assert Outcome(shipping=10, lost_online=2, lost_walk_in=3).cost == 10 + 2 * LOST_ONLINE + 3 * LOST_WALK_IN
    assert (LOST_ONLINE, LOST_WALK_IN) == (2_500, 1_200)
