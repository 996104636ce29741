"""Batches of orders to source together, drawn from seeds."""

from __future__ import annotations

from random import Random
from typing import Final

from hub.sourcing.policy.joint import Batch
from hub.sourcing.policy.joint_plans import JointOrder

ORDERS: Final = 1_000
NODES: Final = 20
UNMET: Final = 10_000
_CENTERS: Final = 4
_PRODUCTS: Final = 60
_ZIPF: Final = 0.8
_GOES_ON: Final = 0.6
_LARGEST: Final = 5
_STOCK: Final = 1.2


def batch(seed: int, *, orders: int = ORDERS, nodes: int = NODES) -> Batch:
    """Return a batch as the simulation draws orders: baskets of up to five products, costs in cents by zones 1 to 7.

    There are 1.2 units of stock for each unit wanted, four times as many at a center as at a store.
    """
    chance = Random(seed)  # noqa: S311 (a draw of demand keeps no secret)
    popular = [1 / rank**_ZIPF for rank in range(1, _PRODUCTS + 1)]
    drawn = [_order(chance, popular, nodes) for _ in range(orders)]
    stock = [[0] * nodes for _ in range(_PRODUCTS)]
    weights = [4 if node < _CENTERS else 1 for node in range(nodes)]
    for product, row in enumerate(stock):
        wanted = sum(product in order.units for order in drawn)
        for node in chance.choices(range(nodes), weights, k=round(wanted * _STOCK)):
            row[node] += 1
    return Batch(drawn, stock, UNMET)


def _order(chance: Random, popular: list[float], nodes: int) -> JointOrder:
    size = 1
    while size < _LARGEST and chance.random() < _GOES_ON:
        size += 1
    products: set[int] = set()
    while len(products) < size:
        products.update(chance.choices(range(_PRODUCTS), popular))
    zones = [chance.randint(0, 6) for _ in range(nodes)]
    return JointOrder(
        tuple(sorted(products)),
        tuple(600 + 550 * zone // 6 + (40 if node < _CENTERS else 90) for node, zone in enumerate(zones)),
        tuple(50 + 80 * zone // 6 + (120 if node < _CENTERS else 220) for node, zone in enumerate(zones)),
    )
