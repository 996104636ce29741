"""Confirms orders: takes the answers of payment, fraud and tax partners; PLACED -> CONFIRMED once all have passed.

A confirmed order is handed over to its nodes at once where all its units are reserved; else a task chooses nodes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

from msgspec import Struct

from hub.cases import outgoing
from hub.cases.case import Case
from hub.cases.context import FlowContext
from hub.cases.fulfillment.endings import reject
from hub.cases.fulfillment.hand_over import hand_over
from hub.cases.holds import hold
from hub.cases.intake.customs import lacks_customs_data
from hub.cases.intake.promises import promise_after_hold
from hub.cases.intake.waiting import held
from hub.cases.partner_answers.authorizations import AuthorizationAnswer, authorized
from hub.cases.stock import stock
from hub.cases.store import Loaded, load, save
from hub.holds.model import HoldType, Operation
from hub.kernel.errors import Refusal
from hub.kernel.instant import Instant
from hub.kernel.money import Money, total
from hub.messages.erp import DocumentKind
from hub.messages.events.orders import FraudScreened, OrderConfirmed, TaxDetermined
from hub.messages.fraud import Advice, Screening
from hub.messages.notice import Template
from hub.messages.tasks import ReleaseOrder
from hub.messages.tax import DeterminedTax
from hub.orders.errors import OrderNotFound
from hub.orders.lifecycle import ENDED, OrderAction, OrderState
from hub.orders.model import Check, CheckState
from hub.orders.policy import after, checked, confirmable, sale_tax
from hub.slices.lifecycle import WAITING
from hub.slices.policy import units
from hub.trade.model import TaxRecord
from hub.trade.policy import flaws

FLOW = "confirm_orders"


class ScreeningAnswer(Struct, frozen=True):
    """What a fraud screening said of an order."""

    order_id: UUID
    screening: Screening


class TaxAnswer(Struct, frozen=True):
    """What a tax engine determined for an order, or the code with which it refused."""

    order_id: UUID
    taxes: tuple[DeterminedTax, ...]
    refused: str = ""


Answer = AuthorizationAnswer | ScreeningAnswer | TaxAnswer


async def confirm_orders(flow: FlowContext, order_ids: Sequence[UUID]) -> list[Case | Refusal]:
    """Confirms the orders for which nothing is open; the others stay as they are."""
    loaded = await load(flow, FLOW, order_ids)
    for case in loaded.cases.values():
        _confirm_if_ready(flow, case)
    return await _saved(flow, loaded, order_ids)


async def take_answers(flow: FlowContext, answers: Sequence[Answer]) -> list[Case | Refusal]:
    """Takes partners' answers, each once: a late or repeated one changes nothing; confirms what became ready."""
    loaded = await load(flow, FLOW, [answer.order_id for answer in answers])
    for answer in answers:
        if case := loaded.cases.get(answer.order_id):
            _take(flow, case, answer)
            _confirm_if_ready(flow, case)
    return await _saved(flow, loaded, [answer.order_id for answer in answers])


async def _saved(flow: FlowContext, loaded: Loaded, order_ids: Sequence[UUID]) -> list[Case | Refusal]:
    await stock.settle(flow, [case for case in loaded.cases.values() if case.effects.moves])
    await save(flow, FLOW, loaded)
    return [loaded.cases.get(order_id) or _unknown(order_id) for order_id in order_ids]


def _unknown(order_id: UUID) -> OrderNotFound:
    return OrderNotFound(f"There is no order {order_id}.", order_id=order_id)


def _take(flow: FlowContext, case: Case, answer: Answer) -> None:
    if isinstance(answer, AuthorizationAnswer):
        authorized(case, flow.network.channel(case.order.channel_id), answer, flow.at)
    elif isinstance(answer, ScreeningAnswer):
        _screened(flow, case, answer.screening)
    else:
        _taxed(case, answer, flow.at)


def _screened(flow: FlowContext, case: Case, screening: Screening) -> None:
    if case.order.checks.get(Check.FRAUD) is not CheckState.PENDING:
        return
    passed = CheckState.FAILED if screening.advice is Advice.REJECT else CheckState.PASSED
    case.order = checked(case.order, Check.FRAUD, passed)
    case.happened(FraudScreened(advice=screening.advice.value, score=screening.score), flow.at)
    if case.order.state is not OrderState.PLACED:
        return
    if screening.advice is Advice.REJECT:
        reject(case, flow.network.channel(case.order.channel_id), "fraud screening", flow.at)
    elif screening.advice is Advice.REVIEW:
        hold(case, HoldType.FRAUD, f"screening scored {screening.score} of 100", flow.at)


def _taxed(case: Case, answer: TaxAnswer, at: Instant) -> None:
    """Records what was determined; what cannot be the tax of the order, or was refused, holds it instead."""
    if case.order.checks.get(Check.TAX) is not CheckState.PENDING:
        return
    case.order = checked(case.order, Check.TAX, CheckState.PASSED)
    why = f"refused the order: {answer.refused}" if answer.refused else "; ".join(flaws(_taxable(case), answer.taxes))
    if why:
        if case.order.state not in ENDED:
            hold(case, HoldType.TAX, f"the tax engine {why if answer.refused else f'erred: {why}'}", at)
        return
    currency = case.order.currency
    stated = sale_tax(case.order)
    determined = total([tax.tax for tax in answer.taxes], currency)
    case.happened(TaxDetermined(stated=Money(stated, currency), determined=determined), at)
    case.effects.taxes += [TaxRecord(case.order_id, number, rate, tax, at) for number, rate, tax in _by_line(answer)]


def _taxable(case: Case) -> dict[int, Money]:
    """What each line of an order costs with its tax on the sale; all charges together are line 0."""
    order = case.order
    costs = {line.line_number: line.total_minor - line.import_minor for line in order.lines}
    if order.charges:
        costs[0] = sum(charge.total_minor for charge in order.charges)
    return {number: Money(minor, order.currency) for number, minor in costs.items()}


def _by_line(answer: TaxAnswer) -> list[tuple[int, str, int]]:
    summed: dict[int, tuple[str, int]] = {}
    for tax in answer.taxes:
        _, before = summed.get(tax.line_number, ("", 0))
        summed[tax.line_number] = (tax.rate, before + tax.tax.minor)
    return [(number, rate, tax) for number, (rate, tax) in sorted(summed.items())]


def _confirm_if_ready(flow: FlowContext, case: Case) -> None:
    if case.order.state is not OrderState.PLACED or not confirmable(case.order) or case.blocked(Operation.RELEASE):
        return
    case.order = after(case.order, OrderAction.CONFIRM)
    case.happened(OrderConfirmed(), flow.at)
    promise_after_hold(flow, case)
    channel = flow.network.channel(case.order.channel_id)
    outgoing.acknowledge(case, channel)
    outgoing.post_to_erp(case, channel, DocumentKind.ORDER, case.order_id, outgoing.order_lines(case))
    outgoing.notify(case, channel, Template.ORDER_CONFIRMED, case.order_id, _totals(case))
    looked_at = lacks_customs_data(flow, case) or channel.screening_terms is not None
    if held(case) or units(case.slices, WAITING) or looked_at:
        case.task(ReleaseOrder(case.order_id))
    else:
        hand_over(flow, case)


def _totals(case: Case) -> Mapping[str, str]:
    return {
        "total": str(Money(case.order.total_minor, case.order.currency)),
        "placed_time": case.order.placed_at.isoformat(),
    }
