"""Moves units between conditions: off the shelf when they are damaged, back on sale when they proved sound."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

from msgspec import Struct

from hub.cases.context import FlowContext
from hub.cases.store import stock_changed
from hub.catalog import operations as catalog
from hub.catalog.errors import UnknownSku
from hub.inventory import operations as inventory
from hub.inventory.errors import StockWouldBeNegative
from hub.inventory.model import Condition, ConditionedChange, StockShortage
from hub.kernel.errors import Refusal
from hub.messages.events.stock import ConditionChanged
from hub.network.errors import UnknownNode
from hub.outbox import operations as outbox
from hub.outbox.model import Event


class ConditionMove(Struct, frozen=True):
    """Units that change their condition; `change_id` names the change, and is the cause of the ledger's rows."""

    change_id: UUID
    sku: str
    node_id: str
    source: Condition
    target: Condition
    quantity: int
    cause: str


async def change_conditions(flow: FlowContext, moves: Sequence[ConditionMove]) -> list[ConditionMove | Refusal]:
    """Moves units in order, each alone. Refuses UNKNOWN_SKU, UNKNOWN_NODE, STOCK_WOULD_BE_NEGATIVE."""
    known = await catalog.load(flow.tx, sorted({move.sku for move in moves}))
    refusals = [_refusal(flow, move, known) for move in moves]
    sound = [move for move, refusal in zip(moves, refusals, strict=True) if refusal is None]
    shortages = iter(await inventory.change_conditioned(flow.tx, [_element(move) for move in sound], at=flow.at))
    answers: list[ConditionMove | Refusal] = []
    for move, refusal in zip(moves, refusals, strict=True):
        shortage = next(shortages) if refusal is None else None
        answers.append(refusal or (_short(move, shortage) if shortage else move))
    done = [answer for answer in answers if isinstance(answer, ConditionMove)]
    await outbox.emit(flow.tx, [_event(flow, one) for one in done])
    freed = any(one.target is Condition.SELLABLE for one in done)
    await stock_changed(flow, freed=freed, claimed=any(one.source is Condition.SELLABLE for one in done))
    return answers


def _element(move: ConditionMove) -> list[ConditionedChange]:
    return [
        ConditionedChange(move.sku, move.node_id, move.source, -move.quantity, move.cause, move.change_id),
        ConditionedChange(move.sku, move.node_id, move.target, move.quantity, move.cause, move.change_id),
    ]


def _refusal(flow: FlowContext, move: ConditionMove, known: Mapping[str, object]) -> Refusal | None:
    if move.sku not in known:
        return UnknownSku(f"{move.sku} is not in the catalog; create the item with PutItems first.", sku=move.sku)
    if move.node_id not in flow.network.nodes or not flow.scope.sees(node_id=move.node_id):
        return UnknownNode(f"{move.node_id} is not a node that you may change stock of.", node_id=move.node_id)
    return None


def _short(move: ConditionMove, shortage: StockShortage) -> StockWouldBeNegative:
    return StockWouldBeNegative(
        f"{move.node_id} has {shortage.available} units of {move.sku} in {move.source.value} that no order holds; move"
        " at most as many.",
        sku=move.sku,
        node_id=move.node_id,
        delta=-move.quantity,
        available=shortage.available,
    )


def _event(flow: FlowContext, move: ConditionMove) -> Event:
    facts = ConditionChanged(
        sku=move.sku,
        node_id=move.node_id,
        from_condition=move.source.value,
        to_condition=move.target.value,
        quantity=move.quantity,
        cause=move.cause,
    )
    return Event(move.change_id, facts, flow.at, node_id=move.node_id)
