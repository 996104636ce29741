"""Where an order ships from: coverage first, then parcels, then cost, then node ids."""

from __future__ import annotations

import pytest

from hub.kernel.errors import CurrencyMismatch
from hub.kernel.money import Money
from hub.sourcing.model import Assignment, Candidate, Demand, Looked, Plan
from hub.sourcing.policy.search import choose


def node(node_id: str, cost: str, **available: int) -> Candidate:
    return Candidate(node_id, available, Money.of(cost, "EUR"))


def british(node_id: str, cost: str, **available: int) -> Candidate:
    return Candidate(node_id, available, Money.of(cost, "GBP"))


def plan(demands: list[Demand], *candidates: Candidate, budget: int = 10_000, **excluded: str) -> Plan:
    return choose(demands, candidates, excluded=excluded, node_budget=budget)


def shipped(found: Plan) -> dict[tuple[int, str | None], int]:
    return {(one.line_number, one.node_id): one.quantity for one in found.assignments}


TEN = [Demand(1, "X", 10)]


def test_scenario_02_ten_units_of_seven_and_nine_ship_seven_from_the_cheaper_node_and_three_from_the_other() -> None:
    found = plan(TEN, node("DC-NL", "6.45", X=7), node("ST-BER", "10.50", X=9))

    assert found.assignments == (Assignment(1, "DC-NL", 7), Assignment(1, "ST-BER", 3))
    assert found.cost == Money(1695, "EUR")
    assert found.node_ids == ("DC-NL", "ST-BER")
    assert found.explanation.startswith("DC-NL and ST-BER ship 10 units in 2 parcels for 16.95 EUR")


def test_scenario_02_where_the_store_is_cheaper_it_ships_nine_and_the_other_one() -> None:
    found = plan(TEN, node("DC-NL", "6.45", X=7), node("ST-BER", "5.00", X=9))

    assert found.assignments == (Assignment(1, "ST-BER", 9), Assignment(1, "DC-NL", 1))


def test_the_cheapest_single_node_that_covers_all_is_taken() -> None:
    found = plan(TEN, node("A", "9.00", X=10), node("B", "7.00", X=12), node("C", "1.00", X=9))

    assert shipped(found) == {(1, "B"): 10}
    assert found.cost == Money(700, "EUR")
    assert "cheapest single node" in found.explanation


def test_one_parcel_is_preferred_to_two_cheaper_ones() -> None:
    found = plan(TEN, node("A", "99.00", X=10), node("B", "1.00", X=5), node("C", "1.00", X=5))

    assert shipped(found) == {(1, "A"): 10}


def test_of_splits_into_as_many_parcels_the_cheapest_is_taken() -> None:
    found = plan(TEN, node("A", "4.00", X=5), node("B", "3.00", X=6), node("C", "2.00", X=4), node("D", "2.00", X=3))

    assert shipped(found) == {(1, "C"): 4, (1, "B"): 6}


def test_of_plans_that_are_alike_the_first_node_ids_win() -> None:
    found = plan(TEN, node("C", "3.00", X=5), node("B", "3.00", X=5), node("A", "3.00", X=5))

    assert shipped(found) == {(1, "A"): 5, (1, "B"): 5}


def test_lines_go_to_the_nodes_that_have_them() -> None:
    found = plan([Demand(1, "X", 2), Demand(2, "Y", 3)], node("A", "3.00", X=2), node("B", "3.00", Y=3))

    assert shipped(found) == {(1, "A"): 2, (2, "B"): 3}


def test_two_lines_of_one_sku_share_its_stock() -> None:
    found = plan([Demand(1, "X", 2), Demand(2, "X", 2)], node("A", "3.00", X=3))

    assert shipped(found) == {(1, "A"): 2, (2, "A"): 1, (2, None): 1}
    assert found.uncovered == 1


def test_what_no_node_has_is_given_to_none_and_the_rest_ships() -> None:
    found = plan([Demand(1, "X", 5), Demand(2, "Z", 1)], node("A", "3.00", X=2), node("B", "9.00", X=2))

    assert shipped(found) == {(1, "A"): 2, (1, "B"): 2, (1, None): 1, (2, None): 1}
    assert found.explanation.endswith("; 2 units no node has.")


@pytest.mark.parametrize("available", [{}, {"X": 0}, {"X": -3}, {"Y": 9}])
def test_without_stock_nothing_ships_and_nothing_costs(available: dict[str, int]) -> None:
    found = plan(TEN, node("A", "3.00", **available))

    assert found.assignments == (Assignment(1, None, 10),)
    assert found.cost is None
    assert found.node_ids == ()


def test_an_excluded_node_ships_nothing_and_the_reason_is_kept() -> None:
    found = plan(TEN, node("A", "1.00", X=10), node("B", "9.00", X=10), A="it rejected the order", C="no lane to US")

    assert shipped(found) == {(1, "B"): 10}
    assert found.looked_at == (
        Looked("A", excluded_because="it rejected the order"),
        Looked("B", 10, Money(900, "EUR")),
        Looked("C", excluded_because="no lane to US"),
    )


def test_costs_in_two_currencies_cannot_be_compared() -> None:
    with pytest.raises(CurrencyMismatch):
        plan(TEN, node("A", "3.00", X=5), british("B", "3.00", X=5))


def test_a_single_node_in_another_currency_is_not_thought_cheaper() -> None:
    with pytest.raises(CurrencyMismatch):
        plan(TEN, node("A", "3.00", X=10), british("B", "2.00", X=10))


def test_a_search_that_ends_early_still_covers_all_and_says_so() -> None:
    parts = [node(f"N{number}", f"{9 - number % 3}.00", X=1 + number % 2, Y=number % 3) for number in range(20)]
    found = plan([Demand(1, "X", 9), Demand(2, "Y", 9)], *parts, budget=5)

    assert found.uncovered == 0
    assert "a search of 5 steps" in found.explanation


def test_forty_thousand_units_on_two_hundred_lines_are_planned() -> None:
    demands = [Demand(line, f"S{line}", 200) for line in range(1, 201)]
    west = node("WEST", "3.00", **{f"S{line}": 200 for line in range(1, 151)})
    east = node("EAST", "4.00", **{f"S{line}": 150 for line in range(100, 201)})

    found = plan(demands, west, east)

    assert sum(one.quantity for one in found.assignments) == 40_000
    assert found.uncovered == 50 * 50
