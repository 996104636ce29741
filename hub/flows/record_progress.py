"""Records what nodes do before goods leave: they take fulfillment orders on, pick and pack."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from hub.cases.case import Case
from hub.cases.reports import Reported, Worked, load_reported, takings
from hub.cases.store import save
from hub.cases.unit import Unit
from hub.fulfillment.errors import FulfillmentActionNotAllowed
from hub.fulfillment.lifecycle import LIVE, FulfillmentState
from hub.fulfillment.model import FulfillmentOrder, ProgressKind, ProgressReport
from hub.kernel.errors import Refusal
from hub.kernel.instant import Instant
from hub.slices.lifecycle import SliceAction

FLOW = "record_progress"

_DONE = {
    ProgressKind.ACKNOWLEDGED: (SliceAction.ACCEPT, "FulfillmentOrderAcknowledged"),
    ProgressKind.PICKED: (SliceAction.PICK, "UnitsPicked"),
    ProgressKind.PACKED: (SliceAction.PACK, "UnitsPacked"),
}


async def record_progress(unit: Unit, reports: Sequence[ProgressReport]) -> list[Worked | Refusal]:
    """Takes reports in order; one of what is already so, or is already further, changes nothing.

    Refuses FULFILLMENT_ORDER_NOT_FOUND, FULFILLMENT_ACTION_NOT_ALLOWED.
    """
    reported = await load_reported(unit, FLOW, [report.fulfillment_order_id for report in reports])
    answers = [_taken(reported, report) for report in reports]
    await save(unit, FLOW, reported.loaded)
    return answers


def _taken(reported: Reported, report: ProgressReport) -> Worked | Refusal:
    try:
        case = reported.case(report.fulfillment_order_id)
        _record(case, case.fulfillment_order(report.fulfillment_order_id), report, report.occurred_at)
    except Refusal as refusal:
        return refusal
    return Worked(case, report.fulfillment_order_id)


def _record(case: Case, fulfillment_order: FulfillmentOrder, report: ProgressReport, at: Instant) -> None:
    if fulfillment_order.state not in LIVE:
        raise FulfillmentActionNotAllowed(
            f"The fulfillment order is {fulfillment_order.state.value}; stop working it.",
            fulfillment_order_id=fulfillment_order.fulfillment_order_id,
            state=fulfillment_order.state.value,
        )
    action, event_type = _DONE[report.kind]
    acknowledged = fulfillment_order.state is FulfillmentState.ACKNOWLEDGED
    units = takings(case, fulfillment_order, action, report.lines if action is not SliceAction.ACCEPT else ())
    if not units and (acknowledged or report.kind is not ProgressKind.ACKNOWLEDGED):
        return
    case.put_fulfillment_order(
        replace(
            fulfillment_order,
            state=FulfillmentState.ACKNOWLEDGED,
            partner_reference=report.partner_reference or fulfillment_order.partner_reference,
        )
    )
    cause = case.happened(
        event_type,
        at,
        fulfillment_order_id=report.fulfillment_order_id,
        node_id=fulfillment_order.node_id,
        quantity=sum(quantity for _, quantity in units),
    )
    case.move(units, action, cause, at)
