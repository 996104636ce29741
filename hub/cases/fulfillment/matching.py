"""Which fulfillment order a report is about that names an order as its channel does; and what it waits for if none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeVar
from uuid import UUID

from msgspec.structs import replace

from hub.cases.awaited import fulfillment_key, order_key
from hub.cases.context import FlowContext
from hub.cases.feeds.parked_events import Unmatched
from hub.fulfillment import operations as fulfillment
from hub.fulfillment.errors import FulfillmentOrderNotFound
from hub.fulfillment.lifecycle import LIVE
from hub.fulfillment.model import (
    NOWHERE,
    CarrierEvent,
    FulfillmentOrder,
    OrderReference,
    ProgressReport,
    ShipmentReport,
)
from hub.kernel.errors import Refusal
from hub.orders import operations as orders

C = TypeVar("C", ProgressReport, ShipmentReport, CarrierEvent)


async def matched(flow: FlowContext, reports: Sequence[C]) -> list[C | Unmatched | Refusal]:
    """Reports with the fulfillment orders they are about; those that name one by its id stay as they are.

    Where the order is not there, or has no fulfillment order yet: Unmatched if the report waits, else
    FULFILLMENT_ORDER_NOT_FOUND; that too where several nodes work the order and none is named.
    """
    named = {report.order for report in reports if report.order is not None and report.fulfillment_order_id == NOWHERE}
    if not named:
        return list(reports)
    pairs = sorted({(one.channel_id, one.channel_reference) for one in named})
    order_ids = await orders.find_by_reference(flow.tx, flow.scope, pairs)
    found = await fulfillment.load(flow.tx, sorted(set(order_ids.values())))
    return [_matched(flow, report, order_ids, found) for report in reports]


def unmatched(report: ProgressReport | ShipmentReport | CarrierEvent, refusal: Refusal) -> Unmatched | Refusal:
    """What becomes of a report whose fulfillment order is not there."""
    if not report.waits:
        return refusal
    return Unmatched(_key(report.order) if report.order else fulfillment_key(report.fulfillment_order_id))


def _matched(
    flow: FlowContext,
    report: C,
    order_ids: Mapping[tuple[str, str], UUID],
    found: Mapping[UUID, tuple[FulfillmentOrder, ...]],
) -> C | Unmatched | Refusal:
    if report.order is None or report.fulfillment_order_id != NOWHERE:
        return report
    reference = report.order
    order_id = order_ids.get((reference.channel_id, reference.channel_reference))
    own = [
        one
        for one in (found.get(order_id, ()) if order_id else ())
        if reference.node_id in ("", one.node_id) and flow.scope.sees(node_id=one.node_id)
    ]
    live = [one for one in own if one.state in LIVE] or own
    if len(live) == 1:
        return replace(report, fulfillment_order_id=live[0].fulfillment_order_id)
    name = f"{reference.channel_id}/{reference.channel_reference}"
    if live:
        return FulfillmentOrderNotFound(
            f"Several fulfillment orders are worked for order {name}; name the fulfillment order.", order=name
        )
    return unmatched(report, FulfillmentOrderNotFound(f"There is no fulfillment order of order {name}.", order=name))


def _key(reference: OrderReference) -> str:
    return order_key(reference.channel_id, reference.channel_reference)
