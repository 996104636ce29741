"""The money of a case: what a shipment is worth, which instruments pay for it, what is given back at the end.

Equality kept for every order: the value of its shipments = captures that live or succeeded + receivables + applied
prepayments + what nothing covers.
"""

from __future__ import annotations

from uuid import UUID

from msgspec.structs import replace

from hub.cases.case import Case
from hub.cases.held import held_instrument, held_to_draw
from hub.cases.money.authorizing import ask_provider, authorize
from hub.cases.worth import still_to_ship, withheld
from hub.exceptions.model import ExceptionReason
from hub.holds.model import Operation
from hub.kernel.ids import derived, text_of
from hub.kernel.instant import Instant
from hub.kernel.money import Money
from hub.ledger.model import Account
from hub.messages.channel import RefundByChannel
from hub.messages.events.money import CaptureRequested, CaptureWithheld, RefundRequested
from hub.messages.payment import CapturePayment, ReversePayment
from hub.messages.tasks import RefundUnused
from hub.network.model import Channel
from hub.payments.model import PARTIAL_REVERSAL, Holder, Instrument, Transaction, TransactionKind, TransactionState
from hub.payments.policy import (
    Draw,
    Payout,
    draws,
    excess,
    oldest_first,
    remaining,
    spendable,
)
from hub.slices.lifecycle import GONE, SliceState

ENTRIES = {
    TransactionKind.CAPTURE: (Account.CASH, Account.CUSTOMER),
    TransactionKind.RECEIVABLE: (Account.RECEIVABLE, Account.CUSTOMER),
    TransactionKind.APPLICATION: (Account.PREPAYMENT, Account.CUSTOMER),
    TransactionKind.PREPAYMENT: (Account.CHANNEL_CLEARING, Account.PREPAYMENT),
    TransactionKind.PREPAYMENT_REFUND: (Account.PREPAYMENT, Account.CHANNEL_CLEARING),
    TransactionKind.UNCOLLECTABLE: (Account.UNCOLLECTABLE, Account.CUSTOMER),
    TransactionKind.REFUND: (Account.CUSTOMER, Account.CASH),
    TransactionKind.CHANNEL_REFUND: (Account.CUSTOMER, Account.CHANNEL_CLEARING),
    TransactionKind.CREDIT_NOTE: (Account.CUSTOMER, Account.RECEIVABLE),
    TransactionKind.STORE_CREDIT: (Account.CUSTOMER, Account.STORE_CREDIT),
    TransactionKind.EXCHANGED: (Account.CUSTOMER, Account.EXCHANGE),
    TransactionKind.OFFSET: (Account.CUSTOMER, Account.UNCOLLECTABLE),
    TransactionKind.UNREFUNDED: (Account.CUSTOMER, Account.PAYABLE),
    TransactionKind.TRADE_IN: (Account.EXCHANGE, Account.CUSTOMER),
    TransactionKind.CHARGEBACK: (Account.DISPUTED, Account.CASH),
    TransactionKind.REMITTANCE: (Account.CASH, Account.RECEIVABLE),
    TransactionKind.WRITE_OFF: (Account.BAD_DEBT, Account.RECEIVABLE),
}
"""Kind of a transaction that succeeded, or of a dispute that is open -> (account debited, account credited)."""


NO_ACCOUNT = "NO_ACCOUNT"
"""Failure code of money that a channel took and that it cannot be asked for, as no account serves it."""


def pay_for(case: Case, shipment_id: UUID, value_minor: int, tax_minor: int, at: Instant) -> None:
    """Books the value of a shipment, and draws it from the instruments in the order of their rank.

    While a hold blocks captures nothing is drawn: `pay_withheld` does it once the hold has ended.
    """
    case.post(
        "shipment",
        shipment_id,
        at,
        (Account.CUSTOMER, value_minor),
        (Account.REVENUE, tax_minor - value_minor),
        (Account.TAX, -tax_minor),
    )
    if held := held_to_draw(case, shipment_id):
        amount = Money(value_minor, case.order.currency)
        case.happened(CaptureWithheld(amount=amount, shipment_id=shipment_id, hold_type=held.type.value), at)
        return
    for number, draw in enumerate(draws(case.payments, value_minor), 1):
        if kept := draw.instrument and held_instrument(case, Operation.CAPTURE, draw.instrument.instrument_id):
            amount = Money(draw.amount_minor, case.order.currency)
            case.happened(CaptureWithheld(amount=amount, shipment_id=shipment_id, hold_type=kept.type.value), at)
        draw_one(case, draw, shipment_id, derived(shipment_id, "pay", number), at)


def pay_withheld(case: Case, at: Instant) -> None:
    """Draws what a hold kept from being drawn, unless one still does. To be called when a hold has ended."""
    if case.blocked(Operation.CAPTURE):
        return
    for shipment_id, left in withheld(case).items():
        if held_to_draw(case, shipment_id):
            continue
        for number, draw in enumerate(draws(case.payments, left), 1):
            draw_one(case, draw, shipment_id, derived(shipment_id, "withheld", case.order.version, number), at)


def draw_one(case: Case, draw: Draw, shipment_id: UUID, transaction_id: UUID, at: Instant) -> None:
    """Takes an amount from an instrument for a shipment, or names that nothing covers it.

    From an instrument whose captures a hold blocks nothing is taken until the hold ends.
    """
    if draw.instrument is not None and held_instrument(case, Operation.CAPTURE, draw.instrument.instrument_id):
        return
    asked = draw.kind is TransactionKind.CAPTURE
    promised = draw.kind is TransactionKind.TRADE_IN and draw.instrument is not None and not draw.instrument.token
    transaction = Transaction(
        transaction_id=transaction_id,
        order_id=case.order_id,
        instrument_id=draw.instrument.instrument_id if draw.instrument else None,
        kind=draw.kind,
        state=TransactionState.REQUESTED if asked or promised else TransactionState.SUCCEEDED,
        amount_minor=draw.amount_minor,
        created_at=at,
        shipment_id=shipment_id,
        authorization_id=draw.authorization.transaction_id if draw.authorization else None,
    )
    case.put_transaction(transaction)
    amount = Money(draw.amount_minor, case.order.currency)
    if asked and draw.instrument is not None:
        case.happened(CaptureRequested(amount=amount, transaction_id=transaction_id, shipment_id=shipment_id), at)
        ask_provider(case, draw.instrument, _capture(case, transaction))
        return
    if not promised:
        book(case, transaction, at)
    if draw.instrument is None:
        uncollectable(case, transaction, at)


def settle_trade_in(case: Case, accepted_minor: int, at: Instant) -> None:
    """It is known what goods that come back bring: they pay for as much, the other instruments for the rest."""
    for instrument in [one for one in case.payments.instruments if one.holder is Holder.RETURN]:
        left = accepted_minor
        accepted = replace(instrument, amount_minor=accepted_minor, token="ACCEPTED")  # noqa: S106 - not a secret
        known = [accepted if one is instrument else one for one in case.payments.instruments]
        case.payments = replace(case.payments, instruments=tuple(known))
        pending = [
            one
            for one in oldest_first(case.payments.transactions)
            if one.kind is TransactionKind.TRADE_IN and one.state is TransactionState.REQUESTED
        ]
        for transaction in pending:
            taken = min(left, transaction.amount_minor)
            left -= taken
            _settle_one(case, transaction, taken, at)


def _settle_one(case: Case, transaction: Transaction, taken: int, at: Instant) -> None:
    shipment_id, missing = transaction.shipment_id, transaction.amount_minor - taken
    if taken:
        settled = replace(transaction, amount_minor=taken, state=TransactionState.SUCCEEDED)
        case.put_transaction(settled)
        book(case, settled, at)
    else:
        case.put_transaction(replace(transaction, state=TransactionState.FAILED))
    if missing and shipment_id is not None and not held_to_draw(case, shipment_id):
        for number, draw in enumerate(draws(case.payments, missing), 1):
            draw_one(case, draw, shipment_id, derived(transaction.transaction_id, "instead", number), at)


def uncollectable(case: Case, transaction: Transaction, at: Instant) -> None:
    """Names shipped value that nothing covers, so that a person collects it."""
    case.open_exception(
        ExceptionReason.CAPTURE_FAILED,
        str(transaction.transaction_id),
        f"{Money(transaction.amount_minor, case.order.currency)} shipped and not covered by any instrument.",
        f"crossdock order {case.order_id} --collect",
        at,
    )


def book(case: Case, transaction: Transaction, at: Instant) -> None:
    """Posts a transaction that succeeded, once. What a balance pays is no cash: customers are owed less."""
    if entries := ENTRIES.get(transaction.kind):
        debit, credit = entries
        if _by_balance(case, transaction):
            debit, credit = (Account.STORE_CREDIT if one is Account.CASH else one for one in entries)
        amount = transaction.amount_minor
        case.post(transaction.kind.value, transaction.transaction_id, at, (debit, amount), (credit, -amount))


def _by_balance(case: Case, transaction: Transaction) -> bool:
    return any(
        one.instrument_id == transaction.instrument_id and one.balance_id is not None
        for one in case.payments.instruments
    )


def open_instruments(case: Case, at: Instant, *, authorizes: bool = True) -> None:
    """Starts the money of a new order: asks for authorizations, notes what the channel already took.

    Unless it `authorizes` now, providers are asked when units are released.
    """
    for instrument in case.payments.instruments:
        if instrument.holder in {Holder.TERMS, Holder.RETURN} or instrument.amount_minor == 0:
            continue
        if instrument.holder is Holder.HUB:
            if authorizes:
                authorize(case, instrument, instrument.amount_minor, derived(instrument.instrument_id, "open"), at)
            continue
        transaction = Transaction(
            transaction_id=derived(instrument.instrument_id, "open"),
            order_id=case.order_id,
            instrument_id=instrument.instrument_id,
            kind=TransactionKind.PREPAYMENT,
            state=TransactionState.SUCCEEDED,
            amount_minor=instrument.amount_minor,
            created_at=at,
            provider_reference=instrument.reference,
        )
        case.put_transaction(transaction)
        book(case, transaction, at)


def give_back_excess(case: Case, channel: Channel, at: Instant) -> None:
    """Ask holders to give back what no shipment will use."""
    needed = still_to_ship(case) + sum(withheld(case).values())
    for number, payout in enumerate(excess(case.payments, needed), 1):
        held = payout.kind is TransactionKind.CHANNEL_REFUND and (
            case.blocked(Operation.REFUND)
            or (payout.instrument and held_instrument(case, Operation.REFUND, payout.instrument.instrument_id))
        )
        if payout.instrument is not None and not held:
            _give_back(case, channel, payout.instrument, payout, number, at)
    if all(slice_.state in GONE | {SliceState.CANCELED} for slice_ in case.slices):
        _refund_unused_goods(case)


def _give_back(case: Case, channel: Channel, instrument: Instrument, payout: Payout, number: int, at: Instant) -> None:
    transaction = Transaction(
        transaction_id=derived(instrument.instrument_id, "reverse", case.order.version, number),
        order_id=case.order_id,
        instrument_id=instrument.instrument_id,
        kind=payout.kind,
        state=TransactionState.REQUESTED,
        amount_minor=payout.amount_minor,
        created_at=at,
        authorization_id=payout.authorization.transaction_id if payout.authorization else None,
    )
    if payout.kind is TransactionKind.REVERSAL:
        reverse(case, instrument, transaction)
    elif channel.channel_account_id:
        case.put_transaction(transaction)
        ask_channel(case, channel, instrument, transaction)
    else:
        refused = replace(transaction, state=TransactionState.FAILED, failure_code=NO_ACCOUNT)
        case.put_transaction(refused)
        _not_given_back(case, refused, at)


def reverse(case: Case, instrument: Instrument, transaction: Transaction) -> None:
    """Ask the provider of an instrument to give back an amount of an authorization."""
    case.put_transaction(transaction)
    ask_provider(case, instrument, _reverse(case, transaction))


def ask_channel(case: Case, channel: Channel, instrument: Instrument, transaction: Transaction) -> None:
    """Ask the channel to give back an amount of what it took by an instrument."""
    amount = Money(transaction.amount_minor, case.order.currency)
    case.happened(RefundRequested(amount=amount, transaction_id=transaction.transaction_id), transaction.created_at)
    payload = RefundByChannel(
        order_id=case.order_id,
        transaction_id=transaction.transaction_id,
        amount_minor=transaction.amount_minor,
        currency=case.order.currency,
        channel_reference=case.order.channel_reference,
        payment_reference=instrument.reference,
    )
    account_id = channel.channel_account_id
    lane = f"channel.refund:{account_id}:{text_of(instrument.instrument_id)}"
    case.send(payload, lane, transaction.transaction_id, account_id=account_id, priority=3)


def _not_given_back(case: Case, transaction: Transaction, at: Instant) -> None:
    """Names what a channel took and does not give back, so that a person sees to it."""
    amount, code = Money(transaction.amount_minor, case.order.currency), transaction.failure_code
    detail = f"The channel took {amount} that nothing will use, and refuses to refund it: {code}. Settle it there."
    case.open_exception(ExceptionReason.REFUND_FAILED, str(transaction.transaction_id), detail, None, at)


def _refund_unused_goods(case: Case) -> None:
    """Goods that came back for an exchange and pay for nothing any more are refunded on the order they came from."""
    for instrument in case.payments.instruments:
        left = spendable(case.payments, instrument) if instrument.holder is Holder.RETURN and instrument.token else 0
        if left > 0:
            used = replace(instrument, amount_minor=instrument.amount_minor - left)
            known = [used if one is instrument else one for one in case.payments.instruments]
            case.payments = replace(case.payments, instruments=tuple(known))
            case.task(RefundUnused(case.order_id, UUID(instrument.reference), left))


def answered(case: Case, transaction: Transaction, *, failure_code: str = "", reference: str = "", at: Instant) -> None:
    """Takes the answer to a capture, or to giving back what is not used: done, or failed with a code and named."""
    failed = bool(failure_code)
    state = TransactionState.FAILED if failed else TransactionState.SUCCEEDED
    code = failure_code or transaction.failure_code
    told = replace(transaction, state=state, failure_code=code, provider_reference=reference)
    case.put_transaction(told)
    if not failed:
        book(case, told, at)
    elif transaction.kind is TransactionKind.PREPAYMENT_REFUND:
        _not_given_back(case, told, at)
    elif transaction.kind is TransactionKind.REVERSAL and failure_code != PARTIAL_REVERSAL:
        amount = Money(transaction.amount_minor, case.order.currency)
        detail = f"The provider did not give back {amount}: {failure_code}. It lapses with its authorization."
        case.open_exception(ExceptionReason.PARTNER_REFUSED, str(transaction.transaction_id), detail, None, at)
    elif transaction.kind is TransactionKind.CAPTURE:
        rest = replace(
            transaction,
            transaction_id=derived(transaction.transaction_id, "uncollectable"),
            kind=TransactionKind.UNCOLLECTABLE,
            state=TransactionState.SUCCEEDED,
            created_at=at,
        )
        case.put_transaction(rest)
        book(case, rest, at)
        uncollectable(case, rest, at)


def _capture(case: Case, transaction: Transaction) -> CapturePayment:
    authorization = _authorization(case, transaction)
    return CapturePayment(
        order_id=case.order_id,
        transaction_id=transaction.transaction_id,
        amount_minor=transaction.amount_minor,
        currency=case.order.currency,
        authorization_reference=authorization.provider_reference if authorization else "",
    )


def _reverse(case: Case, transaction: Transaction) -> ReversePayment:
    authorization = _authorization(case, transaction)
    return ReversePayment(
        order_id=case.order_id,
        transaction_id=transaction.transaction_id,
        amount_minor=transaction.amount_minor,
        currency=case.order.currency,
        authorization_reference=authorization.provider_reference if authorization else "",
        partial=authorization is not None and remaining(case.payments, authorization) > 0,
    )


def _authorization(case: Case, drawn: Transaction) -> Transaction | None:
    """The authorization that a capture or reversal is of."""
    known = case.payments.transactions
    return next((one for one in known if one.transaction_id == drawn.authorization_id), None)
