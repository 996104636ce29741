"""Keeps dated supply: announced, slipped, received, canceled. What is received is stock at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from hub.cases.context import FlowContext
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
from hub.messages.timers import RepromiseDue
from hub.network.errors import UnknownNode
from hub.outbox import operations as outbox
from hub.outbox.model import Timer
from hub.slices import operations as slices

RECEIPT = "RECEIPT"
"""Cause of ledger rows that received supply leaves."""


async def put_supply(flow: FlowContext, drafts: Sequence[SupplyDraft]) -> list[Supply | Refusal]:
    """Creates or replaces supplies, each alone; answers them as they stand after it.

    Refuses UNKNOWN_SKU, UNKNOWN_NODE, SUPPLY_CLAIMED, SUPPLY_BELOW_RECEIVED.
    """
    known = await catalog.load(flow.tx, sorted({draft.sku for draft in drafts}))
    refusals = [_refusal(flow, draft, known) for draft in drafts]
    sound = [draft for draft, refusal in zip(drafts, refusals, strict=True) if refusal is None]
    decided = iter(await supplies.put(flow.tx, flow.scope, sound, at=flow.at))
    return await _settled(flow, [refusal or next(decided) for refusal in refusals])


async def slip_supply(flow: FlowContext, slips: Sequence[Slip]) -> list[Supply | Refusal]:
    """Moves expected dates, each alone. Refuses SUPPLY_NOT_FOUND, SUPPLY_ENDED."""
    return await _settled(flow, await supplies.slip(flow.tx, flow.scope, slips, at=flow.at))


async def cancel_supply(flow: FlowContext, cancellations: Sequence[Cancellation]) -> list[Supply | Refusal]:
    """Cancels what has not come, each alone. Refuses SUPPLY_NOT_FOUND, SUPPLY_ENDED."""
    return await _settled(flow, await supplies.cancel(flow.tx, flow.scope, cancellations, at=flow.at))


async def receive_supply(flow: FlowContext, receipts: Sequence[Receipt]) -> list[Supply | Refusal]:
    """Takes in units, each receipt once: they are on hand at once, in the condition said, and waiting orders are tried.

    More than expected is taken too, and named in an exception. Refuses SUPPLY_NOT_FOUND, RECEIPT_TAKEN.
    """
    decided = await supplies.receive(flow.tx, flow.scope, receipts, at=flow.at)
    arrived = [
        _arrival(decision.supply, move)
        for decision in decided
        if isinstance(decision, SupplyDecision)
        for move in decision.moves
        if move.received
    ]
    await inventory.change_conditioned(flow.tx, [[one] for one in arrived], at=flow.at)
    answers = await _settled(flow, decided)
    sellable = any(one.condition is Condition.SELLABLE for one in arrived)
    await stock_changed(flow, freed=sellable, claimed=False)
    return answers


def _arrival(supply: Supply, move: SupplyMove) -> ConditionedChange:
    condition = move.condition or Condition.SELLABLE
    return ConditionedChange(supply.sku, supply.node_id, condition, move.received, RECEIPT, move.change_id)


def _refusal(flow: FlowContext, draft: SupplyDraft, known: Mapping[str, object]) -> Refusal | None:
    if draft.sku not in known:
        return UnknownSku(f"{draft.sku} is not in the catalog; create the item with PutItems first.", sku=draft.sku)
    if draft.node_id not in flow.network.nodes or not flow.scope.sees(node_id=draft.node_id):
        return UnknownNode(f"{draft.node_id} is not a node that you may announce supply for.", node_id=draft.node_id)
    return None


async def _settled(flow: FlowContext, decided: Sequence[SupplyDecision | Refusal]) -> list[Supply | Refusal]:
    """Tells what happened, opens exceptions for what nobody expected, has orders that wait for it looked at again.

    Returns the supplies.
    """
    made = [one for one in decided if isinstance(one, SupplyDecision)]
    await exceptions.open_all(flow.tx, [_unexpected(flow, one) for one in made if one.unexpected])
    await outbox.emit(flow.tx, [supply_event(one.supply, move) for one in made for move in one.moves])
    waiting = await slices.waiting_units(flow.tx, sorted({one.supply.sku for one in made if one.moves}))
    await outbox.ensure_timers(flow.tx, [Timer(RepromiseDue(sku, flow.at)) for sku in sorted(waiting)])
    return [one.supply if isinstance(one, SupplyDecision) else one for one in decided]


def _unexpected(flow: FlowContext, decision: SupplyDecision) -> ExceptionRecord:
    supply = decision.supply
    return raised(
        exception_id=derived(decision.moves[-1].change_id, "unexpected"),
        reason=ExceptionReason.SUPPLY_UNEXPECTED,
        subject=str(supply.supply_id),
        detail=f"{decision.unexpected} units of {supply.sku} more than expected came to {supply.node_id} for"
        f" {supply.key.reference} ({supply.received} of {supply.quantity}, {supply.state.value}); they are on hand."
        " Settle them with the supplier.",
        suggested_command=None,
        at=flow.at,
    )
