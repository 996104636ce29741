"""Explains stock: why a figure is what it is, or was, and which orders, documents and counts made it so."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from hub.cases.unit import Unit
from hub.inventory.model.explanation import Explained
from hub.inventory.model.supply import ANYBODY, Claimant
from hub.inventory.operations import explaining
from hub.inventory.operations.explaining import Position
from hub.kernel.errors import Refusal
from hub.kernel.instant import Instant
from hub.network.errors import UnknownNode
from hub.outbox import operations as outbox
from hub.outbox.model import Event


@dataclass(frozen=True, slots=True)
class StockQuestion:
    """What is asked: a SKU at a node, as of an instant (None: now), for whom, `size` rows from behind one."""

    sku: str
    node_id: str
    at: Instant | None = None
    claimant: Claimant = ANYBODY
    behind: Position | None = None
    size: int = 50


@dataclass(frozen=True, slots=True)
class Explanation:
    """The figures with their rows, and the events that caused rows, by id; orders out of scope are not named."""

    explained: Explained
    causes: Mapping[UUID, Event]


async def explain_stock(unit: Unit, questions: Sequence[StockQuestion]) -> list[Explanation | Refusal]:
    """Explains each alone. Refuses UNKNOWN_NODE; an instant ahead of business time is now."""
    return [await _explained(unit, question) for question in questions]


async def _explained(unit: Unit, question: StockQuestion) -> Explanation | Refusal:
    if question.node_id not in unit.network.nodes or not unit.scope.sees(node_id=question.node_id):
        return UnknownNode(f"{question.node_id} is not a node you may look into.", node_id=question.node_id)
    explained = await explaining.explain(
        unit.tx,
        question.sku,
        question.node_id,
        min(question.at or unit.at, unit.at),
        question.claimant,
        behind=question.behind,
        size=question.size,
    )
    causes = await outbox.events_by_id(unit.tx, [row.cause_id for row, _ in explained.rows])
    return Explanation(explained, {key: event for key, event in causes.items() if _told(unit, event)})


def _told(unit: Unit, event: Event) -> bool:
    return unit.scope.sees(channel_id=event.channel_id, seller_id=event.seller_id)
