"""Records what nodes do before goods leave: they take fulfillment orders on, pick, pack and make ready.

A report that comes late, of units that are further already, enters the timeline only.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from msgspec.structs import replace

from hub.cases.case import Case
from hub.cases.context import FlowContext
from hub.cases.feeds.feeds import take_turns
from hub.cases.feeds.parked_events import Unmatched, parked_unmatched
from hub.cases.fulfillment import pickups
from hub.cases.fulfillment.matching import matched, unmatched
from hub.cases.fulfillment.node_work import heard
from hub.cases.fulfillment.reports import (
    FulfillmentResult,
    Reported,
    further,
    load_reported,
    takings,
)
from hub.cases.plausibility import refuse_implausible
from hub.cases.store import save
from hub.fulfillment.errors import FulfillmentActionNotAllowed, FulfillmentOrderNotFound
from hub.fulfillment.lifecycle import LIVE, FulfillmentState
from hub.fulfillment.model import FulfillmentOrder, ProgressKind, ProgressReport
from hub.inbox.model import ParkedEvent
from hub.kernel.errors import Refusal
from hub.kernel.instant import iso
from hub.messages.events.fulfillment import FulfillmentOrderAcknowledged, UnitsPacked, UnitsPicked, UnitsReady
from hub.slices.lifecycle import SliceAction
from hub.slices.policy import Taking

FLOW = "record_progress"

_DONE: Final = {
    ProgressKind.ACKNOWLEDGED: (SliceAction.ACCEPT, FulfillmentOrderAcknowledged),
    ProgressKind.PICKED: (SliceAction.PICK, UnitsPicked),
    ProgressKind.PACKED: (SliceAction.PACK, UnitsPacked),
    ProgressKind.READY: (SliceAction.MAKE_READY, UnitsReady),
}


async def record_progress(
    flow: FlowContext, reports: Sequence[ProgressReport]
) -> list[FulfillmentResult | ParkedEvent | Refusal]:
    """Takes reports in order; one of what is already so changes nothing, or enters the timeline where it is late.

    Refuses FULFILLMENT_ORDER_NOT_FOUND, INSTANT_IMPLAUSIBLE, FULFILLMENT_ACTION_NOT_ALLOWED; a report that waits is
    parked instead of the first.
    """
    turns = await take_turns(flow, reports, repeatable=True)
    found = await matched(flow, turns.due)
    ids = [one.fulfillment_order_id for one in found if isinstance(one, ProgressReport)]
    reported = await load_reported(flow, FLOW, ids)
    answers = await parked_unmatched(flow, turns.due, [_taken(flow, reported, one) for one in found])
    await save(flow, FLOW, reported.loaded)
    return await turns.merged(flow, answers)


def _taken(
    flow: FlowContext, reported: Reported, report: ProgressReport | Unmatched | Refusal
) -> FulfillmentResult | Unmatched | Refusal:
    if not isinstance(report, ProgressReport):
        return report
    try:
        case = reported.case(report.fulfillment_order_id)
        refuse_implausible(case, report.occurred_at, flow.at)
        _record(case, case.fulfillment_order(report.fulfillment_order_id), report)
        heard(case, report.fulfillment_order_id, flow.at)
        if report.kind is ProgressKind.READY:
            pickups.hold(flow, case, report.fulfillment_order_id, report.occurred_at)
    except FulfillmentOrderNotFound as refusal:
        return unmatched(report, refusal)
    except Refusal as refusal:
        return refusal
    return FulfillmentResult(case, report.fulfillment_order_id)


def _record(case: Case, fulfillment_order: FulfillmentOrder, report: ProgressReport) -> None:
    if fulfillment_order.state not in LIVE:
        raise FulfillmentActionNotAllowed(
            f"The fulfillment order is {fulfillment_order.state.value}; stop working it.",
            fulfillment_order_id=fulfillment_order.fulfillment_order_id,
            state=fulfillment_order.state.value,
        )
    if report.kind is ProgressKind.READY:
        pickups.refuse_shipped(case, fulfillment_order)
    action, event = _DONE[report.kind]
    acknowledging = report.kind is ProgressKind.ACKNOWLEDGED
    lines = () if acknowledging else report.lines
    late = _late(case, fulfillment_order, report)
    units = takings(case, fulfillment_order, action, lines) if late is None else []
    count = sum(quantity for _, quantity in units) if late is None else late
    if not count and not (acknowledging and fulfillment_order.state is not FulfillmentState.ACKNOWLEDGED):
        return
    case.put_fulfillment_order(
        replace(
            fulfillment_order,
            state=FulfillmentState.ACKNOWLEDGED,
            partner_reference=report.partner_reference or fulfillment_order.partner_reference,
            reports=(*fulfillment_order.reports, _key(report, count)),
        )
    )
    cause = case.happened(
        event(fulfillment_order_id=report.fulfillment_order_id, node_id=fulfillment_order.node_id, quantity=count),
        report.occurred_at,
    )
    case.move(units, action, cause, report.occurred_at)


def _late(case: Case, fulfillment_order: FulfillmentOrder, report: ProgressReport) -> int | None:
    """Units that a late report tells of: further already, and in no report of this kind before; None if it is not late.

    A report is late when it names more units than can still take its action, and the others are further.
    """
    action, _ = _DONE[report.kind]
    able = takings(case, fulfillment_order, action, ())
    gone = further(case, fulfillment_order, action)
    named = {line.line_number: line.quantity for line in report.lines}
    if all(_of_line(able, number) >= count for number, count in named.items()) and (named or able or not gone):
        return None
    if any(_of_line([*able, *gone], number) < count for number, count in named.items()):
        return None
    prefix = f"{report.kind.value}/"
    told = sum(int(one.split("/")[1]) for one in fulfillment_order.reports if one.startswith(prefix))
    left = sum(quantity for _, quantity in gone) - told
    count = min(sum(named.values()) or left, left)
    return 0 if _key(report, count) in fulfillment_order.reports else max(0, count)


def _of_line(units: Sequence[Taking], line_number: int) -> int:
    return sum(quantity for slice_, quantity in units if slice_.line_number == line_number)


def _key(report: ProgressReport, count: int) -> str:
    """What is remembered of a report: its kind and units, so that late ones are told once."""
    return f"{report.kind.value}/{count}/{iso(report.occurred_at)}"
