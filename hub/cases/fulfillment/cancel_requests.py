"""Asking nodes to give back units that they work: to cancel them, or to ship them from elsewhere. Their answer decides.

No answer by the deadline counts as a refusal.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Final
from uuid import UUID

from msgspec.structs import replace

from hub.cases import outgoing
from hub.cases.case import Case
from hub.cases.context import FlowContext
from hub.cases.fulfillment.endings import by_line
from hub.fulfillment.lifecycle import RequestState
from hub.messages.events.fulfillment import CancelRequested, UnitsAskedBack
from hub.messages.timers import CancelDeadline
from hub.slices.policy import Taking

ANSWER_DEADLINE: Final = timedelta(minutes=60)
"""Time a node has to answer a request to cancel, in business time (scenario 6)."""


def asked_already(case: Case) -> set[UUID]:
    """Fulfillment orders whose nodes owe an answer."""
    return {
        fulfillment_order.fulfillment_order_id
        for fulfillment_order in case.fulfillment_orders
        if fulfillment_order.cancel_lines
    }


def ask_nodes(flow: FlowContext, case: Case, worked: Sequence[Taking], *, source_again: bool = False) -> int:
    """Asks the nodes that work units to give them back; answers how many units."""
    for identity in sorted({slice_.fulfillment_order_id for slice_, _ in worked if slice_.fulfillment_order_id}):
        lines = by_line(taking for taking in worked if taking[0].fulfillment_order_id == identity)
        one = replace(
            case.fulfillment_order(identity),
            request_state=RequestState.CANCEL_REQUESTED,
            cancel_lines=lines,
            source_again=source_again,
        )
        case.put_fulfillment_order(one)
        quantity = sum(line.quantity for line in lines)
        event = UnitsAskedBack if source_again else CancelRequested
        case.happened(event(fulfillment_order_id=identity, node_id=one.node_id, quantity=quantity), flow.at)
        outgoing.cancel(case, one)
        case.set_timer(CancelDeadline(identity, flow.at + ANSWER_DEADLINE))
    return sum(quantity for _, quantity in worked)
