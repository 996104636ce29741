"""Adds cards to orders whose own means of payment do not cover them: the new card is authorized for what is missing."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace

from hub.cases.case import Case
from hub.cases.context import FlowContext
from hub.cases.money.authorizing import add_instrument
from hub.cases.money.cover import missing_to_ship, room
from hub.cases.store import load, save
from hub.kernel.errors import Refusal
from hub.kernel.ids import derived
from hub.kernel.instant import Instant
from hub.orders.errors import OrderNotFound
from hub.orders.lifecycle import ENDED
from hub.payments.errors import NothingToCollect
from hub.payments.model import Holder, Instrument
from hub.payments.policy import in_flight

FLOW = "add_instruments"


class AddedCard(Struct, frozen=True):
    """A card that a customer adds to an order: its kind, and the provider's token of it."""

    order_id: UUID
    kind: str
    token: str


async def add_instruments(flow: FlowContext, cards: Sequence[AddedCard]) -> list[Case | Refusal]:
    """Adds cards in order, and asks for what orders lack. Refuses ORDER_NOT_FOUND, NOTHING_TO_COLLECT."""
    loaded = await load(flow, FLOW, [card.order_id for card in cards])
    answers: list[Case | Refusal] = []
    for card in cards:
        case = loaded.cases.get(card.order_id)
        if case is None:
            answers.append(OrderNotFound(f"There is no order {card.order_id}.", order_id=card.order_id))
            continue
        account_id = flow.network.channel(case.order.channel_id).payment_account_id
        answers.append(_added(case, card, account_id, flow.at))
    await save(flow, FLOW, loaded)
    return answers


def _added(case: Case, card: AddedCard, account_id: str | None, at: Instant) -> Case | Refusal:
    missing = missing_to_ship(case, at)
    if why := _nothing(case, missing, account_id):
        return NothingToCollect(why, order_id=case.order_id)
    _pay_less(case, missing, at)
    rank = len(case.payments.instruments) + 1
    added = Instrument(
        instrument_id=derived(case.order_id, "instrument", rank),
        order_id=case.order_id,
        rank=rank,
        holder=Holder.HUB,
        kind=card.kind,
        amount_minor=missing,
        account_id=account_id,
        token=card.token,
    )
    add_instrument(case, added, at)
    return case


def _nothing(case: Case, missing_minor: int, account_id: str | None) -> str:
    """Why no card can be added; empty where one can."""
    if case.order.state in ENDED:
        return (
            f"The order is {case.order.state.value}; `crossdock order {case.order_id} --collect` collects what shipped."
        )
    if in_flight(case.payments):
        return "A provider still owes an answer for this order; add a card once it came."
    if missing_minor <= 0:
        return "Everything that is to ship is covered."
    return "" if account_id else "The order's channel has no payment account; name one in the network."


def _pay_less(case: Case, amount_minor: int, at: Instant) -> None:
    """Has the order's other cards pay an amount less, as far as they cover none of it."""
    known: list[Instrument] = []
    for instrument in case.payments.instruments:
        less = min(amount_minor, room(case, instrument, at)) if instrument.holder is Holder.HUB else 0
        amount_minor -= less
        known.append(replace(instrument, amount_minor=instrument.amount_minor - less))
    case.payments = replace(case.payments, instruments=tuple(known))
