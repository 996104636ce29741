"""Taking goods back as they come: what a receipt means for a return, its units, its customer's money, and other goods.

A return that came alone and one that came in a tote are received by the same words; the flows that take receipts call
`receive` on cases they have loaded, and have kept what no return expects.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Final
from uuid import UUID

from msgspec.structs import replace

from hub.cases.context import FlowContext
from hub.cases.deadlines import LATE_RETURN
from hub.cases.fulfillment.endings import end_if_done
from hub.cases.plausibility import refuse_before_left, refuse_implausible
from hub.cases.returns.credits import credit_units
from hub.cases.returns.repeated_reports import repeats
from hub.cases.returns.return_cases import ReturnCase, finish_exchange, in_return, reopen
from hub.exceptions.model import ExceptionReason
from hub.messages.events.returns import ReturnAuthorized, ReturnClosed, ReturnReceived, UnitsReceived
from hub.messages.timers import RefundDue, ReturnDeadline
from hub.network.errors import UnknownNode
from hub.returns.errors import UnitsNotExpected
from hub.returns.lifecycle import OPEN, ReturnAction, ReturnState
from hub.returns.model import Outcome, Receipt, Received, Unexpected
from hub.returns.policy.credits import credited_outcome
from hub.slices.lifecycle import COMING_BACK, SliceAction, SliceState
from hub.slices.policy import Taking, of_line

_ACTIONS: Final = {
    Outcome.AS_EXPECTED: SliceAction.RECEIVE_BACK,
    Outcome.LOST_IN_TRANSIT: SliceAction.LOSE,
    Outcome.KEPT_BY_CUSTOMER: SliceAction.KEEP,
    Outcome.NOT_RETURNED: SliceAction.END_RETURN,
}
"""What an outcome does to units; the other outcomes leave them where they are and become exceptions."""

_OTHERS: Final = frozenset({Outcome.WRONG_ITEM, Outcome.OVER})
"""Outcomes under which goods came that no return expects."""


def receive(flow: FlowContext, found: ReturnCase, receipt: Receipt) -> list[Unexpected]:
    """Takes a receipt whole or not at all; a known reference changes nothing. Answers goods that no return expects.

    Refuses RETURN_ACTION_NOT_ALLOWED, INSTANT_IMPLAUSIBLE, UNITS_NOT_EXPECTED, UNKNOWN_NODE, REFERENCE_REUSED.
    """
    rma = found.returns[receipt.return_id]
    if repeats(rma.received, receipt):
        return []
    refuse_untimely(flow, found, receipt)
    require_node(flow, receipt.node_id)
    wanted = Counter[tuple[int, Outcome]]()
    for unit in receipt.units:
        wanted[unit.line_number, unit.outcome] += unit.quantity
    for (line_number, outcome), quantity in wanted.items():
        _require_expected(flow, found, receipt, line_number, outcome, quantity)
    moving = {key: quantity for key, quantity in wanted.items() if key[1] in _ACTIONS}
    if moving:
        if rma.state is ReturnState.EXPIRED:
            _take_up_again(flow, found, rma.return_id, moving)
        rma = found.act(receipt.return_id, ReturnAction.RECEIVE)
    found.put(replace(rma, received=(*rma.received, *receipt.units)))
    _move(found, receipt, moving)
    for unit in receipt.units:
        if unit.outcome is Outcome.SHORT:
            _short(flow, found, receipt, unit)
    credited: Counter[int] = Counter()
    for (line_number, outcome), quantity in moving.items():
        credited[line_number] += quantity if credited_outcome(outcome) else 0
    credit_units(flow, found, receipt.return_id, +credited)
    close_if_done(flow, found, receipt.return_id)
    return [_unexpected(found, receipt, unit) for unit in receipt.units if unit.outcome in _OTHERS]


def refuse_untimely(flow: FlowContext, found: ReturnCase, receipt: Receipt) -> None:
    """Raises InstantImplausible for a receipt of when its units cannot have come."""
    refuse_implausible(found.case, receipt.occurred_at, flow.at)
    refuse_before_left(found.case, receipt.occurred_at, {unit.line_number for unit in receipt.units})


def _require_expected(
    flow: FlowContext, found: ReturnCase, receipt: Receipt, line_number: int, outcome: Outcome, quantity: int
) -> None:
    """Raises UnitsNotExpected where fewer units are expected, and opens an exception where goods have come."""
    action = _ACTIONS.get(outcome)
    if action is None:
        return
    have = sum(count for _, count in _expected(found, receipt.return_id, line_number, action))
    if have >= quantity:
        return
    if outcome is Outcome.AS_EXPECTED:
        subject = f"{receipt.return_id}/{receipt.reference}/{line_number}"
        detail = f"{quantity} units of line {line_number} came to {receipt.node_id}, but {have} are expected."
        found.case.open_exception(ExceptionReason.RETURN_UNEXPECTED, subject, detail, None, flow.at)
    raise UnitsNotExpected(
        f"{have} units of line {line_number} are expected, the receipt names {quantity}; report what the return names"
        " as AS_EXPECTED and the rest as OVER.",
        return_id=receipt.return_id,
        line_number=line_number,
        possible=have,
    )


def _expected(found: ReturnCase, return_id: UUID, line_number: int, action: SliceAction) -> list[Taking]:
    """Units of a return that can take an action; of one that had expired, those it named and the customer has."""
    rma = found.returns[return_id]
    if rma.state is not ReturnState.EXPIRED:
        return found.taking(action, return_id, line_number)
    line = rma.line(line_number)
    return found.case.taking(SliceAction.AUTHORIZE_RETURN, line.quantity if line else 0, where=of_line(line_number))


def _take_up_again(
    flow: FlowContext, found: ReturnCase, return_id: UUID, moving: Mapping[tuple[int, Outcome], int]
) -> None:
    """A return that had expired goes on, as its units came after all."""
    case = found.case
    reopen(case, return_id, flow.at)
    cause = case.happened(ReturnAuthorized(return_id=return_id, quantity=sum(moving.values())), flow.at)
    for (line_number, _), quantity in moving.items():
        units = case.taking(SliceAction.AUTHORIZE_RETURN, quantity, where=of_line(line_number))
        case.move(units, SliceAction.AUTHORIZE_RETURN, cause, flow.at, in_return(return_id))
    case.set_timer(ReturnDeadline(return_id, flow.at + LATE_RETURN.span))


def _move(found: ReturnCase, receipt: Receipt, moving: Mapping[tuple[int, Outcome], int]) -> None:
    cause = found.case.happened(
        ReturnReceived(
            return_id=receipt.return_id,
            node_id=receipt.node_id,
            reference=receipt.reference,
            quantity=sum(unit.quantity for unit in receipt.units if unit.outcome is Outcome.AS_EXPECTED),
            outcomes=tuple(
                UnitsReceived(line_number=unit.line_number, quantity=unit.quantity, outcome=unit.outcome.value)
                for unit in receipt.units
            ),
        ),
        receipt.occurred_at,
    )
    for (line_number, outcome), quantity in moving.items():
        action = _ACTIONS[outcome]
        units = found.taking(action, receipt.return_id, line_number, quantity)
        place = in_return(None if outcome is Outcome.NOT_RETURNED else receipt.return_id)
        found.case.move(units, action, cause, receipt.occurred_at, place)


def _short(flow: FlowContext, found: ReturnCase, receipt: Receipt, received: Received) -> None:
    detail = (
        f"{received.quantity} units of line {received.line_number} were announced"
        f" but did not come to {receipt.node_id}."
    )
    subject = f"{receipt.return_id}/{receipt.reference}/{received.entry_number}"
    found.case.open_exception(ExceptionReason.RETURN_UNEXPECTED, subject, detail, None, flow.at)


def _unexpected(found: ReturnCase, receipt: Receipt, received: Received) -> Unexpected:
    line = found.case.order.line(received.line_number)
    return Unexpected(
        reference=f"{receipt.return_id}/{receipt.reference}/{received.entry_number}",
        node_id=receipt.node_id,
        sku=received.found_sku or (line.sku if line and received.outcome is Outcome.OVER else ""),
        quantity=received.quantity,
        why=received.outcome.value,
        at=receipt.occurred_at,
        return_id=receipt.return_id,
        order_id=found.case.order_id,
    )


def close_if_done(flow: FlowContext, found: ReturnCase, return_id: UUID) -> None:
    """Closes a return once none of its units is on its way or waits for a decision, and the order with it."""
    waiting = COMING_BACK | {SliceState.RETURN_RECEIVED}
    own = [slice_ for slice_ in found.case.slices if slice_.return_id == return_id and slice_.state in waiting]
    if own or found.returns[return_id].state not in OPEN:
        return
    found.act(return_id, ReturnAction.CLOSE)
    found.case.happened(ReturnClosed(return_id=return_id), flow.at)
    found.case.clear_timer(ReturnDeadline, return_id)
    found.case.clear_timer(RefundDue, return_id)
    for reason in (ExceptionReason.RETURN_OVERDUE, ExceptionReason.WITHDRAWAL_REFUND_DUE):
        found.case.resolve_exception(reason, str(return_id))
    finish_exchange(found, return_id)
    end_if_done(found.case, flow.network.channel(found.case.order.channel_id), flow.at)


def require_node(flow: FlowContext, node_id: str) -> None:
    """Raises UnknownNode for a node that is not in the network or that the caller does not work at."""
    flow.network.node(node_id)
    if not flow.scope.sees(node_id=node_id):
        raise UnknownNode(f"Node {node_id} is not a node that you work at.", node_id=node_id)
