"""Batches sourced together: never above their stock, never below their bound, and against every way on small ones."""

from __future__ import annotations

from collections import Counter
from itertools import product
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.joint import batch
from hub.sourcing.policy.joint import Batch, Joint, sourced_together
from hub.sourcing.policy.joint_plans import AlikeOrders, JointOrder, Shares

UNMET = 1_000
SKUS, NODES = 2, 2


def every_plan(order: JointOrder) -> list[Shares]:
    nodes = range(len(order.parcels) + 1)
    ways = product(nodes, repeat=len(order.units))
    return sorted({tuple(sorted(zip(order.units, way, strict=True))) for way in ways})


def keeps_to_stock(plans: tuple[Shares, ...], asked: Batch) -> bool:
    used = Counter(share for shares in plans for share in shares)
    return all(units <= asked.stock[sku][node] for (sku, node), units in used.items() if node < len(asked.stock[sku]))


def least(asked: Batch) -> int:
    """The cost of the best of all ways."""
    ways = product(*[every_plan(order) for order in asked.orders])
    sums = (
        sum(order.cost(shares, asked.unmet) for order, shares in zip(asked.orders, plans, strict=True))
        for plans in ways
        if keeps_to_stock(plans, asked)
    )
    return min(sums)


def unfilled(joint: Joint) -> Counter[int]:
    return Counter(sku for shares in joint.plans for sku, node in shares if node == NODES)


amounts = st.integers(0, 90)
orders = st.builds(
    JointOrder,
    st.lists(st.integers(0, SKUS - 1), min_size=1, max_size=3).map(tuple),
    st.tuples(amounts, amounts),
    st.tuples(amounts, amounts),
)
batches = st.builds(
    Batch,
    st.lists(orders, min_size=1, max_size=3),
    st.lists(st.lists(st.integers(0, 3), min_size=NODES, max_size=NODES), min_size=SKUS, max_size=SKUS),
    st.just(UNMET),
)


@settings(deadline=None, max_examples=15)
@given(batches)
def test_a_batch_keeps_to_its_stock_and_costs_no_less_than_its_bound(asked: Batch) -> None:
    joint = sourced_together(asked, rounds=2, chance=Random(1))

    assert keeps_to_stock(joint.plans, asked)
    assert [sorted(sku for sku, _ in shares) for shares in joint.plans] == [sorted(one.units) for one in asked.orders]
    assert joint.bound - 1e-6 <= least(asked) <= joint.cost


@settings(deadline=None, max_examples=15)
@given(batches)
def test_no_unit_is_left_out_that_is_there(asked: Batch) -> None:
    joint = sourced_together(asked, rounds=1, chance=Random(1))

    wanted = Counter(sku for order in asked.orders for sku in order.units)
    assert unfilled(joint) == Counter(
        {sku: missing for sku, units in wanted.items() if (missing := units - sum(asked.stock[sku])) > 0}
    )


@settings(deadline=None, max_examples=30)
@given(orders, st.integers(0, 200))
def test_the_plans_near_the_cheapest_are_all_that_cost_as_little(order: JointOrder, room: int) -> None:
    stock = np.array([[1, 2], [2, 1]])
    priced = AlikeOrders([0], [order], UNMET).priced(np.zeros((SKUS, NODES)), stock)
    asked = Batch([order], stock.tolist(), UNMET)

    possible = {shares for shares in every_plan(order) if keeps_to_stock((shares,), asked)}
    least_cost = priced.least()[0]

    assert least_cost <= min(order.cost(shares, UNMET) for shares in possible)
    assert priced.near(0, room) == {shares for shares in possible if order.cost(shares, UNMET) <= least_cost + room}


def test_a_batch_is_sourced_near_its_bound_and_the_same_again() -> None:
    asked = batch(0, orders=60, nodes=6)

    joint = sourced_together(asked, rounds=3, chance=Random(1))

    assert joint.gap < 0.01
    assert sourced_together(asked, rounds=3, chance=Random(1)) == joint


def test_an_order_of_very_many_units_is_refused() -> None:
    with pytest.raises(ValueError, match="more than 8 units"):
        sourced_together(Batch([JointOrder((0,) * 9, (1,), (1,))], [[9]], UNMET), rounds=1, chance=Random(1))


def test_nothing_costs_nothing() -> None:
    assert sourced_together(Batch([], [[1]], UNMET), rounds=1, chance=Random(1)) == Joint((), 0, 0.0)
