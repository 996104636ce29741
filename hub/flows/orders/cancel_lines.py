"""Cancels units of orders: at once where no node works on them; where one does, it is asked, and its answer decides."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

from msgspec import Struct

from hub.cases.case import Case
from hub.cases.changes.permissions import refuse_canceling
from hub.cases.context import FlowContext
from hub.cases.fulfillment.endings import cancel_units
from hub.cases.fulfillment.node_requests import ask_nodes, unasked
from hub.cases.stock import stock
from hub.cases.store import Loaded, load, save
from hub.fulfillment.lifecycle import RequestKind
from hub.kernel.errors import Refusal
from hub.messages.tasks import ReleaseOrder
from hub.messages.timers import LinesExpire
from hub.orders.errors import OrderLineNotFound, OrderNotFound, QuantityNotCancelable
from hub.orders.lifecycle import ENDED
from hub.orders.model import CancelRequest
from hub.orders.policy import ended, expiry_of
from hub.slices.lifecycle import AT_NODE, SliceAction
from hub.slices.policy import Taking, first, of_line

FLOW = "cancel_lines"


class Canceled(Struct, frozen=True):
    """A case after a cancellation: units canceled at once, and units for which nodes were asked."""

    case: Case
    canceled: int
    requested: int


async def cancel_lines(flow: FlowContext, requests: Sequence[CancelRequest]) -> list[Canceled | Refusal]:
    """Takes requests in order, each whole or not at all.

    Refuses ORDER_NOT_FOUND, ORDER_LINE_NOT_FOUND, ORDER_ACTION_NOT_ALLOWED, QUANTITY_NOT_CANCELABLE, and for customers
    CHANGE_NOT_ALLOWED.
    """
    loaded = await load(flow, FLOW, [request.order_id for request in requests])
    answers = [_requested(flow, loaded, request) for request in requests]
    await _settled(flow, loaded)
    return answers


async def cancel_expired(flow: FlowContext, order_ids: Sequence[UUID]) -> list[Canceled | Refusal]:
    """Cancels what is left of lines that may not ship any more; orders without such units stay as they are."""
    loaded = await load(flow, FLOW, order_ids)
    answers = [_requested(flow, loaded, request) for request in _expired(flow, loaded)]
    await _settled(flow, loaded)
    return answers


async def _settled(flow: FlowContext, loaded: Loaded) -> None:
    await stock.settle(flow, [case for case in loaded.cases.values() if case.effects.moves])
    await save(flow, FLOW, loaded)


def _requested(flow: FlowContext, loaded: Loaded, request: CancelRequest) -> Canceled | Refusal:
    case = loaded.cases.get(request.order_id)
    if case is None:
        return OrderNotFound(f"There is no order {request.order_id}.", order_id=request.order_id)
    try:
        free, worked = _split(case, request)
        if request.by_customer:
            refuse_canceling(flow, case, [*free, *worked])
    except Refusal as refusal:
        return refusal
    channel = flow.network.channel(case.order.channel_id)
    asked = ask_nodes(flow, case, worked, RequestKind.CANCEL)
    canceled = cancel_units(case, channel, free, request.reason, flow.at)
    if canceled and case.order.promise is not None and case.order.promise.together:
        case.task(ReleaseOrder(case.order_id))  # what waited for the canceled units may be all there now
    return Canceled(case, canceled, asked)


def _expired(flow: FlowContext, loaded: Loaded) -> list[CancelRequest]:
    requests: list[CancelRequest] = []
    for order_id, case in loaded.cases.items():
        late = [line for line in case.order.lines if line.cancel_after is not None and line.cancel_after <= flow.at]
        left = [(one.line_number, _left(case, one.line_number)) for one in late]
        if any(units for _, units in left):
            lines = tuple((number, units) for number, units in left if units)
            requests.append(CancelRequest(order_id, "not shipped by its latest date", lines))
        if coming := expiry_of(case.order.lines, flow.at):
            case.set_timer(LinesExpire(order_id, coming))
    return requests


def _left(case: Case, line_number: int) -> int:
    return sum(units for _, units in case.taking(SliceAction.CANCEL, where=of_line(line_number)))


def _split(case: Case, request: CancelRequest) -> tuple[list[Taking], list[Taking]]:
    """Units to cancel at once and units to ask a node for; raises when there are fewer than named."""
    if case.order.state in ENDED:
        raise ended(case.order, "CANCEL", "has nothing to cancel")
    wanted: Mapping[int, int | None] = _summed(request) or {line.line_number: None for line in case.order.lines}
    units: list[Taking] = []
    for line_number, quantity in wanted.items():
        if case.order.line(line_number) is None:
            raise OrderLineNotFound(f"The order has no line {line_number}.", line_number=line_number)
        able = unasked(case, case.taking(SliceAction.CANCEL, where=of_line(line_number)), RequestKind.CANCEL)
        have = sum(count for _, count in able)
        if quantity is not None and have < quantity:
            asked = _left(case, line_number) - have
            raise QuantityNotCancelable(
                f"Line {line_number} has {have} units that can still be canceled, not {quantity}; nodes were asked to"
                f" cancel {asked} already. Cancel fewer, or return them once delivered.",
                line_number=line_number,
                cancelable=have,
                asked=asked,
            )
        units += able if quantity is None else first(able, quantity)
    if not units:
        asked = sum(_left(case, line_number) for line_number in wanted)
        raise QuantityNotCancelable(
            f"No unit of the order can still be canceled; nodes were asked to cancel {asked} already.",
            cancelable=0,
            asked=asked,
        )
    return [unit for unit in units if unit[0].state not in AT_NODE], [
        unit for unit in units if unit[0].state in AT_NODE
    ]


def _summed(request: CancelRequest) -> dict[int, int]:
    """Units named per line; a line may be named twice."""
    units: dict[int, int] = {}
    for line_number, quantity in request.lines:
        units[line_number] = units.get(line_number, 0) + quantity
    return units
