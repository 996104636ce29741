"""What follows when dated supply changes, by whatever flow: stock of what came, events, promises looked at again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from hub.cases.context import FlowContext
from hub.cases.stock.supply_events import supply_event
from hub.cases.store import stock_changed
from hub.exceptions import operations as exceptions
from hub.exceptions.model import ExceptionReason, ExceptionRecord
from hub.exceptions.policy import raised
from hub.inventory import operations as inventory
from hub.inventory.model import Condition, ConditionedChange
from hub.inventory.model.supply import Supply, SupplyDecision, SupplyMove
from hub.kernel.errors import Refusal
from hub.kernel.ids import derived
from hub.messages.timers import RepromiseDue
from hub.outbox import operations as outbox
from hub.outbox.model import Timer
from hub.slices import operations as slices

AT_ONCE: Final = timedelta()
"""No time from now."""

RECEIPT: Final = "RECEIPT"
"""Cause of ledger rows that received supply leaves."""


async def receive_stock(
    flow: FlowContext, decided: Sequence[SupplyDecision | Refusal], *, promises_after: timedelta = AT_ONCE
) -> list[Supply | Refusal]:
    """Adds what came to stock, in the condition said, and settles the decisions; orders that wait are tried again."""
    arrived = [
        _arrival(decision.supply, move)
        for decision in decided
        if isinstance(decision, SupplyDecision)
        for move in decision.moves
        if move.received
    ]
    await inventory.change_conditioned(flow.tx, [[one] for one in arrived], at=flow.at)
    answers = await settle_supplies(flow, decided, promises_after=promises_after)
    sellable = any(one.condition is Condition.SELLABLE for one in arrived)
    await stock_changed(flow, freed=sellable, claimed=False)
    return answers


async def settle_supplies(
    flow: FlowContext, decided: Sequence[SupplyDecision | Refusal], *, promises_after: timedelta = AT_ONCE
) -> list[Supply | Refusal]:
    """Tells what happened, opens exceptions for what nobody expected, has orders that wait for it looked at again.

    Their promises are looked at `promises_after` from now. Returns the supplies.
    """
    made = [one for one in decided if isinstance(one, SupplyDecision)]
    await exceptions.open_all(flow.tx, [_unexpected(flow, one) for one in made if one.unexpected])
    await outbox.emit(flow.tx, [supply_event(one.supply, move) for one in made for move in one.moves])
    waiting = await slices.waiting_units(flow.tx, sorted({one.supply.sku for one in made if one.moves}))
    await outbox.ensure_timers(flow.tx, [Timer(RepromiseDue(sku, flow.at + promises_after)) for sku in sorted(waiting)])
    return [one.supply if isinstance(one, SupplyDecision) else one for one in decided]


def _arrival(supply: Supply, move: SupplyMove) -> ConditionedChange:
    condition = move.condition or Condition.SELLABLE
    return ConditionedChange(supply.sku, supply.node_id, condition, move.received, RECEIPT, move.change_id)


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
