"""What a count changed: noted per node, and named where it is more than the node's network data allows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final
from uuid import UUID

from hub.cases.context import FlowContext
from hub.catalog import operations as catalog
from hub.catalog.model import Item
from hub.exceptions import operations as exceptions
from hub.exceptions.model import ExceptionReason, ExceptionRecord
from hub.exceptions.policy import raised
from hub.inventory import operations as inventory
from hub.inventory.model import Variance
from hub.kernel.ids import derived
from hub.kernel.instant import Instant, iso
from hub.kernel.money import Money
from hub.kernel.scope import HUB
from hub.network.model import Node

MOST_LOOKED_AT: Final = 10_000
"""Differences of one count that are held against the thresholds, the largest first."""


async def note_count(
    flow: FlowContext, cause_id: UUID, source: str, counted_at: Instant, node_ids: Sequence[str]
) -> None:
    """Notes an applied count and opens exceptions for what differs by more than its node allows."""
    await inventory.note_count(flow.tx, cause_id, source, counted_at, sorted(node_ids), at=flow.at)
    watched = {
        node_id_: flow.network.node(node_id_)
        for node_id_ in node_ids
        if flow.network.node(node_id_).variance_units or flow.network.node(node_id_).variance_value is not None
    }
    if not watched:
        return
    found = await inventory.largest_variances(flow.tx, cause_id, sorted(watched), MOST_LOOKED_AT)
    items = await catalog.load(flow.tx, sorted({one.sku for one in found}))
    records = [
        _record(flow, cause_id, one, worth(one, items.get(one.sku), _currency(watched[one.node_id])))
        for one in found
        if _exceeds(one, watched[one.node_id], items.get(one.sku))
    ]
    await exceptions.open_all(flow.tx, records)


async def settle_variances(flow: FlowContext, cause_id: UUID, node_ids: Sequence[str]) -> None:
    """Ends the exceptions that a count opened by its differences, before the count is forgotten."""
    found = await inventory.largest_variances(flow.tx, cause_id, sorted(node_ids), MOST_LOOKED_AT)
    ids = [_identity(cause_id, one) for one in found]
    records = await exceptions.find(flow.tx, HUB, ids)
    await exceptions.end(flow.tx, list(records.values()), at=flow.at)


def worth(variance: Variance, item: Item | None, currency: str) -> Money | None:
    """What the units that differ are worth at the list price, signed; None where there is no price in the currency."""
    price = item.prices.get(currency) if item is not None else None
    return None if price is None else Money(price.minor * variance.quantity, currency)


def _currency(node: Node) -> str:
    return node.variance_value.currency if node.variance_value is not None else node.handling_cost.currency


def _exceeds(variance: Variance, node: Node, item: Item | None) -> bool:
    if node.variance_units and abs(variance.quantity) > node.variance_units:
        return True
    value = worth(variance, item, _currency(node))
    return node.variance_value is not None and value is not None and abs(value.minor) > node.variance_value.minor


def _record(flow: FlowContext, cause_id: UUID, variance: Variance, value: Money | None) -> ExceptionRecord:
    since = f" since {iso(variance.since)}" if variance.since is not None else ""
    return raised(
        exception_id=_identity(cause_id, variance),
        reason=ExceptionReason.STOCK_VARIANCE,
        subject=f"{variance.node_id}/{variance.sku}",
        detail=f"{variance.source} counted {variance.quantity:+d} {variance.sku} at {variance.node_id}"
        f" against what was thought{since}" + (f", worth {value}." if value is not None else "."),
        suggested_command=None,
        at=flow.at,
    )


def _identity(cause_id: UUID, variance: Variance) -> UUID:
    return derived(cause_id, "variance", variance.sku, variance.node_id)
