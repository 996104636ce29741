"""Keeps dated supply: announced, slipped, received, canceled. What is received is stock at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from hub.cases.context import Unit
from hub.cases.stock.supply_events import supply_event
from hub.cases.store import stock_changed
from hub.catalog import operations as catalog
from hub.catalog.errors import UnknownSku
from hub.exceptions import operations as exceptions
from hub.exceptions.model import ExceptionReason, ExceptionRecord
from hub.exceptions.policy import raised
from hub.inventory import operations as inventory
from hub.inventory.model import Condition, ConditionedChange
from hub.inventory.model.supply import Cancellation, Receipt, Slip, Supply, SupplyDecision, SupplyDraft, SupplyMove
from hub.inventory.operations import supplies
from hub.kernel.errors import Refusal
from hub.kernel.ids import derived
from hub.network.errors import UnknownNode
from hub.outbox import operations as outbox

RECEIPT = "RECEIPT"
"""Cause of ledger rows that received supply leaves."""


async def put_supply(unit: Unit, drafts: Sequence[SupplyDraft]) -> list[Supply | Refusal]:
    """Creates or replaces supplies, each alone; answers them as they stand after it.

    Refuses UNKNOWN_SKU, UNKNOWN_NODE, SUPPLY_CLAIMED, SUPPLY_BELOW_RECEIVED.
    """
    known = await catalog.load(unit.tx, sorted({draft.sku for draft in drafts}))
    refusals = [_refusal(unit, draft, known) for draft in drafts]
    sound = [draft for draft, refusal in zip(drafts, refusals, strict=True) if refusal is None]
    decided = iter(await supplies.put(unit.tx, unit.scope, sound, at=unit.at))
    return await _settled(unit, [refusal or next(decided) for refusal in refusals])


async def slip_supply(unit: Unit, slips: Sequence[Slip]) -> list[Supply | Refusal]:
    """Moves expected dates, each alone. Refuses SUPPLY_NOT_FOUND, SUPPLY_ENDED."""
    return await _settled(unit, await supplies.slip(unit.tx, unit.scope, slips, at=unit.at))


async def cancel_supply(unit: Unit, cancellations: Sequence[Cancellation]) -> list[Supply | Refusal]:
    """Cancels what has not come, each alone. Refuses SUPPLY_NOT_FOUND, SUPPLY_ENDED."""
    return await _settled(unit, await supplies.cancel(unit.tx, unit.scope, cancellations, at=unit.at))


async def receive_supply(unit: Unit, receipts: Sequence[Receipt]) -> list[Supply | Refusal]:
    """Takes in units, each receipt once: they are on hand at once, in the condition said, and waiting orders are tried.

    More than expected is taken too, and named in an exception. Refuses SUPPLY_NOT_FOUND, RECEIPT_TAKEN.
    """
    decided = await supplies.receive(unit.tx, unit.scope, receipts, at=unit.at)
    arrived = [
        _arrival(decision.supply, move)
        for decision in decided
        if isinstance(decision, SupplyDecision)
        for move in decision.moves
        if move.received
    ]
    await inventory.change_conditioned(unit.tx, [[one] for one in arrived], at=unit.at)
    answers = await _settled(unit, decided)
    sellable = any(one.condition is Condition.SELLABLE for one in arrived)
    await stock_changed(unit, freed=sellable, claimed=False)
    return answers


def _arrival(supply: Supply, move: SupplyMove) -> ConditionedChange:
    condition = move.condition or Condition.SELLABLE
    return ConditionedChange(supply.sku, supply.node_id, condition, move.received, RECEIPT, move.change_id)


def _refusal(unit: Unit, draft: SupplyDraft, known: Mapping[str, object]) -> Refusal | None:
    if draft.sku not in known:
        return UnknownSku(f"{draft.sku} is not in the catalog; put the item first.", sku=draft.sku)
    if draft.node_id not in unit.network.nodes or not unit.scope.sees(node_id=draft.node_id):
        return UnknownNode(f"{draft.node_id} is not a node you may announce supply for.", node_id=draft.node_id)
    return None


async def _settled(unit: Unit, decided: Sequence[SupplyDecision | Refusal]) -> list[Supply | Refusal]:
    """Tells what happened, opens exceptions for what nobody expected; answers the supplies."""
    made = [one for one in decided if isinstance(one, SupplyDecision)]
    await exceptions.open_all(unit.tx, [_unexpected(unit, one) for one in made if one.unexpected])
    await outbox.emit(unit.tx, [supply_event(one.supply, move) for one in made for move in one.moves])
    return [one.supply if isinstance(one, SupplyDecision) else one for one in decided]


def _unexpected(unit: Unit, decision: SupplyDecision) -> ExceptionRecord:
    supply = decision.supply
    return raised(
        exception_id=derived(decision.moves[-1].change_id, "unexpected"),
        reason=ExceptionReason.SUPPLY_UNEXPECTED,
        subject=str(supply.supply_id),
        detail=f"{decision.unexpected} units of {supply.sku} more than expected came to {supply.node_id} for"
        f" {supply.key.reference} ({supply.received} of {supply.quantity}, {supply.state.value}); they are on hand.",
        suggested_command=f"crossdock stock {supply.sku} --node {supply.node_id} --why",
        at=unit.at,
    )
