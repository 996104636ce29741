"""What flows do with dated supply: put, slip, receive, cancel, list. A decision or a refusal per command."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Protocol, TypeVar
from uuid import UUID

from hub.database.tx import Tx
from hub.inventory.errors import SupplyNotFound
from hub.inventory.model.supply import (
    Cancellation,
    Receipt,
    Slip,
    Supply,
    SupplyDecision,
    SupplyDraft,
    SupplyKey,
    SupplyMove,
)
from hub.inventory.policy import supplies as policy
from hub.inventory.store import supplies as store
from hub.inventory.store.supplies import expected, history, load, page
from hub.kernel.errors import Refusal
from hub.kernel.instant import Instant
from hub.kernel.scope import Scope

__all__ = ["cancel", "expected", "history", "load", "page", "put", "receive", "slip"]


class _Command(Protocol):
    @property
    def key(self) -> SupplyKey:
        """What names the supply."""


C = TypeVar("C", bound=_Command)
Standing = Mapping[SupplyKey, Supply]
Decide = Callable[[C, Supply | None, Standing], SupplyDecision]


async def put(tx: Tx, scope: Scope, drafts: Sequence[SupplyDraft], *, at: Instant) -> list[SupplyDecision | Refusal]:
    """Creates supplies or replaces what was said of them, in order. Refuses SUPPLY_CLAIMED, SUPPLY_BELOW_RECEIVED."""

    def decide(draft: SupplyDraft, standing: Supply | None, all_of: Standing) -> SupplyDecision:
        same = [
            one for key, one in all_of.items() if (key.reference, key.line) == (draft.key.reference, draft.key.line)
        ]
        return policy.put(standing, same, draft, at=at)

    return await _each(tx, scope, drafts, decide)


async def slip(tx: Tx, scope: Scope, slips: Sequence[Slip], *, at: Instant) -> list[SupplyDecision | Refusal]:
    """Moves expected dates, in order. Refuses SUPPLY_NOT_FOUND, SUPPLY_ENDED."""
    return await _each(tx, scope, slips, lambda one, standing, _: policy.slipped(standing, one, at=at))


async def receive(tx: Tx, scope: Scope, receipts: Sequence[Receipt], *, at: Instant) -> list[SupplyDecision | Refusal]:
    """Takes note of units that came, each receipt once; their stock is for the flow to change.

    Refuses SUPPLY_NOT_FOUND, RECEIPT_TAKEN.
    """
    ids = {one.key: one.supply_id for one in await store.lock(tx, [receipt.key for receipt in receipts])}
    wanted = [(ids[one.key], one.reference) for one in receipts if one.key in ids]
    known: dict[tuple[UUID, str], SupplyMove] = await store.receipts(tx, wanted)

    def decide(receipt: Receipt, standing: Supply | None, _: Standing) -> SupplyDecision:
        earlier = known.get((standing.supply_id, receipt.reference)) if standing else None
        decision = policy.received(standing, receipt, earlier, at=at)
        for move in decision.moves:
            known[move.supply_id, receipt.reference] = move
        return decision

    return await _each(tx, scope, receipts, decide)


async def cancel(
    tx: Tx, scope: Scope, cancellations: Sequence[Cancellation], *, at: Instant
) -> list[SupplyDecision | Refusal]:
    """Cancels what has not come, in order. Refuses SUPPLY_NOT_FOUND, SUPPLY_ENDED."""
    return await _each(tx, scope, cancellations, lambda one, standing, _: policy.canceled(standing, one, at=at))


async def _each(tx: Tx, scope: Scope, commands: Sequence[C], decide: Decide[C]) -> list[SupplyDecision | Refusal]:
    """Decides commands in order over the supplies as locked, and writes what changed; out of scope is not found."""
    standing = {one.key: one for one in await store.lock(tx, [command.key for command in commands])}
    before = dict(standing)
    answers: list[SupplyDecision | Refusal] = []
    for command in commands:
        known = standing.get(command.key)
        if known is not None and not scope.sees(node_id=known.node_id):
            answers.append(_unknown(command.key))
            continue
        try:
            decision = decide(command, known, standing)
        except Refusal as refusal:
            answers.append(refusal)
            continue
        standing[command.key] = decision.supply
        answers.append(decision)
    await store.save(tx, [one for key, one in standing.items() if one != before.get(key)])
    await store.record_moves(
        tx, [move for answer in answers if isinstance(answer, SupplyDecision) for move in answer.moves]
    )
    return answers


def _unknown(key: SupplyKey) -> SupplyNotFound:
    return SupplyNotFound(
        f"{key.source} has not announced {key.reference} at your nodes.", source=key.source, reference=key.reference
    )
