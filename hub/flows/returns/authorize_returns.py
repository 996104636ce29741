"""Gives permission to send units back: DELIVERED -> RETURN_AUTHORIZED, an order that was closed opens again.

Also takes permission back, notes that units are on their way, and ends returns whose units did not come in time.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from uuid import UUID

from msgspec.structs import replace

from hub.cases.context import FlowContext
from hub.cases.fulfillment.endings import end_if_done
from hub.cases.returns.credits import credit_units
from hub.cases.returns.permissions import PlannedReturn, case_of, returnable
from hub.cases.returns.requests import made, require_agreed
from hub.cases.returns.return_cases import (
    ReturnCase,
    Returning,
    ReturnResult,
    begin,
    finish_exchange,
    in_return,
    load_orders,
    load_returns,
    reopen,
    save_returning,
)
from hub.cases.returns.routing import route_together
from hub.exceptions.model import ExceptionReason
from hub.holds.errors import BlockedByHold
from hub.holds.model import Operation
from hub.kernel.errors import Refusal
from hub.messages.events.facts import EventFacts
from hub.messages.events.returns import (
    ReturnCanceled,
    ReturnClosed,
    ReturnExpired,
    ReturnHandedIn,
    UnitsKept,
)
from hub.messages.tasks import PlaceExchange
from hub.messages.timers import ReturnDeadline
from hub.returns.lifecycle import OPEN, ReturnAction, ReturnState
from hub.returns.model import Return
from hub.returns.policy.lines import merged
from hub.slices.lifecycle import SliceAction, SliceState

FLOW = "authorize_returns"


async def authorize_returns(flow: FlowContext, planned: Sequence[PlannedReturn]) -> list[ReturnResult | Refusal]:
    """Takes planned returns in order, each whole or not at all.

    Refuses ORDER_NOT_FOUND, UNITS_NOT_DELIVERED, UNITS_ALREADY_RETURNED, RETURN_WINDOW_CLOSED, CURRENCY_MISMATCH,
    RETURN_PREVIEW_OUTDATED, BLOCKED_BY_HOLD.
    """
    returning = await load_orders(flow, FLOW, [one.request.order_id for one in planned])
    answers: list[ReturnResult | Refusal] = []
    for one in planned:
        try:
            answers.append(_authorized(flow, returning, one))
        except Refusal as refusal:
            answers.append(refusal)
    await save_returning(flow, FLOW, returning)
    return answers


async def cancel_returns(flow: FlowContext, return_ids: Sequence[UUID]) -> list[ReturnResult | Refusal]:
    """Takes permission back. Refuses RETURN_NOT_FOUND, RETURN_ACTION_NOT_ALLOWED."""
    return await _each(flow, return_ids, _cancel)


async def record_returns_in_transit(flow: FlowContext, return_ids: Sequence[UUID]) -> list[ReturnResult | Refusal]:
    """Notes that customers handed units in. Refuses RETURN_NOT_FOUND, RETURN_ACTION_NOT_ALLOWED."""
    return await _each(flow, return_ids, _hand_in)


async def expire_returns(flow: FlowContext, return_ids: Sequence[UUID]) -> list[ReturnResult | Refusal]:
    """Ends returns whose units did not come in time; those on their way become exceptions."""
    return await _each(flow, return_ids, _expire)


async def _each(
    flow: FlowContext, return_ids: Sequence[UUID], act: Callable[[FlowContext, ReturnCase, UUID], None]
) -> list[ReturnResult | Refusal]:
    returning = await load_returns(flow, FLOW, return_ids)
    answers: list[ReturnResult | Refusal] = []
    for return_id in return_ids:
        try:
            act(flow, returning.of(return_id), return_id)
            answers.append(returning.back(return_id))
        except Refusal as refusal:
            answers.append(refusal)
    await save_returning(flow, FLOW, returning)
    return answers


def _authorized(flow: FlowContext, returning: Returning, planned: PlannedReturn) -> ReturnResult:
    request = planned.request
    case = case_of({order_id: one.case for order_id, one in returning.cases.items()}, request.order_id)
    found = returning.cases[request.order_id]
    takings = [taking for line in merged(request.lines) for taking in returnable(case, line, planned.policy, flow.at)]
    if request.keep and (held := case.blocked(Operation.REFUND)):
        raise BlockedByHold(f"A {held.type.value} hold blocks refunds: {held.reason}.", hold_id=held.hold_id)
    rma = made(flow, case, planned)
    require_agreed(found, rma, planned)
    rma = _routed(flow, returning, rma, planned)
    reopen(case, rma.return_id, flow.at)
    begin(found, rma, takings, flow.at)
    if rma.keep:
        _keep(flow, found, rma)
    elif rma.exchange is not None:
        case.task(PlaceExchange(case.order_id, rma.return_id))
    return ReturnResult(case, found.returns[rma.return_id], found.credits_of(rma.return_id))


def _routed(flow: FlowContext, returning: Returning, rma: Return, planned: PlannedReturn) -> Return:
    """The return with the node where most comes of its parcel, where none is named and any takes it."""
    if rma.node_id or rma.keep:
        return rma
    node_id, routes = route_together(flow, returning.cases[rma.order_id].case, rma, planned.items)
    returning.routes.extend(routes)
    return replace(rma, node_id=node_id)


def _keep(flow: FlowContext, found: ReturnCase, rma: Return) -> None:
    case = found.case
    quantity = sum(line.quantity for line in rma.lines)
    cause = case.happened(UnitsKept(return_id=rma.return_id, quantity=quantity), flow.at)
    case.move(found.taking(SliceAction.KEEP, rma.return_id), SliceAction.KEEP, cause, flow.at)
    credit_units(flow, found, rma.return_id, {line.line_number: line.quantity for line in rma.lines})
    found.act(rma.return_id, ReturnAction.CLOSE)
    case.happened(ReturnClosed(return_id=rma.return_id), flow.at)
    end_if_done(case, flow.network.channel(case.order.channel_id), flow.at)


def _cancel(flow: FlowContext, found: ReturnCase, return_id: UUID) -> None:
    if found.returns[return_id].state is not ReturnState.CANCELED:
        found.act(return_id, ReturnAction.CANCEL)
        _give_up(flow, found, return_id, ReturnCanceled(return_id=return_id))


def _hand_in(flow: FlowContext, found: ReturnCase, return_id: UUID) -> None:
    if found.returns[return_id].state is ReturnState.IN_TRANSIT:
        return
    found.act(return_id, ReturnAction.HAND_IN)
    units = found.taking(SliceAction.SEND_BACK, return_id)
    quantity = sum(quantity for _, quantity in units)
    cause = found.case.happened(ReturnHandedIn(return_id=return_id, quantity=quantity), flow.at)
    found.case.move(units, SliceAction.SEND_BACK, cause, flow.at)


def _expire(flow: FlowContext, found: ReturnCase, return_id: UUID) -> None:
    rma = found.returns[return_id]
    if rma.return_by > flow.at:
        return
    if rma.state is ReturnState.AUTHORIZED:
        found.act(return_id, ReturnAction.EXPIRE)
        _give_up(flow, found, return_id, ReturnExpired(return_id=return_id))
    elif rma.state in OPEN:
        found.case.open_exception(
            ExceptionReason.RETURN_OVERDUE, str(return_id), _overdue(found, return_id), None, flow.at
        )


def _overdue(found: ReturnCase, return_id: UUID) -> str:
    own = [slice_ for slice_ in found.case.slices if slice_.return_id == return_id]
    if any(slice_.state is SliceState.RETURN_RECEIVED for slice_ in own):
        return "Units came, and nobody has disposed of them in time. Inspect them and dispose of them."
    return "Units were handed in and did not come in time. Have their carrier look for them."


def _give_up(flow: FlowContext, found: ReturnCase, return_id: UUID, facts: EventFacts) -> None:
    """Nothing comes of a return: its units count as delivered again."""
    cause = found.case.happened(facts, flow.at)
    units = found.taking(SliceAction.END_RETURN, return_id)
    found.case.move(units, SliceAction.END_RETURN, cause, flow.at, in_return(None))
    found.case.clear_timer(ReturnDeadline, return_id)
    finish_exchange(found, return_id)
    end_if_done(found.case, flow.network.channel(found.case.order.channel_id), flow.at)
