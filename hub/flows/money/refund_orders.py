"""Gives customers money back: appeasements without goods, and what a lifted hold or a late answer lets through."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from msgspec import Struct

from hub.cases.case import Case
from hub.cases.context import FlowContext
from hub.cases.fulfillment.endings import end_if_done
from hub.cases.money.refunds import grant
from hub.cases.returns.credits import credit_shipping, require_paid
from hub.cases.returns.permissions import case_of
from hub.cases.returns.return_cases import ReturnCase, Returning, load_orders, reopen, save_returning
from hub.holds.errors import BlockedByHold
from hub.holds.model import Operation
from hub.kernel.errors import CurrencyMismatch, Refusal
from hub.kernel.ids import derived
from hub.kernel.money import Money
from hub.kernel.scope import Role
from hub.payments.model import TransactionKind
from hub.payments.policy import paid_in_all
from hub.returns.errors import AppeasementLimit
from hub.returns.model import Credit, CreditKind, CreditLine, CreditRequest, Resolution

FLOW = "refund_orders"


class Credited(Struct, frozen=True):
    """A case after a credit."""

    case: Case
    credit: Credit


async def grant_credits(flow: FlowContext, requests: Sequence[CreditRequest]) -> list[Credited | Refusal]:
    """Takes requests in order.

    Refuses ORDER_NOT_FOUND, CREDIT_EXCEEDS_PAID, CURRENCY_MISMATCH, BLOCKED_BY_HOLD, APPEASEMENT_LIMIT.
    """
    returning = await load_orders(flow, FLOW, [one.order_id for one in requests])
    answers: list[Credited | Refusal] = []
    for request in requests:
        try:
            answers.append(_granted(flow, returning, request))
        except Refusal as refusal:
            answers.append(refusal)
    await save_returning(flow, FLOW, returning)
    return answers


async def refund_shipping(flow: FlowContext, order_ids: Sequence[UUID]) -> list[None]:
    """Gives shipping back of orders whose goods all came back, where their last return's policy says so; once."""
    returning = await load_orders(flow, FLOW, order_ids)
    for found in returning.cases.values():
        if credit := credit_shipping(flow, found):
            reopen(found.case, credit.credit_id, flow.at)
            end_if_done(found.case, flow.network.channel(found.case.order.channel_id), flow.at)
    await save_returning(flow, FLOW, returning)
    return [None] * len(order_ids)


def _granted(flow: FlowContext, returning: Returning, request: CreditRequest) -> Credited:
    case = case_of({order_id: one.case for order_id, one in returning.cases.items()}, request.order_id)
    found = returning.cases[request.order_id]
    if request.currency != case.order.currency:
        raise CurrencyMismatch(
            f"The order was paid in {case.order.currency}; state the credit in that currency.",
            expected=case.order.currency,
            found=request.currency,
        )
    if held := case.blocked(Operation.REFUND):
        raise BlockedByHold(f"A {held.type.value} hold blocks refunds: {held.reason}.", hold_id=held.hold_id)
    require_paid(found, request.amount_minor)
    _require_allowed(flow, found, request.amount_minor)
    credit_id = derived(case.order_id, "credit", case.order.version)
    reopen(case, credit_id, flow.at)
    channel = flow.network.channel(case.order.channel_id)
    by_store = request.resolution is Resolution.STORE_CREDIT
    credit = grant(
        case,
        channel,
        credit_id,
        [CreditLine(CreditKind.APPEASEMENT, request.amount_minor)],
        flow.at,
        reason=request.reason,
        paid_by=[(TransactionKind.STORE_CREDIT, request.amount_minor)] if by_store else [],
    )
    found.credits.append(credit)
    end_if_done(case, channel, flow.at)
    return Credited(case, credit)


def _require_allowed(flow: FlowContext, found: ReturnCase, amount_minor: int) -> None:
    """Raises AppeasementLimit where others than administrators would give more without goods than the channel lets."""
    case = found.case
    percent = flow.network.channel(case.order.channel_id).appeasement_percent
    if not percent or Role.ADMIN in flow.scope.roles:
        return
    given = sum(
        line.amount_minor
        for credit in found.credits
        if credit.return_id is None
        for line in credit.lines
        if line.kind is CreditKind.APPEASEMENT
    )
    possible = max(0, paid_in_all(case.payments) * percent // 100 - given)
    if amount_minor > possible:
        currency = case.order.currency
        raise AppeasementLimit(
            f"Without goods {Money(possible, currency)} more may be given for this order: {percent} percent of what was"
            " paid, in all. Ask an administrator for more.",
            order_id=case.order_id,
            possible_minor=possible,
            currency=currency,
        )
