"""Cancels units of orders: at once where no node works on them; where one does, it is asked, and its answer decides.

No answer by the deadline counts as a refusal: the parcel ships, and the customer gets a return offer.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace

from hub.cases import outgoing
from hub.cases.case import Case, at_node
from hub.cases.context import FlowContext
from hub.cases.fulfillment.cancel_requests import ask_nodes, asked_already
from hub.cases.fulfillment.endings import cancel_units, close_fulfillment_orders, worked_at
from hub.cases.fulfillment.reports import FulfillmentResult, Reported, load_reported
from hub.cases.stock import stock
from hub.cases.store import Loaded, load, save
from hub.exceptions.model import ExceptionReason
from hub.fulfillment.lifecycle import RequestState
from hub.fulfillment.model import CancelDecision, FulfillmentOrder
from hub.kernel.errors import Refusal
from hub.messages.events.fulfillment import CancelRefused, UnitsSourcedAgain
from hub.messages.notice import Template
from hub.messages.tasks import ReleaseOrder
from hub.messages.timers import CancelDeadline, LinesExpire
from hub.orders.errors import OrderActionNotAllowed, OrderLineNotFound, OrderNotFound, QuantityNotCancelable
from hub.orders.lifecycle import ENDED
from hub.orders.model import CancelRequest
from hub.orders.policy import expiry_of
from hub.slices.lifecycle import AT_NODE, SliceAction
from hub.slices.model import Slice
from hub.slices.policy import Taking, Where, of_line

FLOW = "cancel_lines"


class Canceled(Struct, frozen=True):
    """A case after a cancellation: units canceled at once, and units for which nodes were asked."""

    case: Case
    canceled: int
    requested: int


async def cancel_lines(flow: FlowContext, requests: Sequence[CancelRequest]) -> list[Canceled | Refusal]:
    """Takes requests in order, each whole or not at all.

    Refuses ORDER_NOT_FOUND, ORDER_LINE_NOT_FOUND, ORDER_ACTION_NOT_ALLOWED, QUANTITY_NOT_CANCELABLE.
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


async def take_cancel_decisions(
    flow: FlowContext, decisions: Sequence[CancelDecision]
) -> list[FulfillmentResult | Refusal]:
    """Takes nodes' answers to requests; one to a request that is answered changes nothing."""
    reported = await load_reported(flow, FLOW, [decision.fulfillment_order_id for decision in decisions])
    answers = [_decided(flow, reported, decision) for decision in decisions]
    await _settled(flow, reported.loaded)
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
    except Refusal as refusal:
        return refusal
    channel = flow.network.channel(case.order.channel_id)
    asked = ask_nodes(flow, case, worked)
    canceled = cancel_units(case, channel, free, request.reason, flow.at)
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
        raise OrderActionNotAllowed(
            f"An order that is {case.order.state.value} has nothing to cancel.",
            order_id=case.order_id,
            state=case.order.state.value,
            action="CANCEL",
            allowed="",
        )
    asked = asked_already(case)
    wanted: Mapping[int, int | None] = _summed(request) or {line.line_number: None for line in case.order.lines}
    units: list[Taking] = []
    for line_number, quantity in wanted.items():
        if case.order.line(line_number) is None:
            raise OrderLineNotFound(f"The order has no line {line_number}.", line_number=line_number)
        found = case.taking(SliceAction.CANCEL, quantity, where=_cancelable(line_number, asked))
        have = sum(count for _, count in found)
        if quantity is not None and have < quantity:
            raise QuantityNotCancelable(
                f"Line {line_number} has {have} units that can still be canceled, not {quantity}; cancel fewer, or"
                " return them once delivered.",
                line_number=line_number,
                cancelable=have,
            )
        units += found
    if not units:
        raise QuantityNotCancelable("No unit of the order can still be canceled.", cancelable=0)
    return [unit for unit in units if unit[0].state not in AT_NODE], [
        unit for unit in units if unit[0].state in AT_NODE
    ]


def _summed(request: CancelRequest) -> dict[int, int]:
    """Units named per line; a line may be named twice."""
    units: dict[int, int] = {}
    for line_number, quantity in request.lines:
        units[line_number] = units.get(line_number, 0) + quantity
    return units


def _cancelable(line_number: int, asked: set[UUID]) -> Where:
    def where(slice_: Slice) -> bool:
        return slice_.line_number == line_number and slice_.fulfillment_order_id not in asked

    return where


def _decided(flow: FlowContext, reported: Reported, decision: CancelDecision) -> FulfillmentResult | Refusal:
    try:
        case = reported.case(decision.fulfillment_order_id)
    except Refusal as refusal:
        return refusal
    one = case.fulfillment_order(decision.fulfillment_order_id)
    if one.request_state is RequestState.CANCEL_REQUESTED:
        case.clear_timer(CancelDeadline, one.fulfillment_order_id)
        settle = _accepted if decision.accepted else _refused
        settle(flow, case, one)
    return FulfillmentResult(case, decision.fulfillment_order_id)


def _accepted(flow: FlowContext, case: Case, order: FulfillmentOrder) -> None:
    case.put_fulfillment_order(
        replace(order, request_state=RequestState.CANCEL_ACCEPTED, cancel_lines=(), source_again=False)
    )
    action = SliceAction.SHORT if order.source_again else SliceAction.CANCEL
    takings = [
        taking
        for line in order.cancel_lines
        for taking in case.taking(action, line.quantity, where=worked_at(order.fulfillment_order_id, line.line_number))
    ]
    if order.source_again:
        _given_back(flow, case, order, takings)
        return
    cancel_units(case, flow.network.channel(case.order.channel_id), takings, "canceled at the node", flow.at)


def _given_back(flow: FlowContext, case: Case, order: FulfillmentOrder, takings: Sequence[Taking]) -> None:
    """Units that were asked back to ship from elsewhere."""
    if takings:
        quantity = sum(units for _, units in takings)
        cause = case.happened(UnitsSourcedAgain(node_id=order.node_id, quantity=quantity), flow.at)
        case.move(list(takings), SliceAction.SHORT, cause, flow.at, at_node(None))
        case.task(ReleaseOrder(case.order_id))
    close_fulfillment_orders(case)


def _refused(flow: FlowContext, case: Case, order: FulfillmentOrder) -> None:
    case.put_fulfillment_order(
        replace(order, request_state=RequestState.CANCEL_REJECTED, cancel_lines=(), source_again=False)
    )
    identity = order.fulfillment_order_id
    case.happened(CancelRefused(fulfillment_order_id=identity, node_id=order.node_id), flow.at)
    if order.source_again:
        return
    channel = flow.network.channel(case.order.channel_id)
    outgoing.notify(case, channel, Template.RETURN_OFFERED, identity, {})
    detail = f"{order.node_id} did not cancel; the parcel ships and the customer was offered a return."
    command = f"crossdock order {case.order_id}"
    case.open_exception(ExceptionReason.CANCEL_REFUSED, str(identity), detail, command, flow.at)
