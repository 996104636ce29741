"""What units of a channel are worth where they lie: the problem of some SKUs, from what was ordered and sold."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Final

from msgspec import Struct

from hub.cases.context import FlowContext
from hub.inventory import operations as inventory
from hub.inventory.operations.protections import free_stock
from hub.kernel.money import Money
from hub.network.model import Channel
from hub.network.model.carriers import Destination, Load
from hub.slices import operations as slices
from hub.sourcing.policy.costs import MILLIS, unit_terms
from hub.sourcing.policy.stock_values import STOCK_DAYS, WINDOW, SkuDemand, ValueProblem

SOME_SKUS: Final = 50
"""SKUs that are valued at a time."""
_BASKETS: Final = 1_000
"""Orders of which the mean basket is taken."""


class Piece(Struct, frozen=True):
    """Some SKUs to value: the last of them, whether there may be more, and the problem."""

    last_sku: str
    more: bool
    problem: ValueProblem


async def piece_of(flow: FlowContext, channel: Channel, after_sku: str, version: int) -> Piece:
    """Return the problem of the next SKUs that have stock, from behind one, as it is for a version of the values."""
    skus = await inventory.stocked_skus(flow.tx, after_sku, SOME_SKUS)
    nodes = sorted(node.node_id for node in flow.network.nodes_named(channel))
    since = flow.at - WINDOW
    units, _ = await free_stock(flow.tx, skus)
    ordered = await slices.units_ordered(flow.tx, channel.channel_id, skus, since)
    sold = await inventory.units_sold(flow.tx, skus, nodes, since)
    sinks = sorted({(country, zone) for _, country, zone in ordered})
    policy = channel.sourcing_policy
    part = timedelta(days=policy.stock_days or STOCK_DAYS) / WINDOW
    demands = [
        SkuDemand(
            sku,
            tuple(max(0, units.get(sku, {}).get(node_id, 0)) for node_id in nodes),
            tuple(sold.get((sku, node_id), 0) * part for node_id in nodes),
            tuple(ordered.get((sku, *sink), 0) * part for sink in sinks),
        )
        for sku in skus
    ]
    basket = await slices.mean_basket(flow.tx, channel.channel_id, since, _BASKETS)
    problem = ValueProblem(
        tuple(nodes),
        await _costs(flow, channel, nodes, [Destination(*sink) for sink in sinks], basket),
        _minor(policy.lost_order_cost),
        _minor(policy.lost_buyer_cost),
        tuple(one for one in demands if any(one.supply) and (any(one.buyers) or any(one.orders))),
        f"{channel.channel_id}/{version}",
    )
    return Piece(skus[-1] if skus else after_sku, len(skus) == SOME_SKUS, problem)


async def _costs(
    flow: FlowContext, channel: Channel, nodes: Sequence[str], sinks: Sequence[Destination], basket: float
) -> tuple[tuple[float, ...], ...]:
    """What a unit costs from each node to each sink, in minor units: its part of a parcel, and what it adds itself.

    A node that does not ship there costs as much as an order that gets nothing.
    """
    never = float(_minor(channel.sourcing_policy.lost_order_cost))
    service = channel.default_service_code
    columns = [flow.parcel_costs.costs(flow.network, channel, sink, service, Load()).by_node for sink in sinks]
    return tuple(tuple(_cost(flow, channel, node_id, costs, basket, never) for costs in columns) for node_id in nodes)


def _cost(
    flow: FlowContext, channel: Channel, node_id: str, costs: Mapping[str, Money], basket: float, never: float
) -> float:
    parcel = costs.get(node_id)
    if parcel is None:
        return never
    policy = channel.sourcing_policy
    returns = flow.network.node(node_id).returns
    terms = unit_terms(policy, return_handling=returns.handling_cost if returns else None)
    return (parcel.minor + _minor(policy.pack_cost)) / basket + sum(terms.values()) / MILLIS


def _minor(amount: Money | None) -> int:
    return amount.minor if amount else 0
