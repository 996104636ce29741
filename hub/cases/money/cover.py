"""Authorizations against their end: what nodes work on stays covered, and nothing is released that is not.

In the last day before an authorization ends (`DEADLINES`) it counts as ended: what is still needed of it is asked for
again, and it is given back once that is granted.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from hub.cases.case import Case
from hub.cases.deadlines import AUTHORIZATION
from hub.cases.money.authorizing import authorize
from hub.cases.money.money import reverse
from hub.cases.worth import still_to_ship, withheld
from hub.kernel.ids import derived
from hub.kernel.instant import Instant
from hub.messages.timers import AuthorizationDue
from hub.orders.lifecycle import ENDED
from hub.orders.policy import too_early
from hub.payments.model import Holder, Instrument, Transaction, TransactionKind, TransactionState
from hub.payments.policy import authorizations, remaining, spendable, summed
from hub.slices.lifecycle import ALLOCATING, SliceState
from hub.slices.model import Slice

_ASKED: Final = frozenset({TransactionState.REQUESTED, TransactionState.UNKNOWN})


def renewal_at(authorization: Transaction) -> Instant | None:
    """Return from when on an authorization counts as ended; None where its provider states no end."""
    if authorization.expires_at is None:
        return None
    lead = min(AUTHORIZATION.span, (authorization.expires_at - authorization.created_at) / 2)
    return authorization.expires_at - lead


def watch(case: Case, authorization: Transaction) -> None:
    """Sets the timer of an authorization that was granted, if it ends by itself."""
    due_at = renewal_at(authorization)
    if due_at is not None:
        case.set_timer(AuthorizationDue(authorization.transaction_id, due_at, case.order_id))


def forget_authorizations(case: Case) -> None:
    """Takes back the timers of an order that has ended."""
    for transaction in case.payments.transactions:
        if transaction.kind is TransactionKind.AUTHORIZATION and transaction.expires_at is not None:
            case.clear_timer(AuthorizationDue, transaction.transaction_id)


def renew(case: Case, at: Instant) -> None:
    """Authorize again what ends and is needed for units at nodes; give back what ends and is not needed."""
    if case.order.state in ENDED:
        return
    missing = _missing(case, _at_nodes(case), at)
    if missing <= 0:
        _give_up(case, at)
    else:
        _ask(case, missing, at)


def covered(case: Case, at: Instant) -> bool:
    """Whether units may be released: what they and units at nodes cost is paid for, as far as a provider can be asked.

    Asks for what is missing. What no instrument of the hub can pay is released all the same: it is named as it ships.
    """

    def ready(slice_: Slice) -> bool:
        early = too_early(case.order, slice_.line_number, at)
        return slice_.state in ALLOCATING or (slice_.state is SliceState.RESERVED and not early)

    missing = _missing(case, still_to_ship(case, ready), at)
    if missing <= 0:
        return True
    return not _ask(case, missing, at) and not _pending(case)


def missing_to_ship(case: Case, at: Instant) -> int:
    """Return what nothing covers of all that is to ship, in minor units; zero or less where all is covered."""
    return _missing(case, still_to_ship(case), at)


def _at_nodes(case: Case) -> int:
    return still_to_ship(case, lambda slice_: slice_.state in ALLOCATING)


def _missing(case: Case, to_ship_minor: int, at: Instant) -> int:
    """What instruments lack for units and for parcels that are not drawn yet; below zero they have more."""
    lasting = sum(max(0, _lasting(case, instrument, at)) for instrument in case.payments.instruments)
    return to_ship_minor + sum(withheld(case).values()) - lasting


def _lasting(case: Case, instrument: Instrument, at: Instant) -> int:
    """What an instrument can pay without the authorizations that end."""
    ending = sum(remaining(case.payments, one) for one in _ending(case, instrument, at))
    return spendable(case.payments, instrument) - ending


def _ending(case: Case, instrument: Instrument, at: Instant) -> Iterator[Transaction]:
    for authorization in authorizations(case.payments, instrument):
        due_at = renewal_at(authorization)
        if due_at is not None and due_at <= at and remaining(case.payments, authorization) > 0:
            yield authorization


def _ask(case: Case, missing_minor: int, at: Instant) -> bool:
    """Ask for what is missing and not asked for yet, of each instrument at most what is left of it. Whether any was."""
    left = missing_minor - _pending(case)
    asked = False
    for instrument in sorted(case.payments.instruments, key=lambda one: one.rank):
        share = min(left, room(case, instrument, at))
        if instrument.holder is Holder.HUB and share > 0:
            authorize(case, instrument, share, derived(instrument.instrument_id, "renewed", case.order.version), at)
            left -= share
            asked = True
    return asked


def _pending(case: Case) -> int:
    return summed(case.payments.transactions, TransactionKind.AUTHORIZATION, _ASKED)


def room(case: Case, instrument: Instrument, at: Instant) -> int:
    """Return what more may be authorized on an instrument, in minor units, so that it pays no more than it is to."""
    transactions = case.payments.transactions
    captured = summed(transactions, TransactionKind.CAPTURE, _ASKED | {TransactionState.SUCCEEDED}, instrument)
    asked = summed(transactions, TransactionKind.AUTHORIZATION, _ASKED, instrument)
    return instrument.amount_minor - captured - asked - max(0, _lasting(case, instrument, at))


def _give_up(case: Case, at: Instant) -> None:
    for instrument in case.payments.instruments:
        for authorization in list(_ending(case, instrument, at)):
            back = Transaction(
                transaction_id=derived(authorization.transaction_id, "given up", case.order.version),
                order_id=case.order_id,
                instrument_id=instrument.instrument_id,
                kind=TransactionKind.REVERSAL,
                state=TransactionState.REQUESTED,
                amount_minor=remaining(case.payments, authorization),
                created_at=at,
                authorization_id=authorization.transaction_id,
            )
            reverse(case, instrument, back)
