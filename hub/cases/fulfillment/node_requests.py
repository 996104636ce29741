"""Asking nodes for units that they work: to cancel them, or to give them back to ship from elsewhere.

Several requests may be open of one fulfillment order, each answered under its own id. Units that a node gives up
otherwise (short, rejected, given back) are first of all those that it was asked to cancel: these are canceled.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from uuid import UUID

from msgspec.structs import replace

from hub.cases import outgoing
from hub.cases.case import Case, at_node
from hub.cases.context import FlowContext
from hub.cases.deadlines import NODE_ANSWER
from hub.cases.fulfillment.endings import by_line, cancel_units, worked_at
from hub.cases.fulfillment.labels import drop_unused
from hub.cases.fulfillment.node_work import heard
from hub.exceptions.model import ExceptionReason
from hub.fulfillment.lifecycle import REQUEST_TRANSITIONS, UNANSWERED, RequestAction, RequestKind, RequestState
from hub.fulfillment.model import AskedLine, FulfillmentLine, FulfillmentOrder, NodeRequest
from hub.kernel.ids import derived
from hub.kernel.instant import Instant
from hub.messages.events.fulfillment import CancelRequested, UnitsAskedBack
from hub.messages.tasks import ReleaseOrder
from hub.messages.timers import NodeAnswerDue
from hub.slices.lifecycle import SliceAction
from hub.slices.policy import Taking


def ask_nodes(flow: FlowContext, case: Case, worked: Sequence[Taking], kind: RequestKind) -> int:
    """Asks the nodes that work units for them, a request per fulfillment order. Returns how many units."""
    for identity in sorted({slice_.fulfillment_order_id for slice_, _ in worked if slice_.fulfillment_order_id}):
        fulfillment_order = case.fulfillment_order(identity)
        lines = by_line(taking for taking in worked if taking[0].fulfillment_order_id == identity)
        quantity = sum(line.quantity for line in lines)
        event = UnitsAskedBack if kind is RequestKind.GIVE_BACK else CancelRequested
        node_id = fulfillment_order.node_id
        case.happened(event(fulfillment_order_id=identity, node_id=node_id, quantity=quantity), flow.at)
        request = NodeRequest(
            request_id=derived(identity, "request", case.order.version),
            kind=kind,
            lines=tuple(AskedLine(line.line_number, line.quantity, line.sku, line.quantity) for line in lines),
            asked_at=flow.at,
            deadline_at=flow.at + NODE_ANSWER.span,
        )
        put_request(case, identity, request)
        outgoing.cancel(case, fulfillment_order, request)
        case.set_timer(NodeAnswerDue(request.request_id, request.deadline_at, identity))
    return sum(quantity for _, quantity in worked)


def ask_to_put_back(case: Case, fulfillment_order_id: UUID, lines: Iterable[FulfillmentLine], at: Instant) -> None:
    """Asks a node to put back on the shelf what nobody collected; its units are not a node's any more."""
    fulfillment_order = case.fulfillment_order(fulfillment_order_id)
    request = NodeRequest(
        request_id=derived(fulfillment_order_id, "request", case.order.version),
        kind=RequestKind.PUT_BACK,
        lines=tuple(AskedLine(line.line_number, line.quantity, line.sku, 0) for line in lines),
        asked_at=at,
        deadline_at=at + NODE_ANSWER.span,
    )
    put_request(case, fulfillment_order_id, request)
    outgoing.cancel(case, fulfillment_order, request)
    case.set_timer(NodeAnswerDue(request.request_id, request.deadline_at, fulfillment_order_id))


def unasked(case: Case, units: Iterable[Taking], *kinds: RequestKind) -> list[Taking]:
    """Units less those that a request of these kinds asks for and waits for."""
    asked = Counter[tuple[UUID, int]]()
    for fulfillment_order in case.fulfillment_orders:
        for request in fulfillment_order.requests:
            if request.state is RequestState.ASKED and request.kind in kinds:
                for line in request.lines:
                    asked[fulfillment_order.fulfillment_order_id, line.line_number] += line.left
    rest: list[Taking] = []
    for slice_, quantity in units:
        key = (slice_.fulfillment_order_id or case.order_id, slice_.line_number)
        spent = min(quantity, asked[key])
        asked[key] -= spent
        if quantity > spent:
            rest.append((slice_, quantity - spent))
    return rest


def leave_node(
    flow: FlowContext,
    case: Case,
    fulfillment_order_id: UUID,
    units: Sequence[Taking],
    cause: UUID,
    at: Instant,
    *,
    answering: UUID | None = None,
) -> tuple[FulfillmentLine, ...]:
    """Has units leave their node's work: CANCELED as far as the node was asked for that, OPEN otherwise.

    Returns the units that are to be sourced again. `answering` is the request that they leave for, if any.
    """
    canceled, again = _claimed(case, fulfillment_order_id, units, answering)
    case.move(again, SliceAction.SHORT, cause, at, at_node(None))
    cancel_units(case, flow.network.channel(case.order.channel_id), canceled, "canceled at the node", flow.at)
    _end_given_up(case, fulfillment_order_id, at)
    drop_unused(case)
    heard(case, fulfillment_order_id, flow.at)
    if again:
        case.task(ReleaseOrder(case.order_id))
    return by_line(again)


def answered(request: NodeRequest, action: RequestAction, at: Instant) -> NodeRequest:
    """A request after an action; one that has its answer stays as it is."""
    state = REQUEST_TRANSITIONS.get((request.state, action))
    return replace(request, state=state, answered_at=at) if state else request


def put_request(case: Case, fulfillment_order_id: UUID, request: NodeRequest) -> None:
    """Adds a request to its fulfillment order, or replaces it by its new self."""
    fulfillment_order = case.fulfillment_order(fulfillment_order_id)
    known = [one.request_id for one in fulfillment_order.requests]
    requests = [request if one.request_id == request.request_id else one for one in fulfillment_order.requests]
    added = requests if request.request_id in known else [*requests, request]
    case.put_fulfillment_order(replace(fulfillment_order, requests=tuple(added)))


def _end_given_up(case: Case, fulfillment_order_id: UUID, at: Instant) -> None:
    """Ends requests of a fulfillment order of which the node has given up all units: nothing is left to be answered."""
    at_the_node = {slice_.line_number for slice_ in case.slices if worked_at(fulfillment_order_id)(slice_)}
    for request in case.fulfillment_order(fulfillment_order_id).requests:
        over = not any(line.line_number in at_the_node for line in request.lines)
        settled = request.kind is RequestKind.GIVE_BACK or not request.left
        if request.state in UNANSWERED and over and settled:
            accept(case, fulfillment_order_id, request, at)


def accept(case: Case, fulfillment_order_id: UUID, request: NodeRequest, at: Instant) -> None:
    """Ends a request as accepted, and with it the wait for an answer and what was said when none came."""
    put_request(case, fulfillment_order_id, answered(request, RequestAction.ACCEPT, at))
    case.clear_timer(NodeAnswerDue, request.request_id)
    case.resolve_exception(ExceptionReason.CANCEL_REFUSED, str(request.request_id))


def request_of(fulfillment_order: FulfillmentOrder, request_id: UUID) -> NodeRequest | None:
    """One request of a fulfillment order."""
    return next((one for one in fulfillment_order.requests if one.request_id == request_id), None)


def _claimed(
    case: Case, fulfillment_order_id: UUID, units: Sequence[Taking], answering: UUID | None
) -> tuple[list[Taking], list[Taking]]:
    """Units that unanswered requests want canceled, counted off there; and the other units."""
    canceled: list[Taking] = []
    again: list[Taking] = []
    for slice_, quantity in units:
        wanted = _count_off(case, fulfillment_order_id, slice_.line_number, quantity, answering)
        canceled += [(slice_, wanted)] if wanted else []
        again += [(slice_, quantity - wanted)] if quantity > wanted else []
    return canceled, again


def _count_off(case: Case, fulfillment_order_id: UUID, line_number: int, quantity: int, answering: UUID | None) -> int:
    """Takes up to so many units of a line off what is left of requests to cancel: the one that is answered, then the
    oldest. Returns how many.
    """
    taken = 0
    requests = case.fulfillment_order(fulfillment_order_id).requests
    for request in sorted(requests, key=lambda one: one.request_id != answering):
        if request.kind is not RequestKind.CANCEL or request.state not in UNANSWERED:
            continue
        lines = []
        for line in request.lines:
            off = min(line.left, quantity - taken) if line.line_number == line_number else 0
            taken += off
            lines.append(replace(line, left=line.left - off))
        put_request(case, fulfillment_order_id, replace(request, lines=tuple(lines)))
    return taken
