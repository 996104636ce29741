"""Records that customers withdrew from orders: cancels what has not left, opens the return of what was delivered.

A statement ends the contract whatever becomes of the goods, so units under way are taken too: an exception names them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Final
from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace

from hub.cases import outgoing
from hub.cases.context import FlowContext
from hub.cases.deadlines import WITHDRAWAL_REFUND
from hub.cases.fulfillment.endings import by_line, cancel_units
from hub.cases.fulfillment.node_requests import ask_nodes, unasked
from hub.cases.returns.permissions import case_of, ordered_line, stranger, strangers
from hub.cases.returns.return_cases import ReturnCase, Returning, begin, load_orders, reopen, save_returning
from hub.cases.returns.routing import route_together
from hub.cases.returns.withdrawal_rights import WithdrawalRight, right_of
from hub.cases.stock import stock
from hub.catalog import operations as catalog
from hub.catalog.model import Item
from hub.exceptions.model import ExceptionReason
from hub.fulfillment.lifecycle import RequestKind
from hub.kernel.errors import Refusal
from hub.kernel.ids import derived
from hub.kernel.instant import iso
from hub.messages.events.returns import OrderWithdrawn
from hub.messages.notice import Template
from hub.messages.timers import RefundDue
from hub.returns import operations as returns
from hub.returns.errors import WithdrawalNotPossible
from hub.returns.lifecycle import ReturnState
from hub.returns.model import (
    Reason,
    Resolution,
    Return,
    ReturnLine,
    ShippingRefund,
    Withdrawal,
    WithdrawnLine,
)
from hub.returns.policy.withdrawals import Information, receipt
from hub.slices.lifecycle import AT_NODE, SliceAction
from hub.slices.policy import Taking, first, of_line

FLOW: Final = "confirm_withdrawals"
POLICY: Final = "withdrawal"
"""Names the terms of a return that a withdrawal opens: those of the law, not of a return policy."""
_TRANSIT: Final = timedelta(days=14)
"""Goods that were sent back in time may be so long on their way."""


class WithdrawalDraft(Struct, frozen=True):
    """A withdrawal as the customer confirms it: (line number, quantity) each, none means all that is possible."""

    order_id: UUID
    customer_email: str
    lines: tuple[tuple[int, int], ...]
    information: Information

    def __repr__(self) -> str:
        return f"WithdrawalDraft(order_id={self.order_id!r}, lines={self.lines!r})"


async def confirm_withdrawals(flow: FlowContext, drafts: Sequence[WithdrawalDraft]) -> list[Withdrawal | Refusal]:
    """Takes withdrawals in order, each whole or not at all.

    Refuses ORDER_NOT_FOUND, ORDER_LINE_NOT_FOUND, CUSTOMER_MISMATCH, WITHDRAWAL_RULE_MISSING, WITHDRAWAL_NOT_POSSIBLE.
    """
    returning = await load_orders(flow, FLOW, [draft.order_id for draft in drafts])
    cases = {order_id: found.case for order_id, found in returning.cases.items()}
    items = await catalog.load(flow.tx, sorted({line.sku for case in cases.values() for line in case.order.lines}))
    strange = await strangers(flow, [(one.order_id, one.customer_email) for one in drafts], cases)
    answers: list[Withdrawal | Refusal] = []
    for index, draft in enumerate(drafts):
        try:
            case = case_of(cases, draft.order_id)
            if index in strange:
                raise stranger(draft.order_id)
            right = right_of(flow, case, items, draft.information)
            lines = _withdrawn(draft, returning.cases[draft.order_id], right)
            answers.append(_confirmed(flow, returning, right, lines, items))
        except Refusal as refusal:
            answers.append(refusal)
    await stock.settle(flow, [case for case in cases.values() if case.effects.moves])
    await returns.add_withdrawals(flow.tx, [one for one in answers if isinstance(one, Withdrawal)])
    await save_returning(flow, FLOW, returning)
    return answers


def _withdrawn(draft: WithdrawalDraft, found: ReturnCase, right: WithdrawalRight) -> tuple[WithdrawnLine, ...]:
    """The units of a draft; raises OrderLineNotFound, and WithdrawalNotPossible with what can be done instead."""
    possible = {line.line_number: line for line in right.lines}
    wanted: dict[int, int] = {}
    for line_number, quantity in draft.lines or [(line.line_number, line.quantity) for line in right.lines]:
        ordered_line(found.case, line_number)
        wanted[line_number] = wanted.get(line_number, 0) + quantity
    facts = {"order_id": draft.order_id}
    for line_number, quantity in wanted.items():
        exemption = possible[line_number].exemption
        if exemption is not None and draft.lines:
            raise WithdrawalNotPossible(
                f"Line {line_number} is exempt ({exemption.source}, {exemption.article}): {exemption.sentence}", **facts
            )
        if quantity > possible[line_number].quantity:
            raise WithdrawalNotPossible(
                f"Line {line_number} has {possible[line_number].quantity} units to withdraw from, not {quantity}; the"
                " others were canceled or come back already.",
                **facts,
            )
    if not right.open:
        raise WithdrawalNotPossible(
            "The period is over, or nothing is left to withdraw from; see GetWithdrawalRight, and ask for a return"
            " instead (AuthorizeReturns).",
            **facts,
        )
    skus = {line.line_number: line.sku for line in right.lines}
    return tuple(WithdrawnLine(number, units, skus[number]) for number, units in wanted.items() if units)


def _confirmed(
    flow: FlowContext,
    returning: Returning,
    right: WithdrawalRight,
    lines: Sequence[WithdrawnLine],
    items: Mapping[str, Item],
) -> Withdrawal:
    found, rule = returning.cases[right.order_id], right.rule
    case = found.case
    refund_by = flow.at + timedelta(days=rule.refund_days)
    withdrawal = Withdrawal(
        withdrawal_id=derived(case.order_id, "withdrawal", case.order.version),
        order_id=case.order_id,
        lines=tuple(lines),
        stated_at=flow.at,
        refund_by=refund_by,
        receipt=receipt(case.order.channel_reference, lines, rule, flow.at, refund_by),
    )
    quantity = sum(line.quantity for line in lines)
    reopen(case, withdrawal.withdrawal_id, flow.at)
    case.happened(OrderWithdrawn(withdrawal_id=withdrawal.withdrawal_id, quantity=quantity), flow.at)
    channel = flow.network.channel(case.order.channel_id)
    values = {"state_time": iso(flow.at), "refund_time": iso(refund_by)}
    outgoing.notify(case, channel, Template.WITHDRAWAL_CONFIRMED, withdrawal.withdrawal_id, values)
    to_cancel = [taking for line in lines for taking in _cancelable(found, line)]
    to_return = [taking for line in lines for taking in _returnable(found, line, to_cancel)]
    return_id = _opened(flow, returning, found, to_return, items)
    if return_id is not None:
        case.set_timer(RefundDue(return_id, refund_by - WITHDRAWAL_REFUND.span))
    under_way = quantity - sum(units for _, units in [*to_cancel, *to_return])
    if under_way:
        _name_under_way(found, withdrawal, under_way)
    requested = ask_nodes(flow, case, [one for one in to_cancel if one[0].state in AT_NODE], RequestKind.CANCEL)
    free = [one for one in to_cancel if one[0].state not in AT_NODE]
    canceled = cancel_units(case, channel, free, "withdrawn by the customer", flow.at)
    return replace(withdrawal, canceled=canceled, requested=requested, under_way=under_way, return_id=return_id)


def _cancelable(found: ReturnCase, line: WithdrawnLine) -> list[Taking]:
    """Units of a line that have not left, and that no node is asked to cancel yet."""
    able = found.case.taking(SliceAction.CANCEL, where=of_line(line.line_number))
    return first(unasked(found.case, able, RequestKind.CANCEL), line.quantity)


def _returnable(found: ReturnCase, line: WithdrawnLine, canceled: Sequence[Taking]) -> list[Taking]:
    """Units of a line that the customer has, as far as those canceled are not all."""
    left = line.quantity - sum(units for slice_, units in canceled if slice_.line_number == line.line_number)
    return found.case.taking(SliceAction.AUTHORIZE_RETURN, left, where=of_line(line.line_number))


def _opened(
    flow: FlowContext, returning: Returning, found: ReturnCase, takings: list[Taking], items: Mapping[str, Item]
) -> UUID | None:
    """Opens the return of units that the customer has, on the terms of the law; None where there are none."""
    if not takings:
        return None
    case = found.case
    rma = Return(
        return_id=derived(case.order_id, "return", case.order.version),
        order_id=case.order_id,
        state=ReturnState.AUTHORIZED,
        lines=tuple(
            ReturnLine(one.line_number, one.quantity, one.sku, Reason.CHANGED_MIND) for one in by_line(takings)
        ),
        resolution=Resolution.REFUND,
        policy_id=POLICY,
        policy_version=0,
        created_at=flow.at,
        return_by=flow.at + timedelta(days=14) + _TRANSIT,
        shipping=ShippingRefund.WHEN_ALL_RETURNED,
    )
    node_id, routes = route_together(flow, case, rma, items)
    returning.routes.extend(routes)
    begin(found, replace(rma, node_id=node_id), takings, flow.at)
    return rma.return_id


def _name_under_way(found: ReturnCase, withdrawal: Withdrawal, units: int) -> None:
    detail = f"The customer withdrew from {units} units that are under way. Open their return when they have arrived."
    found.case.open_exception(
        ExceptionReason.WITHDRAWN_UNDER_WAY, str(withdrawal.withdrawal_id), detail, None, withdrawal.stated_at
    )
