"""What moves of units mean for stock: derived from states alone, so that slices and stock cannot drift apart."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from msgspec.structs import replace

from hub.cases.case import Case
from hub.cases.context import FlowContext
from hub.inventory import operations as inventory
from hub.inventory.model import StockChange, StockKey, StockShortage
from hub.inventory.policy.protection import NO_FLOORS
from hub.inventory.policy.reserving import exchanged
from hub.slices.lifecycle import ALLOCATING, LEAVING, RESERVING, SliceState
from hub.slices.model import Move


class StockDrifted(Exception):
    """A move that cannot lack stock lacked it: slices and stock disagree. A fault of ours, never a caller's."""


def changes_of(moves: Iterable[Move], floors: Mapping[StockKey, int] = NO_FLOORS) -> list[StockChange]:
    """What moves take from and give to the stock of the nodes they leave and enter.

    `floors`: units that claims must leave there for others.
    """
    changes: list[StockChange] = []
    for move in moves:
        cause = (move.action.value if move.action else "BIRTH").lower()
        if move.from_node and move.from_state:
            given_back = _claimed(move, move.from_node, cause, move.from_state, -1)
            shipped = -move.quantity if move.to_state in LEAVING else 0
            changes.append(_shipped(given_back, shipped, move) if shipped else given_back)
        if move.to_node:
            floor = floors.get((move.sku, move.to_node), 0) if floors else 0
            changes.append(_claimed(move, move.to_node, cause, move.to_state, 1, floor))
    return [change for change in changes if change.on_hand or change.reserved or change.allocated]


async def claim(flow: FlowContext, cases: Sequence[Case]) -> list[StockShortage | None]:
    """Settles the stock of cases that may lack it: each case whole or not at all, answered in order."""
    consuming = [case.effects.consumptions for case in cases]
    return await inventory.change(flow.tx, [_element(case) for case in cases], at=flow.at, consuming=consuming)


async def claim_optimistically(flow: FlowContext, cases: Sequence[Case]) -> None:
    """Claims the stock of cases last of all; where there is not enough, the transaction is AssumptionBroken."""
    changes = [change for case in cases for change in changes_of(case.effects.moves, case.effects.floors)]
    await inventory.claim(flow.tx, changes, at=flow.at)


async def settle(flow: FlowContext, cases: Sequence[Case]) -> None:
    """Settles the stock of cases that cannot lack it; raises StockDrifted when they do."""
    if lacking := [shortage for shortage in await claim(flow, cases) if shortage is not None]:
        raise StockDrifted(str(lacking))


def _element(case: Case) -> list[StockChange]:
    changes = [*changes_of(case.effects.moves, case.effects.floors), *case.effects.stock]
    return exchanged(changes, case.effects.consumptions) if case.effects.consumptions else changes


def _claimed(move: Move, node_id: str, cause: str, state: SliceState, sign: int, floor: int = 0) -> StockChange:
    return StockChange(
        sku=move.sku,
        node_id=node_id,
        cause=cause,
        cause_id=move.event_id,
        reserved=sign * move.quantity if state in RESERVING else 0,
        allocated=sign * move.quantity if state in ALLOCATING else 0,
        floor=floor,
    )


def _shipped(change: StockChange, on_hand: int, move: Move) -> StockChange:
    return replace(change, on_hand=on_hand, occurred_at=move.at)
