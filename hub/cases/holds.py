"""Putting orders on hold and lifting holds, each with the exception that names who must act."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from msgspec.structs import replace

from hub.cases.case import Case
from hub.cases.held import live_units
from hub.exceptions.model import OWNERS, ExceptionReason
from hub.holds.model import BEFORE_RELEASE, THE_ORDER, Hold, HoldPart, HoldScope, HoldStatus, HoldType, Operation
from hub.kernel.ids import derived
from hub.kernel.instant import Instant
from hub.messages.events.orders import HoldEnded, HoldPlaced
from hub.messages.timers import HoldDue
from hub.orders.lifecycle import ENDED
from hub.orders.model import UnreadFact

MOST_NAMED: Final = 20
"""Reasons that one hold of unread facts names; the others are counted."""


def hold(
    case: Case,
    hold_type: HoldType,
    reason: str,
    at: Instant,
    blocks: frozenset[Operation] = BEFORE_RELEASE,
    expires_at: Instant | None = None,
    *,
    command: str = "",
    named: ExceptionReason = ExceptionReason.ON_HOLD,
    part: HoldPart = THE_ORDER,
    owner: str = "",
) -> None:
    """Puts a hold on an order, which blocks operations until it ends; an order that has ended has nothing to hold.

    At `expires_at`, where it is given, the hold ends by itself. `command` mends it, where that is not to resolve it.
    `named` is the reason of the exception that says so. `part`: what of the order is held. `owner`: who must decide,
    by default who deals with exceptions of that reason.
    """
    if case.order.state in ENDED:
        return
    hold_id = derived(case.order_id, "hold", hold_type.value, case.order.version)
    decides = owner or OWNERS[named][0]
    put = Hold(
        hold_id=hold_id,
        order_id=case.order_id,
        type=hold_type,
        status=HoldStatus.ACTIVE,
        reason=reason,
        blocks=blocks,
        created_at=at,
        expires_at=expires_at,
        scope=part.scope,
        line_number=part.line_number,
        quantity=part.quantity,
        fulfillment_order_id=part.fulfillment_order_id,
        instrument_id=part.instrument_id,
        owner=decides,
    )
    case.put_hold(put)
    if expires_at is not None:
        case.set_timer(HoldDue(hold_id, expires_at, case.order_id))
    case.happened(
        HoldPlaced(hold_id=hold_id, hold_type=hold_type.value, reason=reason, scope=part.scope.value, owner=decides), at
    )
    command = command or f"crossdock order {case.order_id} --resolve {hold_id}"
    case.open_exception(named, str(hold_id), f"{hold_type.value} hold: {reason}", command, at, owner=decides)


def overdue(held: Hold) -> str:
    """Return the subject of the exception that says that the time of a hold is over."""
    return f"{held.hold_id}/overdue"


def name_overdue(case: Case, held: Hold, at: Instant) -> None:
    """Says that the time of a hold is over, of a type that no passing of time answers: somebody must decide now."""
    detail = f"The time of the {held.type.value} hold is over and nobody decided: {held.reason}"
    command = f"crossdock order {case.order_id} --resolve {held.hold_id}"
    case.open_exception(ExceptionReason.ON_HOLD, overdue(held), detail, command, at, owner=held.owner)


def shrink(case: Case, at: Instant) -> None:
    """Fits holds of units to what is left of their lines: fewer where some were canceled, ended where all were."""
    for held in [one for one in case.holds if one.status is HoldStatus.ACTIVE and one.scope is HoldScope.LINE]:
        number, quantity = held.line_number or 0, held.quantity or 0
        left = live_units(case, number)
        if left == 0:
            lift(case, held, HoldStatus.RESOLVED, "its units were canceled", at)
        elif left < quantity:
            case.put_hold(replace(held, quantity=left))


def hold_for_unread(case: Case, facts: Sequence[UnreadFact], at: Instant) -> None:
    """Puts an UNREAD_FACT hold on an order whose source states facts that nobody acts on.

    It names the first fact of each reason, and counts the others of that reason.
    """
    if not facts:
        return
    by_reason: dict[str, list[UnreadFact]] = {}
    for fact in facts:
        by_reason.setdefault(fact.reason, []).append(fact)
    named = [
        f"{alike[0]} (and at {len(alike) - 1} more places)" if len(alike) > 1 else str(alike[0])
        for alike in by_reason.values()
    ]
    more = [f"and {len(named) - MOST_NAMED} more"] if len(named) > MOST_NAMED else []
    hold(case, HoldType.UNREAD_FACT, "; ".join([*named[:MOST_NAMED], *more]), at)


def lift(case: Case, lifted: Hold, status: HoldStatus, note: str, at: Instant) -> None:
    """Ends a hold with its outcome; notices that it kept are dropped."""
    if lifted.expires_at is not None:
        case.clear_timer(HoldDue, lifted.hold_id)
    case.put_hold(replace(lifted, status=status, note=note, withheld=()))
    case.happened(HoldEnded(hold_id=lifted.hold_id, hold_type=lifted.type.value, status=status.value, note=note), at)
    case.resolve_exception(ExceptionReason.ON_HOLD, str(lifted.hold_id))
    case.resolve_exception(ExceptionReason.ON_HOLD, overdue(lifted))
    if status is not HoldStatus.REJECTED:
        case.resolve_exception(ExceptionReason.PARCEL_TO_INTERCEPT, str(lifted.hold_id))
    if lifted.type is HoldType.EXPORT_CONTROL:
        case.resolve_exception(ExceptionReason.DENIED_PARTY, str(lifted.hold_id))
    if lifted.type is HoldType.CREDIT_LIMIT:
        case.resolve_exception(ExceptionReason.CREDIT_EXCEEDED, str(lifted.hold_id))
