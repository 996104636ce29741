"""Tells how many units can be promised when: stock now, dated supply, what is kept for others, who waits already."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct

from hub.cases.context import FlowContext
from hub.inventory import operations as inventory
from hub.inventory.model import Stock, StockKey
from hub.inventory.model.supply import ANYBODY, Claimant, Offer, Protection, Step, Supply, SupplyKind
from hub.inventory.operations import protections, supplies
from hub.inventory.policy.projection import Dated, offers, pooled, projected, sellable_at
from hub.inventory.policy.protection import floor
from hub.kernel.errors import Refusal
from hub.kernel.instant import Instant
from hub.network.policy import channel_seen
from hub.slices import operations as slices


class Question(Struct, frozen=True):
    """SKUs with the units wanted of each, for whom, at which nodes (empty: the channel's, or all), until when."""

    wanted: tuple[tuple[str, int], ...]
    claimant: Claimant = ANYBODY
    node_ids: frozenset[str] = frozenset()
    kinds: frozenset[SupplyKind] = frozenset(SupplyKind)
    until: Instant | None = None


class Projection(Struct, frozen=True):
    """What can be promised of a SKU when: over all nodes less units of orders that wait, per node before that."""

    sku: str
    steps: tuple[Step, ...]
    by_node: Mapping[str, tuple[Step, ...]]
    offers: tuple[Offer, ...]


async def project_availability(
    flow: FlowContext, questions: Sequence[Question]
) -> list[tuple[Projection, ...] | Refusal]:
    """Answers questions, each alone, from one reading. Refuses UNKNOWN_CHANNEL. A SKU that is not known has nothing."""
    skus = sorted({sku for question in questions for sku, _ in question.wanted})
    seen = flow.scope.node_list()
    stock = await inventory.read_of(flow.tx, skus, seen)
    expected = await supplies.expected(flow.tx, skus, seen)
    kept = await protections.of_skus(flow.tx, skus)
    waiting = await slices.waiting_units(flow.tx, skus)
    looked_at = _Reading(flow, stock, expected, kept, waiting)
    return [_answered(looked_at, question) for question in questions]


class _Reading(Struct, frozen=True):
    flow: FlowContext
    stock: Mapping[StockKey, Stock]
    expected: Sequence[Supply]
    protections: Sequence[Protection]
    waiting: Mapping[str, int]


def _answered(reading: _Reading, question: Question) -> tuple[Projection, ...] | Refusal:
    try:
        nodes = _nodes(reading.flow, question)
    except Refusal as refusal:
        return refusal
    arrivals = _arrivals(reading, question)
    return tuple(_projection(reading, question, nodes, arrivals, sku, units) for sku, units in question.wanted)


def _nodes(flow: FlowContext, question: Question) -> list[str]:
    nodes = list(flow.network.nodes.values())
    if question.claimant.channel_id:
        channel = channel_seen(flow.network, flow.scope, question.claimant.channel_id, "ask about")
        nodes = flow.network.nodes_for(channel)
    ids = sorted(node.node_id for node in nodes if flow.scope.sees(node_id=node.node_id))
    return [node_id for node_id in ids if not question.node_ids or node_id in question.node_ids]


def _arrivals(reading: _Reading, question: Question) -> dict[StockKey, list[Dated]]:
    """When units that will come can be sold, by row; what is overdue or undated is expected now."""
    found: dict[StockKey, list[Dated]] = {}
    for one in reading.expected:
        node = reading.flow.network.nodes.get(one.node_id)
        if node is not None and one.kind in question.kinds:
            at = reading.flow.at
            arrives = sellable_at(
                max(at, one.expected_at or at),
                time_zone=node.time_zone,
                processing_days=node.inbound_processing_days,
            )
            found.setdefault((one.sku, one.node_id), []).append((arrives, one.remaining))
    return found


def _projection(
    reading: _Reading,
    question: Question,
    nodes: Sequence[str],
    arrivals: Mapping[StockKey, Sequence[Dated]],
    sku: str,
    quantity: int,
) -> Projection:
    at, curves = reading.flow.at, {}
    for node_id in nodes:
        key = (sku, node_id)
        if key not in reading.stock and key not in arrivals:
            continue
        curve = projected(at, _now(reading, question, key), arrivals.get(key, ()), until=question.until)
        if curve[-1].available:
            curves[node_id] = curve
    waiting = reading.waiting.get(sku, 0)
    steps = pooled(at, list(curves.values()), [(at, waiting)] if waiting else [], until=question.until)
    return Projection(sku, steps, curves, offers(steps, quantity))


def _now(reading: _Reading, question: Question, key: StockKey) -> int:
    """Units that can be promised now, below 0 where more is kept than is there."""
    row = reading.stock.get(key)
    kept = floor(reading.protections, *key, question.claimant) if reading.protections else 0
    return (row.spare if row else 0) - kept
