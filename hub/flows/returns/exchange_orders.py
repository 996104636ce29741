"""Exchanges: ties an order of new demand to the return it came of, and settles it when it is known what came back.

Sent in advance, the new goods leave at once and the customer's instrument guarantees for them; otherwise the order
waits on a hold until the old goods are accepted.
"""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace

from hub.cases.case import Case
from hub.cases.context import FlowContext
from hub.cases.fulfillment.endings import cancel_units, end_if_done
from hub.cases.holds import hold, lift
from hub.cases.money.authorizing import charge_difference
from hub.cases.money.exchanged import go_on_with_exchange, waiting_exchange
from hub.cases.money.money import settle_trade_in
from hub.cases.money.refunds import pay_credits, undo_exchanged
from hub.cases.returns.return_cases import ReturnResult, finish_exchange, load_returns, reopen, save_returning
from hub.cases.stock import stock
from hub.cases.store import load, save
from hub.exceptions.model import ExceptionReason
from hub.holds.model import Hold, HoldStatus, HoldType
from hub.kernel.errors import Refusal
from hub.kernel.instant import Instant
from hub.kernel.money import Money
from hub.messages.events.returns import ExchangePlaced, ExchangeSettled
from hub.messages.tasks import SettleClaim
from hub.network.model import Channel
from hub.orders.lifecycle import ENDED
from hub.payments.model import Holder
from hub.returns.lifecycle import OPEN
from hub.slices.lifecycle import AT_NODE, GONE, SliceAction

FLOW = "exchange_orders"


class Placed(Struct, frozen=True):
    """What became of the new demand of a return: its order, or why there is none."""

    return_id: UUID
    answer: Case | Refusal


class Settlement(Struct, frozen=True):
    """What came back for the order of an exchange, in money and in units: nothing more is to come."""

    order_id: UUID
    accepted_minor: int
    accepted_units: int


class Unused(Struct, frozen=True):
    """What of goods that came back pays for nothing, as what they were exchanged for was canceled."""

    return_id: UUID
    amount_minor: int


async def link_exchanges(flow: FlowContext, placed: Sequence[Placed]) -> list[ReturnResult | Refusal]:
    """Ties orders to their returns; where none could be placed the customer will be refunded, and a person is told."""
    returning = await load_returns(flow, FLOW, [one.return_id for one in placed])
    answers: list[ReturnResult | Refusal] = []
    waiting: list[UUID] = []
    for one in placed:
        found, rma = returning.of(one.return_id), returning.of(one.return_id).returns[one.return_id]
        if rma.claim_id is not None:
            found.case.task(SettleClaim(found.case.order_id, rma.return_id))
        if isinstance(one.answer, Refusal) and rma.claim_id is not None:
            pass  # its units are refunded
        elif isinstance(one.answer, Refusal):
            detail = f"The exchange could not be placed: {one.answer.message} The customer is refunded instead."
            found.case.open_exception(ExceptionReason.RETURN_TO_DECIDE, str(rma.return_id), detail, None, flow.at)
        elif rma.exchange_order_id is None:
            goods = next(known for known in one.answer.payments.instruments if known.holder is Holder.RETURN)
            linked = replace(rma, exchange_order_id=one.answer.order_id, exchange_minor=goods.amount_minor)
            found.put(linked)
            found.case.happened(ExchangePlaced(return_id=rma.return_id, exchange_order_id=one.answer.order_id), flow.at)
            if rma.exchange is not None and not rma.exchange.advance:
                waiting.append(one.answer.order_id)
            if rma.state not in OPEN:
                finish_exchange(found, rma.return_id)
        answers.append(returning.back(one.return_id))
    await save_returning(flow, FLOW, returning)
    await _hold(flow, waiting)
    return answers


async def settle_exchanges(flow: FlowContext, settlements: Sequence[Settlement]) -> list[Case | Refusal]:
    """What came back pays for the new goods, the customer's instrument for the rest."""
    loaded = await load(flow, FLOW, [settlement.order_id for settlement in settlements])
    for settlement in settlements:
        if case := loaded.cases.get(settlement.order_id):
            _settle(flow, case, settlement)
    await stock.settle(flow, [case for case in loaded.cases.values() if case.effects.moves])
    await save(flow, FLOW, loaded)
    return list(loaded.cases.values())


async def refund_unused(flow: FlowContext, unused: Sequence[Unused]) -> list[ReturnResult | Refusal]:
    """Goods that came back and pay for nothing are refunded as if they had never been exchanged."""
    returning = await load_returns(flow, FLOW, [one.return_id for one in unused])
    for one in unused:
        found = returning.of(one.return_id)
        case, channel = found.case, flow.network.channel(found.case.order.channel_id)
        reopen(case, one.return_id, flow.at)
        undo_exchanged(
            case, {credit.credit_id for credit in found.credits_of(one.return_id)}, one.amount_minor, flow.at
        )
        pay_credits(case, channel, flow.at)
        end_if_done(case, channel, flow.at)
    await save_returning(flow, FLOW, returning)
    return [returning.back(one.return_id) for one in unused]


async def _hold(flow: FlowContext, order_ids: Sequence[UUID]) -> None:
    loaded = await load(flow, FLOW, order_ids)
    for case in loaded.cases.values():
        hold(case, HoldType.CUSTOMER_CHANGE, "waits for the goods it is exchanged for", flow.at)
    await save(flow, FLOW, loaded)


def _settle(flow: FlowContext, case: Case, settlement: Settlement) -> None:
    goods = [one.amount_minor for one in case.payments.instruments if one.holder is Holder.RETURN]
    missing = sum(goods) - settlement.accepted_minor
    channel = flow.network.channel(case.order.channel_id)
    case.happened(ExchangeSettled(amount=Money(settlement.accepted_minor, case.order.currency)), flow.at)
    settle_trade_in(case, settlement.accepted_minor, flow.at)
    held = waiting_exchange(case)
    if case.order.state in ENDED:
        pass
    elif not settlement.accepted_units and not any(slice_.state in GONE for slice_ in case.slices):
        _drop(case, channel, held, "nothing came back", flow.at)
    elif held is not None and missing <= 0:
        go_on_with_exchange(case, held, flow.at)
    elif held is not None:
        _charge(case, channel, held, missing, flow.at)
    end_if_done(case, channel, flow.at)


def _charge(case: Case, channel: Channel, held: Hold, missing: int, at: Instant) -> None:
    """The customer's own instrument pays what the old goods did not bring; where there is none, nothing is sent."""
    amount = Money(missing, case.order.currency)
    payer = charge_difference(case, missing, at)
    if payer is None:
        _drop(case, channel, held, f"the goods brought {amount} too little", at)
    elif payer.holder is Holder.HUB:
        case.put_hold(replace(held, reason=f"waits for {amount} that the goods brought too little to be authorized"))
    else:
        go_on_with_exchange(case, held, at)


def _drop(case: Case, channel: Channel, held: Hold | None, reason: str, at: Instant) -> None:
    if held is not None:
        lift(case, held, HoldStatus.REJECTED, reason, at)
    free = case.taking(SliceAction.CANCEL, where=lambda one: one.state not in AT_NODE)
    cancel_units(case, channel, free, reason, at)
