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
from hub.cases.money.money import settle_trade_in
from hub.cases.returns.return_cases import ReturnResult, load_returns, save_returning
from hub.cases.stock import stock
from hub.cases.store import load, save
from hub.exceptions.model import ExceptionReason
from hub.holds.model import Hold, HoldStatus, HoldType
from hub.kernel.errors import Refusal
from hub.kernel.money import Money
from hub.orders.lifecycle import ENDED, OrderState
from hub.payments.model import Holder
from hub.slices.lifecycle import AT_NODE, SliceAction

FLOW = "exchange_orders"


class Placed(Struct, frozen=True):
    """What became of the new demand of a return: its order, or why there is none."""

    return_id: UUID
    answer: Case | Refusal


class Settlement(Struct, frozen=True):
    """What came back for the order of an exchange: nothing more is to come."""

    order_id: UUID
    accepted_minor: int


async def link_exchanges(flow: FlowContext, placed: Sequence[Placed]) -> list[ReturnResult | Refusal]:
    """Ties orders to their returns; where none could be placed the customer will be refunded, and a person is told."""
    returning = await load_returns(flow, FLOW, [one.return_id for one in placed])
    answers: list[ReturnResult | Refusal] = []
    waiting: list[UUID] = []
    for one in placed:
        found, rma = returning.of(one.return_id), returning.of(one.return_id).returns[one.return_id]
        if isinstance(one.answer, Refusal):
            detail = f"The exchange could not be placed: {one.answer.message} The customer is refunded instead."
            command = f"crossdock returns show {one.return_id}"
            found.case.open_exception(ExceptionReason.RETURN_TO_DECIDE, str(rma.return_id), detail, command, flow.at)
        elif rma.exchange_order_id is None:
            goods = next(known for known in one.answer.payments.instruments if known.holder is Holder.RETURN)
            linked = replace(rma, exchange_order_id=one.answer.order_id, exchange_minor=goods.amount_minor)
            found.put(linked)
            found.case.happened(
                "ExchangePlaced", flow.at, return_id=rma.return_id, exchange_order_id=one.answer.order_id
            )
            if rma.exchange is not None and not rma.exchange.advance:
                waiting.append(one.answer.order_id)
        answers.append(returning.back(one.return_id))
    await save_returning(flow, FLOW, returning)
    await _hold(flow, waiting)
    return answers


async def settle_exchanges(flow: FlowContext, settlements: Sequence[Settlement]) -> list[Case | Refusal]:
    """What came back pays for the new goods, the customer's instrument for the rest."""
    loaded = await load(flow, FLOW, [settlement.order_id for settlement in settlements])
    for settlement in settlements:
        if case := loaded.cases.get(settlement.order_id):
            _settle(flow, case, settlement.accepted_minor)
    await stock.settle(flow, [case for case in loaded.cases.values() if case.effects.moves])
    await save(flow, FLOW, loaded)
    return list(loaded.cases.values())


async def _hold(flow: FlowContext, order_ids: Sequence[UUID]) -> None:
    loaded = await load(flow, FLOW, order_ids)
    for case in loaded.cases.values():
        hold(case, HoldType.CUSTOMER_CHANGE, "waits for the goods it is exchanged for", flow.at)
    await save(flow, FLOW, loaded)


def _settle(flow: FlowContext, case: Case, accepted_minor: int) -> None:
    wanted = sum(
        instrument.amount_minor for instrument in case.payments.instruments if instrument.holder is Holder.RETURN
    )
    amount = Money(accepted_minor, case.order.currency)
    case.happened("ExchangeSettled", flow.at, amount=str(amount))
    settle_trade_in(case, accepted_minor, flow.at)
    held = next((one for one in case.holds if _waits(one)), None)
    if held is not None and case.order.state not in ENDED:
        if accepted_minor >= wanted:
            lift(case, held, HoldStatus.RESOLVED, "the goods came back", flow.at)
            case.task("order.confirm" if case.order.state is OrderState.PLACED else "order.release")
        elif accepted_minor == 0:
            lift(case, held, HoldStatus.REJECTED, "the goods did not come back", flow.at)
            free = case.taking(SliceAction.CANCEL, where=lambda one: one.state not in AT_NODE)
            cancel_units(case, flow.network.channel(case.order.channel_id), free, "nothing came back", flow.at)
    end_if_done(case, flow.network.channel(case.order.channel_id), flow.at)


def _waits(held: Hold) -> bool:
    return held.type is HoldType.CUSTOMER_CHANGE and held.status is HoldStatus.ACTIVE
