"""Explains stock: why a figure is what it is, or was, and which orders, documents and counts made it so."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

from msgspec import Struct

from hub.cases.context import FlowContext
from hub.catalog import operations as catalog
from hub.catalog.errors import UnknownSku
from hub.inventory.model.explanation import Explained
from hub.inventory.model.supply import ANYBODY, Claimant
from hub.inventory.operations import explaining, reservations
from hub.inventory.operations.explaining import Position
from hub.inventory.policy.causes import adjustment_event
from hub.kernel.errors import Refusal
from hub.kernel.instant import Instant
from hub.messages.events.sentences import texts
from hub.network.errors import UnknownNode
from hub.orders import operations as orders
from hub.outbox import operations as outbox


class StockQuestion(Struct, frozen=True):
    """What is asked: a SKU at a node, as of an instant (None: now), for whom, `size` rows from behind one."""

    sku: str
    node_id: str
    at: Instant | None = None
    claimant: Claimant = ANYBODY
    behind: Position | None = None
    size: int = 50


class Cause(Struct, frozen=True):
    """What caused a row: an event, a reservation or an order; `order_id` where an order in scope stands behind it.

    `facts` are texts for people.
    """

    type: str
    order_id: UUID | None
    facts: Mapping[str, str]


class Explanation(Struct, frozen=True):
    """The figures with their rows, and what caused rows, by their cause id; what is out of scope is not named."""

    explained: Explained
    causes: Mapping[UUID, Cause]


async def explain_stock(flow: FlowContext, questions: Sequence[StockQuestion]) -> list[Explanation | Refusal]:
    """Explains each alone. Refuses UNKNOWN_NODE and UNKNOWN_SKU; an instant ahead of business time is now."""
    return [await _explained(flow, question) for question in questions]


async def _explained(flow: FlowContext, question: StockQuestion) -> Explanation | Refusal:
    if question.node_id not in flow.network.nodes or not flow.scope.sees(node_id=question.node_id):
        return UnknownNode(f"{question.node_id} is not a node that you may look into.", node_id=question.node_id)
    if not await catalog.load(flow.tx, [question.sku]):
        return UnknownSku(f"SKU {question.sku} is not in the catalog; name one that is.", sku=question.sku)
    explained = await explaining.explain(
        flow.tx,
        question.sku,
        question.node_id,
        min(question.at or flow.at, flow.at),
        question.claimant,
        behind=question.behind,
        size=question.size,
    )
    causes = await _causes(flow, question, [row.cause_id for row, _ in explained.rows])
    return Explanation(explained, causes)


async def _causes(flow: FlowContext, question: StockQuestion, ids: Sequence[UUID]) -> dict[UUID, Cause]:
    """Most rows name their event; adjustments their request, reservations and what an order took of them themselves."""
    adjusted = {adjustment_event(id_, question.sku, question.node_id): id_ for id_ in ids}
    events = await outbox.events_by_id(flow.tx, [*ids, *adjusted])
    found = {
        adjusted.get(key, key): Cause(event.type, event.order_id, texts(event.facts))
        for key, event in events.items()
        if flow.scope.sees(channel_id=event.channel_id, seller_id=event.seller_id)
    }
    rest = sorted(set(ids) - found.keys())
    if not rest:
        return found
    for key, one in (await reservations.load(flow.tx, flow.scope, rest)).items():
        found[key] = Cause("Reservation", one.order_id, {"channel_id": one.channel_id, "state": one.state.value})
    for key, order in (await orders.load(flow.tx, flow.scope, rest, lock=False)).items():
        found[key] = Cause("Order", key, {"channel_reference": order.channel_reference})
    return found
