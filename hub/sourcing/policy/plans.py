"""What a plan rests on, and what it says of nodes beside where each unit comes from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from hub.network.model import Network
from hub.sourcing.model import Demand, Plan


def policy_version(network: Network) -> str:
    """Names the search and the network a decision rests on."""
    return f"least-cost/1 network/{network.version}"


def units_by_node(plan: Plan, demands: Sequence[Demand]) -> dict[str, Counter[str]]:
    """Return the units by SKU that each node of a plan ships."""
    skus = {demand.line_number: demand.sku for demand in demands}
    units: dict[str, Counter[str]] = {}
    for one in plan.assignments:
        if one.node_id is not None:
            units.setdefault(one.node_id, Counter())[skus[one.line_number]] += one.quantity
    return units


def skus_by_node(plan: Plan, demands: Sequence[Demand]) -> dict[str, set[str]]:
    """Return the SKUs of which each node of a plan ships units."""
    skus = {demand.line_number: demand.sku for demand in demands}
    shipped: dict[str, set[str]] = {}
    for one in plan.assignments:
        if one.node_id is not None:
            shipped.setdefault(one.node_id, set()).add(skus[one.line_number])
    return shipped
