"""Asking providers for authorizations: when an order is placed, when one was declined, when there is more to pay."""

from __future__ import annotations

from collections.abc import Container
from uuid import UUID

from msgspec.structs import replace

from hub.cases.case import Case
from hub.kernel.ids import derived, text_of
from hub.kernel.instant import Instant
from hub.messages.payment import AuthorizePayment, CapturePayment, RefundPayment, ReversePayment
from hub.messages.tasks import SettleBalance
from hub.payments.model import Holder, Instrument, Transaction, TransactionKind, TransactionState
from hub.payments.policy import unauthorized


def payment_lane(instrument: Instrument) -> str:
    """The lane of an instrument: authorization, captures and reversals go one after the other."""
    if instrument.balance_id is not None:
        return f"balance:{text_of(instrument.instrument_id)}"
    return f"payment:{instrument.account_id}:{text_of(instrument.instrument_id)}"


def ask_provider(
    case: Case, instrument: Instrument, payload: AuthorizePayment | CapturePayment | ReversePayment | RefundPayment
) -> None:
    """Have the provider of an instrument asked, after what it was asked of the same instrument before.

    What a balance pays, the hub does itself.
    """
    lane, account_id = payment_lane(instrument), instrument.account_id
    if instrument.balance_id is not None:
        case.send(SettleBalance(case.order_id, payload.transaction_id), lane, payload.transaction_id, priority=3)
        return
    case.send(payload, lane, payload.transaction_id, account_id=account_id, priority=3)


def authorize(case: Case, instrument: Instrument, amount_minor: int, transaction_id: UUID, at: Instant) -> None:
    """Ask for an authorization of an amount, in minor units, on an instrument."""
    transaction = Transaction(
        transaction_id=transaction_id,
        order_id=case.order_id,
        instrument_id=instrument.instrument_id,
        kind=TransactionKind.AUTHORIZATION,
        state=TransactionState.REQUESTED,
        amount_minor=amount_minor,
        created_at=at,
    )
    case.put_transaction(transaction)
    payload = AuthorizePayment(
        order_id=case.order_id,
        transaction_id=transaction_id,
        amount_minor=amount_minor,
        currency=case.order.currency,
        token=instrument.token,
    )
    ask_provider(case, instrument, payload)


def authorize_again(case: Case, at: Instant) -> int:
    """Asks once more for authorizations that were declined and not asked for since; answers how many."""
    declined = unauthorized(case.payments)
    for instrument in declined:
        identity = derived(instrument.instrument_id, "again", case.order.version)
        authorize(case, instrument, instrument.amount_minor, identity, at)
    return len(declined)


def charge_difference(
    case: Case,
    amount_minor: int,
    at: Instant,
    holders: Container[Holder] = frozenset({Holder.HUB, Holder.TERMS}),
) -> Instrument | None:
    """Have the customer's own instrument pay an amount more, and return what pays it; None where the order has none.

    What the hub authorizes pays once it is authorized, terms pay at once. A balance pays it only where there is nothing
    else: it may not have it.
    """
    own = [one for one in case.payments.instruments if one.holder in holders]
    own.sort(key=lambda one: one.balance_id is not None)
    if not own:
        return None
    rank = len(case.payments.instruments) + 1
    identity = derived(case.order_id, "instrument", rank)
    added = replace(own[0], instrument_id=identity, rank=rank, amount_minor=amount_minor)
    add_instrument(case, added, at)
    return added


def add_instrument(case: Case, instrument: Instrument, at: Instant) -> None:
    """Adds a means of payment to an order; what the hub authorizes is asked for."""
    case.payments = replace(case.payments, instruments=(*case.payments.instruments, instrument))
    if instrument.holder is Holder.HUB:
        authorize(case, instrument, instrument.amount_minor, derived(instrument.instrument_id, "open"), at)
