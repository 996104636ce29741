"""The money of an adopted order: what was authorized and captured elsewhere, and how it pays for what left.

`left` maps instruments to what they have to pay with for parcels that left: captured, taken by the channel, or granted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from uuid import UUID

from msgspec.structs import replace

from hub.cases.adoption.adoption import AdoptedMoney
from hub.cases.case import Case
from hub.cases.money.cover import watch
from hub.cases.money.money import book, uncollectable
from hub.cases.worth import still_to_ship
from hub.fulfillment.model import Shipment
from hub.kernel.errors import InvalidField
from hub.kernel.ids import derived
from hub.kernel.instant import Instant
from hub.kernel.money import Money
from hub.ledger.model import Account
from hub.orders.errors import AdoptedMoneyMismatch
from hub.payments.model import Holder, Instrument, Transaction, TransactionKind, TransactionState
from hub.payments.policy import authorizations, spendable
from hub.returns.model import Credit, CreditKind, CreditLine

_KINDS = {
    Holder.HUB: TransactionKind.CAPTURE,
    Holder.CHANNEL: TransactionKind.APPLICATION,
    Holder.TERMS: TransactionKind.RECEIVABLE,
}


def take_money(case: Case, stated: Sequence[AdoptedMoney]) -> dict[UUID, int]:
    """Takes authorizations and what channels were paid as facts; answers what each instrument can pay with.

    Raises InvalidField or AdoptedMoneyMismatch where what is stated of an instrument contradicts itself.
    """
    at = case.effects.events[0].occurred_at
    known = _by_number(case, stated)
    left: dict[UUID, int] = {}
    for instrument in sorted(case.payments.instruments, key=lambda one: (one.holder is not Holder.HUB, one.rank)):
        money = known.get(instrument.rank)
        left[instrument.instrument_id] = instrument.amount_minor
        if instrument.holder is Holder.HUB:
            left[instrument.instrument_id] = money.captured_minor if money else 0
        if money is not None and (authorized_minor := _good_for(money, at)):
            granted = _add(
                case,
                TransactionKind.AUTHORIZATION,
                instrument,
                authorized_minor,
                at,
                reference=money.authorization_reference,
                expires_at=money.expires_at,
            )
            watch(case, granted)
        elif instrument.holder is Holder.CHANNEL and instrument.amount_minor:
            _add(
                case,
                TransactionKind.PREPAYMENT,
                instrument,
                instrument.amount_minor,
                at,
                reference=instrument.reference,
            )
    return left


def settle_shipment(
    case: Case, shipment: Shipment, tax_minor: int, left: dict[UUID, int], stated: Sequence[AdoptedMoney]
) -> None:
    """Posts a parcel that left, and has the instruments pay for it as far as they can."""
    value, at = shipment.value_minor, shipment.shipped_at
    references = {one.instrument_number: one.capture_reference for one in stated}
    case.post(
        "shipment",
        shipment.shipment_id,
        at,
        (Account.CUSTOMER, value),
        (Account.REVENUE, tax_minor - value),
        (Account.TAX, -tax_minor),
    )
    for instrument in sorted(case.payments.instruments, key=lambda one: (one.holder is not Holder.HUB, one.rank)):
        share = min(value, left[instrument.instrument_id])
        if share > 0:
            left[instrument.instrument_id] -= share
            value -= share
            _add(
                case,
                _KINDS[instrument.holder],
                instrument,
                share,
                at,
                shipment_id=shipment.shipment_id,
                reference=references.get(instrument.rank, ""),
            )
    if value:
        _add(case, TransactionKind.UNCOLLECTABLE, None, value, at, shipment_id=shipment.shipment_id)


def take_refunds(case: Case, stated: Sequence[AdoptedMoney], left: dict[UUID, int]) -> None:
    """Takes what was given back as a fact: first of what was captured beyond what left, which is as if it never was;
    then of the captures, as a credit.
    """
    at = case.effects.events[0].occurred_at
    known = {one.instrument_number: one.refunded_minor for one in stated if one.refunded_minor}
    refunds: list[tuple[Instrument, Transaction, int]] = []
    for instrument in case.payments.instruments:
        refunded = known.get(instrument.rank, 0)
        undone = min(refunded, left[instrument.instrument_id])
        if undone:
            left[instrument.instrument_id] -= undone
            for authorization in authorizations(case.payments, instrument)[:1]:
                case.put_transaction(replace(authorization, amount_minor=authorization.amount_minor - undone))
        refunded -= undone
        for capture in case.payments.transactions:
            share = min(refunded, capture.amount_minor)
            if share and capture.kind is TransactionKind.CAPTURE and capture.instrument_id == instrument.instrument_id:
                refunded -= share
                refunds.append((instrument, capture, share))
    total = sum(share for _, _, share in refunds)
    if not total:
        return
    credit = _add(case, TransactionKind.CREDIT, None, total, at)
    case.post("credit", credit.transaction_id, at, (Account.APPEASEMENT, total), (Account.CUSTOMER, -total))
    for instrument, capture, share in refunds:
        _add(case, TransactionKind.REFUND, instrument, share, at, credit=credit, capture=capture)


def credits_of(case: Case) -> list[Credit]:
    """The records of the credits that an adopted order came with."""
    return [
        Credit(
            transaction.transaction_id,
            case.order_id,
            (CreditLine(CreditKind.APPEASEMENT, transaction.amount_minor),),
            transaction.created_at,
            reason="given back before the order was adopted",
        )
        for transaction in case.payments.transactions
        if transaction.kind is TransactionKind.CREDIT
    ]


def what_differs(case: Case, left: dict[UUID, int]) -> str:
    """In words how captured money and parcels differ, empty where they do not; what nothing covers gets its exception.

    Raises AdoptedMoneyMismatch where nothing has left.
    """
    currency = case.order.currency
    over = sum(
        left[instrument.instrument_id] for instrument in case.payments.instruments if instrument.holder is Holder.HUB
    )
    open_ = [
        transaction for transaction in case.payments.transactions if transaction.kind is TransactionKind.UNCOLLECTABLE
    ]
    short = sum(one.amount_minor for one in open_)
    if over and not case.shipments:
        raise AdoptedMoneyMismatch(
            f"{Money(over, currency)} is captured although nothing has left; give it back there, or state who took it"
            " as the holder: CHANNEL.",
            captured=str(Money(over, currency)),
        )
    for one in open_:
        uncollectable(case, one, case.effects.events[0].occurred_at)
    said = []
    if over:
        said.append(f"{Money(over, currency)} captured beyond what has left")
    if short:
        said.append(f"{Money(short, currency)} has left and was not captured")
    return "; ".join(said)


def instruments_short(case: Case) -> str:
    """In words what the instruments lack for what has not left yet; empty where they pay for it."""
    needed = still_to_ship(case)
    have = sum(max(0, spendable(case.payments, instrument)) for instrument in case.payments.instruments)
    if have >= needed:
        return ""
    currency = case.order.currency
    return (
        f"{Money(have, currency)} of {Money(needed, currency)} still to leave is paid for; resolve to ask for the rest"
    )


def _good_for(money: AdoptedMoney, at: Instant) -> int:
    """Return what an authorization has paid and can pay; one that has ended pays nothing more."""
    ended = money.expires_at is not None and money.expires_at <= at
    return money.captured_minor if ended else money.authorized_minor


def _by_number(case: Case, stated: Sequence[AdoptedMoney]) -> dict[int, AdoptedMoney]:
    twice = [number for number, times in Counter(one.instrument_number for one in stated).items() if times > 1]
    known = {one.instrument_number: one for one in stated}
    holders = {instrument.rank: instrument.holder for instrument in case.payments.instruments}
    for number, money in sorted(known.items()):
        if holders.get(number) is not Holder.HUB or number in twice:
            index = next(index for index, one in enumerate(stated) if one.instrument_number == number)
            field = f"money[{index}].instrument_number"
            raise InvalidField(f"{field} must name an instrument of holder HUB, each once.", **{field: "no such"})
        if not money.refunded_minor <= money.captured_minor <= money.authorized_minor:
            currency = case.order.currency
            raise AdoptedMoneyMismatch(
                f"Instrument {number}: refunded {Money(money.refunded_minor, currency)} <= captured"
                f" {Money(money.captured_minor, currency)} <= authorized {Money(money.authorized_minor, currency)} must"
                " hold; state what the provider says.",
                instrument_number=number,
            )
    return known


def _add(
    case: Case,
    kind: TransactionKind,
    instrument: Instrument | None,
    amount_minor: int,
    at: Instant,
    *,
    shipment_id: UUID | None = None,
    reference: str = "",
    expires_at: Instant | None = None,
    credit: Transaction | None = None,
    capture: Transaction | None = None,
) -> Transaction:
    granted = authorizations(case.payments, instrument) if kind is TransactionKind.CAPTURE and instrument else []
    transaction = Transaction(
        transaction_id=derived(case.order_id, "adopted", kind.value, len(case.payments.transactions)),
        order_id=case.order_id,
        instrument_id=instrument.instrument_id if instrument else None,
        kind=kind,
        state=TransactionState.SUCCEEDED,
        amount_minor=amount_minor,
        created_at=at,
        shipment_id=shipment_id,
        provider_reference=reference,
        expires_at=expires_at,
        credit_id=credit.transaction_id if credit else None,
        capture_id=capture.transaction_id if capture else None,
        adopted=True,
        authorization_id=granted[0].transaction_id if granted else None,
    )
    case.put_transaction(transaction)
    book(case, transaction, at)
    return transaction
