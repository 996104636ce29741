"""Records parcels that left: slices SHIPPED, stock consumed, payment captured, everyone concerned told."""

from __future__ import annotations

from collections.abc import Sequence

from hub.cases.context import FlowContext
from hub.cases.feeds.feeds import take_turns
from hub.cases.feeds.parked_events import Unmatched, parked_unmatched
from hub.cases.fulfillment import parcels
from hub.cases.fulfillment.endings import end_if_done
from hub.cases.fulfillment.matching import matched, unmatched
from hub.cases.fulfillment.reports import FulfillmentResult, Reported, load_reported
from hub.cases.plausibility import refuse_implausible
from hub.cases.stock import stock
from hub.cases.store import save
from hub.fulfillment.errors import FulfillmentOrderNotFound
from hub.fulfillment.model import ShipmentReport
from hub.inbox.model import ParkedEvent
from hub.kernel.errors import Refusal

FLOW = "record_shipments"


async def record_shipments(
    flow: FlowContext, reports: Sequence[ShipmentReport]
) -> list[FulfillmentResult | ParkedEvent | Refusal]:
    """Takes reports in order; one of a parcel that is known changes nothing, or enters the timeline only.

    Refuses FULFILLMENT_ORDER_NOT_FOUND, INSTANT_IMPLAUSIBLE, REFERENCE_REUSED,
    FULFILLMENT_ACTION_NOT_ALLOWED; a report that waits is parked instead of the first. A parcel of units that were
    canceled is refused and, as goods have really moved, becomes an exception: intercept it.
    """
    turns = await take_turns(flow, reports, repeatable=True)
    found = await matched(flow, turns.due)
    ids = [one.fulfillment_order_id for one in found if isinstance(one, ShipmentReport)]
    reported = await load_reported(flow, FLOW, ids)
    taken = [_taken(flow, reported, one) for one in found]
    await stock.settle(flow, [case for case in reported.loaded.cases.values() if case.effects.moves])
    answers = await parked_unmatched(flow, turns.due, taken)
    await save(flow, FLOW, reported.loaded)
    return await turns.merged(flow, answers)


def _taken(
    flow: FlowContext, reported: Reported, report: ShipmentReport | Unmatched | Refusal
) -> FulfillmentResult | Unmatched | Refusal:
    if not isinstance(report, ShipmentReport):
        return report
    try:
        case = reported.case(report.fulfillment_order_id)
        refuse_implausible(case, report.occurred_at, flow.at)
        fulfillment_order = case.fulfillment_order(report.fulfillment_order_id)
        shipment = parcels.known(case, report)
        if shipment is None:
            units = parcels.units_of(flow, case, fulfillment_order, report)
            parcels.ship(flow, case, fulfillment_order, report, units)
            end_if_done(case, flow.network.channel(case.order.channel_id), flow.at)
        elif not shipment.reported:
            parcels.confirm(flow, case, fulfillment_order, shipment, report)
        else:
            parcels.refuse_other_content(shipment, report)
    except FulfillmentOrderNotFound as refusal:
        return unmatched(report, refusal)
    except Refusal as refusal:
        return refusal
    return FulfillmentResult(case, report.fulfillment_order_id)
