"""What nodes, drop-off points, carriers and providers report reaches its readers, or changes what is done."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from crossdock.fulfillment.v1 import fulfillment_pb2 as pb
from crossdock.inbox.v1 import inbox_pb2
from crossdock.orders.v1 import order_service_pb2
from crossdock.payments.v1 import payments_pb2
from crossdock.returns.v1 import returns_pb2
from tests.support.world import TUESDAY
from tests.unit.api.serving import Served, placing
from tests.walks.outside import leaves, listening
from tests.walks.returning import back
from tests.walks.shown_reports import CARRIED, state
from tests.walks.shown_words import FEED
from tests.walks.test_accepted_shipments import SILENT
from tests.walks.test_accepted_words import feed


async def test_what_is_reported_reaches_its_readers(hub: Served) -> None:
    with listening() as outside:
        await back(hub)
        await hub.world.network(profiles={"wms": SILENT})
        for report in (work, rejection, parcel, payments):
            await report(hub)
        await hub.world.settle()

    events = (await feed(hub)).events
    told = {value for event in events for value in leaves(event)}
    readers = {
        field: outside.readers(value) | ({FEED} if value in told else set()) for field, (value, _) in CARRIED.items()
    }
    assert not {field: found for field, found in readers.items() if CARRIED[field][1] not in found}
    inspected = [units for event in events for units in event.return_inspected.verdicts]
    assert [units.condition for units in inspected] == [returns_pb2.ITEM_CONDITION_USED]
    references = [event.return_received.reference for event in events]
    assert any(one.endswith("/UNPACKED-77") for one in references), "receipt_reference stands behind the tote"


async def test_an_event_under_another_reference_is_another_event(hub: Served) -> None:
    case = await released(hub)
    await shipped(hub, case)
    event = pb.CarrierEvent(tracking_number="T-1", state=pb.SHIPMENT_STATE_IN_TRANSIT)
    event.occur_time.FromDatetime(TUESDAY)

    told = []
    for reference in ("E-1", "E-1", "E-2"):
        event.event_reference = reference
        await done(hub, "RecordCarrierEvents", pb.RecordCarrierEventsRequest(events=[event]))
        told.append((await hub.world.events(case.order_id)).count("CarrierReported"))

    assert told == [1, 1, 2]


@pytest.mark.parametrize("rpc", ["RecordCarrierEvents", "RecordDeliveries"])
async def test_a_parcel_that_nobody_reported_ships_where_its_fulfillment_order_is_named(hub: Served, rpc: str) -> None:
    case = await released(hub)
    request: Any = getattr(pb, f"{rpc}Request")()
    event = getattr(request, "events" if rpc == "RecordCarrierEvents" else "reports").add(tracking_number="T-9")
    event.occur_time.FromDatetime(TUESDAY)
    if rpc == "RecordCarrierEvents":
        event.state = pb.SHIPMENT_STATE_DELIVERED

    (unnamed,) = (await done(hub, rpc, request)).results
    event.fulfillment_order_id = str(case.fulfillment_orders[0].fulfillment_order_id)
    (named,) = (await done(hub, rpc, request)).results

    assert [one.WhichOneof("outcome") for one in (unnamed, named)] == ["parked_event", "shipment"]
    assert named.shipment.state == pb.SHIPMENT_STATE_DELIVERED


async def test_a_short_under_a_reference_that_came_with_other_units_is_refused(hub: Served) -> None:
    case = await released(hub)
    known = str(case.fulfillment_orders[0].fulfillment_order_id)

    outcomes = []
    for reference, quantity in (("S-1", 1), ("S-1", 2), ("S-2", 2)):
        request = pb.RecordShortsRequest()
        report = request.reports.add(fulfillment_order_id=known, report_reference=reference)
        report.reason = pb.SHORT_REASON_MISMATCH
        report.lines.add(line_number=1, quantity=quantity)
        (result,) = (await done(hub, "RecordShorts", request)).results
        outcomes.append(result.WhichOneof("outcome"))

    assert outcomes == ["fulfillment_order", "refusal", "fulfillment_order"]


async def test_a_document_is_read_as_the_type_and_its_problems_told_under_the_name_that_it_is_sent_with(
    hub: Served,
) -> None:
    request = inbox_pb2.ReceiveRequest(account_id="shopify", media_type="text/x-77", name="Orders 77.txt", content=b"x")
    with listening() as outside:
        await hub.rpc("InboxService.Receive")(request)
        await hub.world.settle()

    assert outside.readers("text/x-77") == {"channel.ReadDocument"}
    (told,) = await hub.world.rows("SELECT detail FROM exception_record")
    assert told["detail"].startswith("Orders 77.txt: ")


async def done(hub: Served, rpc: str, request: Any, service: str = "FulfillmentService") -> Any:
    """Send a request under an id of its own and return the answer."""
    request.request_id = str(uuid4())
    return await hub.rpc(f"{service}.{rpc}")(request)


async def released(hub: Served, quantity: int = 4) -> Any:
    """Return the case of an order that was handed to its node."""
    placed = await hub.rpc("OrderService.PlaceOrder", "channel")(placing(str(uuid4()), quantity=quantity))
    await hub.world.settle()
    return await hub.world.case(UUID(placed.order.order_id))


async def shipped(hub: Served, case: Any) -> None:
    request = pb.RecordShipmentsRequest()
    known = str(case.fulfillment_orders[0].fulfillment_order_id)
    request.reports.add(fulfillment_order_id=known, shipment_reference="P-1", tracking_number="T-1")
    await done(hub, "RecordShipments", request)


async def work(hub: Served) -> None:
    """A node takes work on, picks a unit, lacks one, and is asked to cancel one that it still has to pick."""
    case = await released(hub)
    known = str(case.fulfillment_orders[0].fulfillment_order_id)
    taken_on, picks, shorts = (
        pb.AcknowledgeFulfillmentOrdersRequest(),
        pb.RecordPicksRequest(),
        pb.RecordShortsRequest(),
    )
    state(taken_on.acknowledgments.add(fulfillment_order_id=known))
    state(picks.reports.add(fulfillment_order_id=known))
    state(shorts.reports.add(fulfillment_order_id=known, report_reference="S-1"))
    for lines in (picks.reports[0].lines, shorts.reports[0].lines):
        lines.add(line_number=1, quantity=1)
    await done(hub, "AcknowledgeFulfillmentOrders", taken_on)
    await done(hub, "RecordPicks", picks)
    await done(hub, "RecordShorts", shorts)
    canceled = order_service_pb2.CancelLinesRequest(order_id=str(case.order_id), reason="Too many.")
    canceled.lines.add(line_number=1, quantity=2)
    await done(hub, "CancelLines", canceled, "OrderService")


async def rejection(hub: Served) -> None:
    request = pb.RejectFulfillmentOrdersRequest()
    known = str((await released(hub)).fulfillment_orders[0].fulfillment_order_id)
    state(request.rejections.add(fulfillment_order_id=known, reason="Closed."))
    await done(hub, "RejectFulfillmentOrders", request)


async def parcel(hub: Served) -> None:
    await shipped(hub, await released(hub))
    request = pb.RecordCarrierEventsRequest()
    state(request.events.add(tracking_number="T-1", state=pb.SHIPMENT_STATE_OUT_FOR_DELIVERY))
    await done(hub, "RecordCarrierEvents", request)


async def payments(hub: Served) -> None:
    """A provider declines an authorization, and grants one of an order that ships then."""
    await authorization(hub, payments_pb2.PAYMENT_EVENT_KIND_DECLINED, "failure_code")
    order_id = await authorization(hub, payments_pb2.PAYMENT_EVENT_KIND_AUTHORIZED, "provider_reference")
    await hub.world.settle()
    await shipped(hub, await hub.world.case(order_id))
    await hub.world.advance(timedelta(hours=1))


async def authorization(hub: Served, kind: payments_pb2.PaymentEventKind, fact: str) -> UUID:
    """Report the authorization of an order before its provider is asked, and return the order."""
    placed = await hub.rpc("OrderService.PlaceOrder", "channel")(placing(str(uuid4())))
    order_id = UUID(placed.order.order_id)
    (asked,) = (await hub.world.case(order_id)).payments.transactions
    request = payments_pb2.ReportPaymentEventsRequest()
    state(request.events.add(transaction_id=str(asked.transaction_id), kind=kind), fact, "occur_time")
    await done(hub, "ReportPaymentEvents", request, "PaymentService")
    return order_id
