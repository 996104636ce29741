"""Plans across a border: what is owed depends on the split, and is compared with every plan that there is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from hub.kernel.money import Money
from hub.network.model import SourcingPolicy
from hub.sourcing.model import Assignment, Candidate, Demand, Plan
from hub.sourcing.policy.imports import choose_across
from hub.sourcing.policy.plans import units_by_node
from hub.trade.model.landed_cost import Declaration, Incoterm
from hub.trade.model.rules import Flow, TradeRules
from hub.trade.policy.plan_imports import Departure, ImportTerms, OrderedGoods, PlanImports
from tests.unit.trade.laws import DAY, default_rules, law

COUNTRIES = {"NL": "NL", "UK": "GB", "LON": "GB"}
CODES = {"TEE": "610910", "SHOE": "640399", "VEST": "610910"}
SPLIT = SourcingPolicy(split_cost=Money(100, "EUR"))


def euros(minor: int) -> Money:
    return Money(minor, "EUR")


def owing(
    values: Mapping[str, int],
    units: Mapping[str, int],
    *,
    rules: TradeRules | None = None,
    to: str = "NL",
    flow: Flow = Flow.EXPRESS,
    with_tax: bool = False,
    freight: int = 0,
    incoterm: Incoterm = Incoterm.DDP,
    stock: Mapping[str, Mapping[str, int]] | None = None,
) -> PlanImports:
    """What plans to a country owe; `values` are those of a unit in cents."""
    goods = [OrderedGoods(sku, units[sku], euros(values[sku] * units[sku]), CODES[sku], "CN") for sku in units]
    terms = ImportTerms(to, flow, Declaration.REDUCED, incoterm, euros(freight), with_tax=with_tax)
    places = {
        node_id: Departure(country, DAY, (stock or {}).get(node_id, {})) for node_id, country in COUNTRIES.items()
    }
    return PlanImports(goods, terms, rules or default_rules(), places, "EUR")


def chosen(
    imports: PlanImports, stock: Mapping[str, Mapping[str, int]], costs: Mapping[str, int], **units: int
) -> Plan:
    demands = [Demand(number, sku, count) for number, (sku, count) in enumerate(units.items(), 1)]
    nodes = [Candidate(node_id, stock[node_id], euros(costs[node_id])) for node_id in stock]
    return choose_across(demands, nodes, excluded={}, node_budget=2_000, policy=SPLIT, imports=imports)


def test_two_shirts_and_a_pair_of_shoes_owe_six_euros_together_and_nine_from_two_nodes() -> None:
    units = {"TEE": 2, "SHOE": 1}
    imports = owing({"TEE": 2000, "SHOE": 8000}, units)

    assert imports.owed({"UK": units}) == {"duty": 600_000}
    assert imports.owed({"UK": {"TEE": 1, "SHOE": 1}, "LON": {"TEE": 1}}) == {"duty": 900_000}
    assert imports.owed({"UK": {"TEE": 2}, "NL": {"SHOE": 1}}) == {"duty": 300_000}
    assert imports.owed({"NL": units}) == {}


def test_a_dearer_parcel_that_keeps_a_classification_together_is_taken() -> None:
    units = {"TEE": 1, "VEST": 1}
    stock = {"UK": {"TEE": 1, "VEST": 0}, "LON": {"TEE": 0, "VEST": 1}, "NL": {"TEE": 1, "VEST": 1}}
    imports = owing({"TEE": 2000, "VEST": 3000}, units, stock=stock)

    plan = chosen(imports, stock, {"UK": 100, "LON": 100, "NL": 899}, **units)
    assert plan.node_ids == ("NL",)
    assert plan.cost == euros(899)


def test_a_part_from_within_keeps_the_rest_below_the_limit() -> None:
    # All from the United Kingdom: 200.00 at 12 % is 24.00; half from within: one classification, 3.00
    units = {"TEE": 2}
    plan = chosen(owing({"TEE": 10000}, units), {"UK": {"TEE": 2}, "NL": {"TEE": 1}}, {"UK": 500, "NL": 600}, **units)

    assert plan.node_ids == ("NL", "UK")
    assert plan.terms == {"parcel": 1_100_000, "split": 100_000, "duty": 300_000}


def test_goods_that_pass_by_ioss_stay_below_its_limit_if_they_can() -> None:
    units = {"TEE": 2}
    imports = owing({"TEE": 10000}, units, flow=Flow.IOSS)
    assert imports.owed({"UK": units}) is None

    plan = chosen(imports, {"UK": {"TEE": 2}, "NL": {"TEE": 1}}, {"UK": 500, "NL": 6000}, **units)
    assert plan.node_ids == ("NL", "UK")
    alone = chosen(imports, {"UK": {"TEE": 2}}, {"UK": 500}, **units)
    assert (alone.uncovered, alone.cost) == (0, euros(500))


def test_an_order_that_crosses_no_border_is_asked_nothing() -> None:
    assert owing({"TEE": 2000}, {"TEE": 1}, to="GB", rules=law("CIF CIF 5 20", "GB", "EUR")).models() != []
    within = owing({"TEE": 2000}, {"TEE": 1})
    within._abroad.clear()
    assert within.models() == []


LAWS = ["default", "CIF CIF 7.25 19.6", "CIF CIF 12 21 fixed=1", "FOB CIF 9 10 relief=100", "CIF CIF 5 8 fee=2.50"]


def plans(demands: Sequence[Demand], stock: Mapping[str, Mapping[str, int]]) -> Iterator[Plan]:
    """Every plan that ships all units, each unit from a node of its own choice."""
    units = [(demand.line_number, demand.sku) for demand in demands for _ in range(demand.quantity)]
    for places in product(sorted(stock), repeat=len(units)):
        taken = Counter((sku, node_id) for (_, sku), node_id in zip(units, places, strict=True))
        if all(count <= stock[node_id].get(sku, 0) for (sku, node_id), count in taken.items()):
            shares = Counter((line, node_id) for (line, _), node_id in zip(units, places, strict=True))
            yield Plan(tuple(Assignment(line, node_id, n) for (line, node_id), n in sorted(shares.items())), None, "")


def millis(plan: Plan, demands: Sequence[Demand], costs: Mapping[str, int], imports: PlanImports) -> int:
    owed = imports.owed(units_by_node(plan, demands))
    assert owed is not None
    parcels = len(plan.node_ids)
    return sum(costs[one] for one in plan.node_ids) * 1000 + 100_000 * (parcels - 1) + sum(owed.values())


@settings(max_examples=150, deadline=None)
@given(st.data(), st.sampled_from(LAWS))
def test_no_plan_costs_less_than_the_chosen_one_by_more_than_it_says(data: st.DataObject, text: str) -> None:
    units = {sku: data.draw(st.integers(1, 2), sku) for sku in CODES}
    values = {sku: data.draw(st.integers(100, 12_000), sku) for sku in CODES}
    stock = {"NL": dict(units)} | {
        node_id: {sku: data.draw(st.integers(0, need)) for sku, need in units.items()} for node_id in ("UK", "LON")
    }
    stock["NL"]["TEE"] = data.draw(st.integers(0, units["TEE"]))
    costs = {node_id: data.draw(st.integers(0, 3_000), node_id) for node_id in COUNTRIES}
    rules = default_rules() if text == "default" else law(text, "NL", "EUR")
    freight = data.draw(st.integers(0, 900))
    imports = owing(values, units, rules=rules, with_tax=text[-1] in "65", freight=freight, stock=stock)
    demands = [Demand(number, sku, count) for number, (sku, count) in enumerate(units.items(), 1)]
    every = [millis(plan, demands, costs, imports) for plan in plans(demands, stock)]

    found = chosen(imports, stock, costs, **units)

    if every:
        least, cost = min(every), millis(found, demands, costs, imports)
        assert found.uncovered == 0
        assert sum(found.terms.values() or [cost]) == cost
        room = found.gap.minor * 1000 if found.gap else 0
        assert cost - room - 1000 * 6 <= least <= cost


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 15_000), st.integers(1, 3), st.integers(0, 2_000))
def test_all_from_one_node_owes_what_its_model_says(value: int, count: int, freight: int) -> None:
    imports = owing({"TEE": value}, {"TEE": count}, with_tax=True, freight=freight)
    owed = imports.owed({"UK": {"TEE": count}})
    band = [one for one in imports.models() if one.bounds][-1 if value * count > 15_000 else 0]
    units = band.by_node["UK"][1]

    assert owed is not None
    for name, amount in owed.items():
        assert 0 <= amount - count * units["TEE"][name] < count
