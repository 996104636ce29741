"""Putting orders on hold and lifting holds, each with the exception that names who must act."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from msgspec.structs import replace

from hub.cases.case import Case
from hub.exceptions.model import ExceptionReason
from hub.holds.model import BEFORE_RELEASE, Hold, HoldStatus, HoldType, Operation
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
) -> None:
    """Puts a hold on an order, which blocks operations until it ends; an order that has ended has nothing to hold.

    At `expires_at`, where it is given, the hold ends by itself. `command` mends it, where that is not to resolve it.
    `named` is the reason of the exception that says so.
    """
    if case.order.state in ENDED:
        return
    hold_id = derived(case.order_id, "hold", hold_type.value, case.order.version)
    case.put_hold(Hold(hold_id, case.order_id, hold_type, HoldStatus.ACTIVE, reason, blocks, at, expires_at))
    if expires_at is not None:
        case.set_timer(HoldDue(hold_id, expires_at, case.order_id))
    case.happened(HoldPlaced(hold_id=hold_id, hold_type=hold_type.value, reason=reason), at)
    command = command or f"crossdock order {case.order_id} --resolve {hold_id}"
    case.open_exception(named, str(hold_id), f"{hold_type.value} hold: {reason}", command, at)


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
    if lifted.type is HoldType.EXPORT_CONTROL:
        case.resolve_exception(ExceptionReason.DENIED_PARTY, str(lifted.hold_id))
