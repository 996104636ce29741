"""Takes what nodes answer to requests, in time, late or not at all: units canceled, sourced again, or shipped.

A node that says yes to canceling units of which some have left contradicts itself, and is named.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from hub.cases import outgoing
from hub.cases.case import Case
from hub.cases.context import FlowContext
from hub.cases.fulfillment.endings import close_fulfillment_orders, worked_at
from hub.cases.fulfillment.node_requests import accept, answered, leave_node, put_request, request_of
from hub.cases.fulfillment.reports import FulfillmentResult, Reported, load_reported
from hub.cases.stock import stock
from hub.cases.store import save
from hub.exceptions.model import ExceptionReason
from hub.fulfillment.errors import NodeRequestNotFound
from hub.fulfillment.lifecycle import REQUEST_TRANSITIONS, RequestAction, RequestKind
from hub.fulfillment.model import FulfillmentOrder, NodeAnswer, NodeRequest
from hub.kernel.errors import Refusal
from hub.messages.events.fulfillment import CancelAccepted, CancelRefused, CancelUnanswered, UnitsSourcedAgain
from hub.messages.notice import Template
from hub.messages.timers import NodeAnswerDue
from hub.slices.lifecycle import SliceAction

FLOW = "take_node_answers"

_ACTIONS: Final = {True: RequestAction.ACCEPT, False: RequestAction.REFUSE, None: RequestAction.EXPIRE}
"""What an answer, or its absence by the deadline, does to a request."""


async def take_node_answers(flow: FlowContext, answers: Sequence[NodeAnswer]) -> list[FulfillmentResult | Refusal]:
    """Takes answers in order; one to a request that is answered changes nothing.

    Refuses FULFILLMENT_ORDER_NOT_FOUND, NODE_REQUEST_NOT_FOUND.
    """
    reported = await load_reported(flow, FLOW, [answer.fulfillment_order_id for answer in answers])
    results = [_taken(flow, reported, answer) for answer in answers]
    await stock.settle(flow, [case for case in reported.loaded.cases.values() if case.effects.moves])
    await save(flow, FLOW, reported.loaded)
    return results


def _taken(flow: FlowContext, reported: Reported, answer: NodeAnswer) -> FulfillmentResult | Refusal:
    try:
        case = reported.case(answer.fulfillment_order_id)
        fulfillment_order = case.fulfillment_order(answer.fulfillment_order_id)
        request = request_of(fulfillment_order, answer.request_id)
        if request is None:
            raise NodeRequestNotFound(
                f"{fulfillment_order.node_id} was asked nothing under {answer.request_id}; answer under the request's"
                " operation_key.",
                request_id=answer.request_id,
            )
    except Refusal as refusal:
        return refusal
    action = _ACTIONS[answer.accepted]
    if request.kind is RequestKind.PUT_BACK:
        _put_back(flow, case, fulfillment_order, request, action)
    elif (request.state, action) in REQUEST_TRANSITIONS:
        take = _accepted if action is RequestAction.ACCEPT else _not_accepted
        take(flow, case, fulfillment_order, request, action)
    return FulfillmentResult(case, answer.fulfillment_order_id)


def _accepted(
    flow: FlowContext, case: Case, fulfillment_order: FulfillmentOrder, request: NodeRequest, _: RequestAction
) -> None:
    identity, node_id = fulfillment_order.fulfillment_order_id, fulfillment_order.node_id
    units = [
        taking
        for line in request.lines
        for taking in case.taking(SliceAction.SHORT, line.quantity, where=worked_at(identity, line.line_number))
    ]
    quantity = sum(count for _, count in units)
    event = (
        UnitsSourcedAgain(node_id=node_id, quantity=quantity)
        if request.kind is RequestKind.GIVE_BACK
        else CancelAccepted(fulfillment_order_id=identity, node_id=node_id, quantity=quantity)
    )
    cause = case.happened(event, flow.at)
    leave_node(flow, case, identity, units, cause, flow.at, answering=request.request_id)
    request = request_of(case.fulfillment_order(identity), request.request_id) or request
    accept(case, identity, request, flow.at)
    close_fulfillment_orders(case)
    if request.kind is RequestKind.CANCEL and request.left:
        detail = (
            f"{node_id} said that units are canceled, of which {request.left} are not there to be canceled any more."
        )
        subject = str(request.request_id)
        case.open_exception(ExceptionReason.CANCEL_CONTRADICTED, subject, detail, None, flow.at)


def _put_back(
    flow: FlowContext, case: Case, fulfillment_order: FulfillmentOrder, request: NodeRequest, action: RequestAction
) -> None:
    """Takes whether units that nobody collected are on the shelf again; where they are not, somebody must look."""
    subject = str(request.request_id)
    put_request(case, fulfillment_order.fulfillment_order_id, answered(request, action, flow.at))
    case.clear_timer(NodeAnswerDue, request.request_id)
    if action is RequestAction.ACCEPT:
        case.resolve_exception(ExceptionReason.STOCK_DISCREPANCY, subject)
        return
    detail = (
        f"{fulfillment_order.node_id} did not say that what nobody collected is on the shelf again. Count it there."
    )
    case.open_exception(ExceptionReason.STOCK_DISCREPANCY, subject, detail, None, flow.at)


def _not_accepted(
    flow: FlowContext, case: Case, fulfillment_order: FulfillmentOrder, request: NodeRequest, action: RequestAction
) -> None:
    identity, node_id = fulfillment_order.fulfillment_order_id, fulfillment_order.node_id
    put_request(case, identity, answered(request, action, flow.at))
    case.clear_timer(NodeAnswerDue, request.request_id)
    event = CancelUnanswered if action is RequestAction.EXPIRE else CancelRefused
    case.happened(event(fulfillment_order_id=identity, node_id=node_id), flow.at)
    if request.kind is RequestKind.GIVE_BACK or not request.left:
        return
    channel = flow.network.channel(case.order.channel_id)
    outgoing.notify(case, channel, Template.RETURN_OFFERED, request.request_id, {}, about=(identity, ()))
    detail = f"{node_id} did not cancel; the parcel ships and the customer was offered a return."
    subject = str(request.request_id)
    case.open_exception(ExceptionReason.CANCEL_REFUSED, subject, detail, None, flow.at)
