"""Waits until documents are read, and tells what became of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from threading import Event
from typing import Final

from crossdock.inbox.v1 import inbox_pb2
from crossdock.orders.v1 import order_service_pb2, orders_pb2
from hub.app.cli import wording
from hub.app.cli.output import Output, Step
from hub.app.client import REFUSED, HubClient, HubError

_LOOK_SECONDS: Final = 0.1
_STATE: Final = "DOCUMENT_STATE_"


def read_within(
    hub: HubClient, documents: Sequence[inbox_pb2.Document], seconds: float, step: Step, *, reads: int = 1
) -> list[inbox_pb2.Document]:
    """The documents once each was read `reads` times. Raises HubError when that takes longer than `seconds`."""
    waited, done = 0.0, []
    for document in documents:
        seen = document
        while seen.read_count < reads or seen.state == inbox_pb2.DOCUMENT_STATE_RECEIVED:
            if waited > seconds:
                told = (
                    f"{seen.name or seen.document_id} was not read within {seconds:g} seconds. It is kept and will be;"
                )
                raise HubError("NOT_READ_YET", f"{told} look again with `crossdock inbox {seen.document_id}`.")
            Event().wait(_LOOK_SECONDS)
            waited += _LOOK_SECONDS
            request = inbox_pb2.GetDocumentRequest(document_id=seen.document_id)
            seen = hub.call(hub.inbox.GetDocument, request).document
        done.append(seen)
        step.on(what=f"read {seen.name}")
    return done


def tell(hub: HubClient, output: Output, documents: Sequence[inbox_pb2.Document]) -> int:
    """Prints what became of documents: orders made, problems with place and reason; answers the exit code."""
    troubled = any(document.state == inbox_pb2.DOCUMENT_STATE_PROBLEM for document in documents)
    if output.as_json:
        output.json({"documents": list(documents)})
        return REFUSED if troubled else 0
    rows = [
        (document.name or document.document_id, state_of(document), len(document.order_ids), len(document.problems))
        for document in documents
    ]
    output.table(("DOCUMENT", "STATE", "ORDERS#", "PROBLEMS#"), rows)
    made = [(document, order_id) for document in documents for order_id in document.order_ids]
    if made:
        output.say("")
        columns = ("ORDER", "REFERENCE", "TOTAL", "STATE", "HOLD", "FROM")
        output.table(columns, _ordered(made, lambda order_id: _order(hub, order_id)))
    problems = [(document, problem) for document in documents for problem in document.problems]
    if problems:
        output.say("")
        output.table(("DOCUMENT", "PLACE", "FIELD", "REASON"), [_problem(one, problem) for one, problem in problems])
        output.say("After the fix: crossdock inbox DOCUMENT --replay takes in what was left out.")
    return REFUSED if troubled else 0


def state_of(document: inbox_pb2.Document) -> str:
    """The state of a document, short."""
    return wording.state(inbox_pb2.DocumentState, document.state, _STATE)


def holds_of(order: orders_pb2.Order) -> str:
    """The reasons of an order's active holds."""
    active = [hold for hold in order.holds if hold.status == orders_pb2.HOLD_STATUS_ACTIVE]
    return "; ".join(f"{wording.state(orders_pb2.HoldType, hold.type, 'HOLD_TYPE_')}: {hold.reason}" for hold in active)


def _ordered(
    made: Sequence[tuple[inbox_pb2.Document, str]], order_of: Callable[[str], orders_pb2.Order]
) -> list[tuple[str, ...]]:
    rows: list[tuple[str, ...]] = []
    for document, order_id in made:
        order = order_of(order_id)
        state = wording.state(orders_pb2.OrderState, order.state, "ORDER_STATE_")
        total = wording.money(order.grand_total)
        rows.append((order_id, order.channel_reference, total, state, holds_of(order), document.name))
    return rows


def _order(hub: HubClient, order_id: str) -> orders_pb2.Order:
    order: orders_pb2.Order = hub.call(hub.orders.GetOrder, order_service_pb2.GetOrderRequest(order_id=order_id)).order
    return order


def _problem(document: inbox_pb2.Document, problem: inbox_pb2.Problem) -> tuple[str, ...]:
    return document.name or document.document_id, problem.location, problem.field, problem.reason
