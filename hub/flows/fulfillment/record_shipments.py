"""Records parcels that left: slices SHIPPED, stock consumed, payment captured, everyone concerned told."""

from __future__ import annotations

from collections.abc import Sequence

from hub.cases.context import Unit
from hub.cases.feeds.feeds import take_turns
from hub.cases.feeds.parked_events import Unmatched, parked_unmatched
from hub.cases.fulfillment import parcels
from hub.cases.fulfillment.endings import end_if_done
from hub.cases.fulfillment.matching import matched, unmatched
from hub.cases.fulfillment.reports import Reported, Worked, load_reported
from hub.cases.stock import stock
from hub.cases.store import save
from hub.fulfillment.errors import FulfillmentOrderNotFound
from hub.fulfillment.model import ShipmentReport
from hub.inbox.model import ParkedEvent
from hub.kernel.errors import Refusal

FLOW = "record_shipments"


async def record_shipments(unit: Unit, reports: Sequence[ShipmentReport]) -> list[Worked | ParkedEvent | Refusal]:
    """Takes reports in order; one of a parcel that is known changes nothing, or enters the timeline only.

    Refuses FULFILLMENT_ORDER_NOT_FOUND, BLOCKED_BY_HOLD, FULFILLMENT_ACTION_NOT_ALLOWED; a report that waits is parked
    instead of the first. A parcel of units that were canceled is refused and, as goods have really moved, becomes an
    exception: intercept it.
    """
    turns = await take_turns(unit, reports, repeatable=True)
    found = await matched(unit, turns.due)
    ids = [one.fulfillment_order_id for one in found if isinstance(one, ShipmentReport)]
    reported = await load_reported(unit, FLOW, ids)
    taken = [_taken(unit, reported, one) for one in found]
    await stock.settle(unit, [case for case in reported.loaded.cases.values() if case.effects.moves])
    answers = await parked_unmatched(unit, turns.due, taken)
    await save(unit, FLOW, reported.loaded)
    return await turns.merged(unit, answers)


def _taken(
    unit: Unit, reported: Reported, report: ShipmentReport | Unmatched | Refusal
) -> Worked | Unmatched | Refusal:
    if not isinstance(report, ShipmentReport):
        return report
    try:
        case = reported.case(report.fulfillment_order_id)
        fulfillment_order = case.fulfillment_order(report.fulfillment_order_id)
        shipment = parcels.known(case, report)
        if shipment is None:
            units = parcels.units_of(unit, case, fulfillment_order, report)
            parcels.ship(unit, case, fulfillment_order, report, units)
            end_if_done(case, unit.at)
        elif not shipment.reported:
            parcels.confirm(unit, case, fulfillment_order, shipment, report)
    except FulfillmentOrderNotFound as refusal:
        return unmatched(report, refusal)
    except Refusal as refusal:
        return refusal
    return Worked(case, report.fulfillment_order_id)
