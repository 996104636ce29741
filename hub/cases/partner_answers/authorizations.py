"""What providers say to authorizations, by their answers or their notifications: each is taken once."""

from __future__ import annotations

from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace

from hub.cases.case import Case
from hub.cases.fulfillment.endings import end_if_done
from hub.cases.holds import hold
from hub.cases.money.cover import missing_to_ship, renew, watch
from hub.cases.money.exchanged import difference_authorized
from hub.cases.money.resumption import go_on
from hub.cases.money.uncovered import collect
from hub.exceptions.model import ExceptionReason
from hub.holds.model import BEFORE_RELEASE, HoldStatus, HoldType, Operation
from hub.kernel.instant import Instant
from hub.kernel.money import Money
from hub.messages.events.money import PaymentAuthorized, PaymentDeclined
from hub.messages.tasks import ReleaseOrder
from hub.messages.timers import CustomerActionDue, PartnerAnswerDue
from hub.network.model import Channel
from hub.orders.lifecycle import ENDED, OrderState
from hub.orders.model import Check, CheckState
from hub.orders.policy import checked
from hub.payments.model import PARTLY_MOVED, Holder, Transaction, TransactionKind, TransactionState
from hub.payments.policy import authorizations, summed
from hub.slices.lifecycle import RESERVING
from hub.slices.policy import units


class AuthorizationAnswer(Struct, frozen=True):
    """What a provider said to an authorization: done until `expires_at`, or declined with a code.

    `occurred_at`: when it did so; None where that was not said.
    `authorized_minor`: what was reserved of the amount asked, in minor units; None where that was not said.
    """

    order_id: UUID
    transaction_id: UUID
    reference: str = ""
    declined_code: str = ""
    expires_at: Instant | None = None
    authorized_minor: int | None = None
    occurred_at: Instant | None = None


def authorized(case: Case, channel: Channel, answer: AuthorizationAnswer, at: Instant) -> None:
    """Takes an answer to an authorization that was asked for; one to a transaction that is settled changes nothing."""
    asked = next(
        (
            transaction
            for transaction in case.payments.transactions
            if transaction.transaction_id == answer.transaction_id
        ),
        None,
    )
    if asked is None or asked.state not in {TransactionState.REQUESTED, TransactionState.UNKNOWN}:
        return
    case.clear_timer(PartnerAnswerDue, asked.transaction_id)
    if asked.action_url:
        case.clear_timer(CustomerActionDue, asked.transaction_id)
    case.resolve_exception(ExceptionReason.ANSWER_OVERDUE, str(asked.transaction_id))
    amount = Money(asked.amount_minor, case.order.currency)
    if code := _declined(asked, answer, at):
        case.put_transaction(replace(asked, state=TransactionState.FAILED, failure_code=code))
        case.happened(PaymentDeclined(amount=amount, code=code), answer.occurred_at or at)
        _hold_unpaid(case, f"the provider declined {amount}: {code}", at)
        return
    granted = _succeeded(asked, answer)
    case.put_transaction(granted)
    watch(case, granted)
    case.happened(PaymentAuthorized(amount=amount, reference=answer.reference), answer.occurred_at or at)
    go_on_authorized(case, channel, at)


def go_on_authorized(case: Case, channel: Channel, at: Instant) -> None:
    """Have an order go on after one of its authorizations was granted, or is needed no more."""
    held = [
        instrument
        for instrument in case.payments.instruments
        if instrument.holder is Holder.HUB and instrument.amount_minor
    ]
    if all(authorizations(case.payments, one) for one in held):
        case.order = checked(case.order, Check.PAYMENT, CheckState.PASSED)
        difference_authorized(case, at)
    collect(case, at)
    renew(case, at)
    _release_paid(case, channel, at)
    if case.order.state in ENDED:
        end_if_done(case, channel, at)
    elif case.order.state is OrderState.CONFIRMED and units(case.slices, RESERVING):
        case.task(ReleaseOrder(case.order_id))


def _release_paid(case: Case, channel: Channel, at: Instant) -> None:
    """End the holds of an order whose card was declined, once everything that is to ship is covered."""
    failed = summed(case.payments.transactions, TransactionKind.AUTHORIZATION, {TransactionState.FAILED})
    if not failed or case.order.state in ENDED or missing_to_ship(case, at) > 0:
        return
    for held in [one for one in case.holds if one.type is HoldType.PAYMENT and one.status is HoldStatus.ACTIVE]:
        go_on(case, channel, held, "everything that is to ship is covered", at)


def _hold_unpaid(case: Case, reason: str, at: Instant) -> None:
    """Hold an order whose card was declined. Of one that is confirmed, parcels on their way are still charged."""
    blocks = BEFORE_RELEASE if case.order.state is OrderState.PLACED else frozenset({Operation.RELEASE})
    hold(case, HoldType.PAYMENT, reason, at, blocks)


def _declined(asked: Transaction, answer: AuthorizationAnswer, at: Instant) -> str:
    """Why nothing can be captured of what was asked, as a code; a reservation of less lapses by itself."""
    if answer.declined_code:
        return answer.declined_code
    if answer.expires_at is not None and answer.expires_at <= at:
        return "EXPIRED"
    reserved = asked.amount_minor if answer.authorized_minor is None else answer.authorized_minor
    return "" if reserved >= asked.amount_minor else PARTLY_MOVED


def _succeeded(asked: Transaction, answer: AuthorizationAnswer) -> Transaction:
    return replace(
        asked, state=TransactionState.SUCCEEDED, provider_reference=answer.reference, expires_at=answer.expires_at
    )
