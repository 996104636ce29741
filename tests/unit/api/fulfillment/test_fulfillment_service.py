"""FulfillmentService and PaymentService over gRPC: a warehouse that reports by rpc."""

from __future__ import annotations

from uuid import uuid4

import grpc
import pytest

from crossdock.common.v1 import errors_pb2
from crossdock.common.v1.refusal_pb2 import PageRequest
from crossdock.fulfillment.v1 import fulfillment_pb2 as pb
from crossdock.orders.v1 import order_service_pb2, orders_pb2
from crossdock.payments.v1 import payments_pb2
from tests.support.world import TUESDAY
from tests.unit.api.serving import Served, euros, refusal


async def released(hub: Served, quantity: int = 2, reference: str = "1001") -> tuple[orders_pb2.Order, str]:
    """An order that was handed to its node, and the id of the fulfillment order."""
    order = await hub.place(reference=reference, quantity=quantity)
    await hub.world.settle()
    listed = await hub.rpc("FulfillmentService.ListFulfillmentOrders", "warehouse")(
        pb.ListFulfillmentOrdersRequest(order_id=order.order_id)
    )
    (one,) = listed.fulfillment_orders
    assert one.state in {pb.FULFILLMENT_ORDER_STATE_RELEASED, pb.FULFILLMENT_ORDER_STATE_ACKNOWLEDGED}
    return order, one.fulfillment_order_id


def shipping(fulfillment_order_id: str, reference: str, units: int) -> pb.RecordShipmentsRequest:
    line = pb.FulfillmentLine(line_number=1, quantity=units)
    report = pb.ShipmentReport(
        fulfillment_order_id=fulfillment_order_id,
        shipment_reference=reference,
        tracking_number=f"T-{reference}",
        lines=[line],
    )
    return pb.RecordShipmentsRequest(request_id=str(uuid4()), reports=[report])


async def short(hub: Served, known: str) -> None:
    """One unit of a fulfillment order is not there."""
    line = pb.FulfillmentLine(line_number=1, quantity=1)
    report = pb.ShortReport(
        fulfillment_order_id=known, report_reference="S", lines=[line], reason=pb.SHORT_REASON_NOT_IN_STOCK
    )
    await hub.rpc("FulfillmentService.RecordShorts", "warehouse")(
        pb.RecordShortsRequest(request_id=str(uuid4()), reports=[report])
    )


@pytest.mark.parametrize(("role", "told"), [("warehouse", True), ("service", True), ("viewer", False)])
async def test_who_works_with_the_goods_is_told_who_receives_them(hub: Served, role: str, told: bool) -> None:  # noqa: FBT001
    _, known = await released(hub)

    read = await hub.rpc("FulfillmentService.GetFulfillmentOrder", role)(
        pb.GetFulfillmentOrderRequest(fulfillment_order_id=known)
    )
    listed = await hub.rpc("FulfillmentService.ListFulfillmentOrders", role)(pb.ListFulfillmentOrdersRequest())

    for shown in (read.fulfillment_order, *listed.fulfillment_orders):
        assert shown.recipient.name == ("Ada Visser" if told else "")
        assert shown.recipient.address.city == ("Amsterdam" if told else "")


async def test_fulfillment_orders_are_listed_by_the_state_in_which_they_are_seen(hub: Served) -> None:
    called = {name: (await released(hub, reference=name))[1] for name in ("left", "short", "parcel", "picked", "new")}
    pick = pb.RecordPicksRequest(request_id=str(uuid4()))
    pick.reports.add(fulfillment_order_id=called["picked"])
    await hub.rpc("FulfillmentService.RecordPicks", "warehouse")(pick)
    for name, units in (("left", 2), ("parcel", 1), ("short", 1)):
        await hub.rpc("FulfillmentService.RecordShipments", "warehouse")(shipping(called[name], f"P-{name}", units))
    await short(hub, called["short"])
    listing = hub.rpc("FulfillmentService.ListFulfillmentOrders", "warehouse")

    seen = (await listing(pb.ListFulfillmentOrdersRequest())).fulfillment_orders

    states = {one.fulfillment_order_id: pb.FulfillmentOrderState.Name(one.state)[24:] for one in seen}
    assert states[called["left"]] == "SHIPPED"
    assert states[called["short"]] == "CLOSED_SHORT"
    assert states[called["parcel"]] == states[called["picked"]] == "IN_PROGRESS"
    assert states[called["new"]] in {"RELEASED", "ACKNOWLEDGED"}
    for name, state in pb.FulfillmentOrderState.items()[1:]:
        found = (await listing(pb.ListFulfillmentOrdersRequest(state=name))).fulfillment_orders
        assert list(found) == [one for one in seen if one.state == state], name


async def test_a_parcels_carriage_is_read_back_and_its_page_comes_from_its_carrier(hub: Served) -> None:
    _, known = await released(hub)
    request = shipping(known, "P1", 2)
    request.reports[0].carrier_code, request.reports[0].weight_grams = "DHLX", 1200
    event = pb.CarrierEvent(tracking_number="T-P1", state=pb.SHIPMENT_STATE_IN_TRANSIT)
    event.occur_time.FromDatetime(TUESDAY)
    event.tracking_url = "https://carrier.example/T-P1"

    await hub.rpc("FulfillmentService.RecordShipments", "warehouse")(request)
    told = await hub.rpc("FulfillmentService.RecordCarrierEvents", "warehouse")(
        pb.RecordCarrierEventsRequest(request_id=str(uuid4()), events=[event])
    )

    parcel = told.results[0].shipment
    assert (parcel.carrier_code, parcel.carrier_name, parcel.weight_grams) == ("DHLX", "", 1200)
    assert parcel.tracking_url == "https://carrier.example/T-P1"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("tracking_url", "javascript:alert(1)"),
        ("tracking_url", "T-P1"),
        ("weight_grams", -1),
        ("carrier_code", "x" * 41),
    ],
)
async def test_carriage_out_of_bounds_is_refused_by_its_field(hub: Served, name: str, value: str | int) -> None:
    request = shipping(str(uuid4()), "P1", 2)
    setattr(request.reports[0], name, value)

    with pytest.raises(grpc.aio.AioRpcError) as refused:
        await hub.rpc("FulfillmentService.RecordShipments", "warehouse")(request)

    assert refusal(refused.value)[2] == [f"reports[0].{name}"]


async def test_an_order_is_picked_packed_shipped_in_parcels_and_delivered(hub: Served) -> None:
    order, known = await released(hub)
    worked = pb.ProgressReport(fulfillment_order_id=known)
    acknowledged = await hub.rpc("FulfillmentService.AcknowledgeFulfillmentOrders", "warehouse")(
        pb.AcknowledgeFulfillmentOrdersRequest(
            request_id=str(uuid4()),
            acknowledgments=[pb.Acknowledgment(fulfillment_order_id=known, partner_reference="W-1")],
        )
    )
    picked = await hub.rpc("FulfillmentService.RecordPicks", "warehouse")(
        pb.RecordPicksRequest(request_id=str(uuid4()), reports=[worked])
    )
    packed = await hub.rpc("FulfillmentService.RecordPacks", "warehouse")(
        pb.RecordPacksRequest(request_id=str(uuid4()), reports=[worked])
    )
    first = await hub.rpc("FulfillmentService.RecordShipments", "warehouse")(shipping(known, "P1", 1))
    second = await hub.rpc("FulfillmentService.RecordShipments", "warehouse")(shipping(known, "P2", 1))
    await hub.world.settle()
    delivered = await hub.rpc("FulfillmentService.RecordDeliveries", "warehouse")(
        pb.RecordDeliveriesRequest(
            request_id=str(uuid4()),
            reports=[pb.DeliveryReport(tracking_number="T-P1"), pb.DeliveryReport(tracking_number="nowhere")],
        )
    )
    read = await hub.rpc("OrderService.GetOrder")(order_service_pb2.GetOrderRequest(order_id=order.order_id))

    states = [one.results[0].fulfillment_order.state for one in (acknowledged, picked, packed, first, second)]
    assert states == [
        pb.FULFILLMENT_ORDER_STATE_ACKNOWLEDGED,
        *[pb.FULFILLMENT_ORDER_STATE_IN_PROGRESS] * 3,
        pb.FULFILLMENT_ORDER_STATE_SHIPPED,
    ]
    assert second.results[0].fulfillment_order.partner_reference == "W-1"
    assert [one.shipment_reference for one in second.results[0].fulfillment_order.shipments] == ["P1", "P2"]
    assert delivered.results[0].shipment.state == pb.SHIPMENT_STATE_DELIVERED
    assert delivered.results[1].parked_event.waits_for == "parcel nowhere"
    assert (read.order.shipped, read.order.delivered) == (orders_pb2.EXTENT_COMPLETE, orders_pb2.EXTENT_PARTIAL)
    assert (read.order.authorized, read.order.charged) == (orders_pb2.EXTENT_COMPLETE, orders_pb2.EXTENT_COMPLETE)


async def test_what_was_shipped_is_captured_and_the_payments_tell_it(hub: Served) -> None:
    order, known = await released(hub)
    await hub.rpc("FulfillmentService.RecordShipments", "warehouse")(shipping(known, "P1", 1))
    asked = await hub.rpc("PaymentService.GetPayments")(payments_pb2.GetPaymentsRequest(order_id=order.order_id))
    await hub.world.settle()
    done = await hub.rpc("PaymentService.GetPayments")(payments_pb2.GetPaymentsRequest(order_id=order.order_id))

    assert (asked.captured, asked.capture_requested) == (euros(0), euros(55))
    assert (done.captured, done.capture_requested) == (euros(55), euros(0))
    assert [(one.amount, one.authorized, one.captured) for one in done.instruments] == [
        (euros(105), euros(105), euros(55))
    ]
    assert [one.kind for one in done.transactions] == [
        payments_pb2.TRANSACTION_KIND_AUTHORIZATION,
        payments_pb2.TRANSACTION_KIND_CAPTURE,
    ]


async def test_a_report_that_came_twice_and_one_of_nobody_are_told_apart(hub: Served) -> None:
    _, known = await released(hub)
    request = shipping(known, "P1", 2)
    request.reports.add(fulfillment_order_id=str(uuid4()), shipment_reference="P9")

    first = await hub.rpc("FulfillmentService.RecordShipments", "warehouse")(request)
    second = await hub.rpc("FulfillmentService.RecordShipments", "warehouse")(request)

    assert first.results[1].refusal.reason == errors_pb2.ERROR_REASON_FULFILLMENT_ORDER_NOT_FOUND
    assert [one.WhichOneof("outcome") for one in second.results] == ["fulfillment_order", "refusal"]
    assert second.results[1] == first.results[1]
    assert len(second.results[0].fulfillment_order.shipments) == 1


async def test_a_parcel_of_units_that_are_gone_is_refused(hub: Served) -> None:
    _, known = await released(hub)
    await hub.rpc("FulfillmentService.RecordShipments", "warehouse")(shipping(known, "P1", 2))

    again = await hub.rpc("FulfillmentService.RecordShipments", "warehouse")(shipping(known, "P2", 1))

    assert again.results[0].refusal.reason == errors_pb2.ERROR_REASON_FULFILLMENT_ACTION_NOT_ALLOWED


async def test_a_short_and_a_rejection_send_units_elsewhere(hub: Served) -> None:
    await hub.world.stock("SHIRT", "ST-AMS", 20)
    _, known = await released(hub)
    read = await hub.rpc("FulfillmentService.GetFulfillmentOrder", "warehouse")(
        pb.GetFulfillmentOrderRequest(fulfillment_order_id=known)
    )
    missing = pb.ShortReport(
        fulfillment_order_id=known,
        report_reference="S1",
        lines=[pb.FulfillmentLine(line_number=1, quantity=1)],
        reason=pb.SHORT_REASON_DAMAGED,
    )
    short = await hub.rpc("FulfillmentService.RecordShorts", "warehouse")(
        pb.RecordShortsRequest(request_id=str(uuid4()), reports=[missing])
    )
    refused = await hub.rpc("FulfillmentService.RejectFulfillmentOrders", "warehouse")(
        pb.RejectFulfillmentOrdersRequest(
            request_id=str(uuid4()), rejections=[pb.Rejection(fulfillment_order_id=known, reason="closed")]
        )
    )
    await hub.world.settle()
    now = await hub.rpc("FulfillmentService.ListFulfillmentOrders", "warehouse")(pb.ListFulfillmentOrdersRequest())

    assert read.fulfillment_order.node_id == "ST-AMS"
    assert short.results[0].WhichOneof("outcome") == "fulfillment_order"
    assert refused.results[0].fulfillment_order.state == pb.FULFILLMENT_ORDER_STATE_REJECTED
    assert {one.node_id for one in now.fulfillment_orders} == {"ST-AMS", "DC-NL"}


async def test_carriers_report_where_a_parcel_is(hub: Served) -> None:
    _, known = await released(hub)
    await hub.rpc("FulfillmentService.RecordShipments", "warehouse")(shipping(known, "P1", 2))
    event = pb.CarrierEvent(tracking_number="T-P1", state=pb.SHIPMENT_STATE_OUT_FOR_DELIVERY, event_reference="E1")
    event.occur_time.FromDatetime(await hub.world.now())

    answer = await hub.rpc("FulfillmentService.RecordCarrierEvents", "warehouse")(
        pb.RecordCarrierEventsRequest(request_id=str(uuid4()), events=[event])
    )

    assert answer.results[0].shipment.state == pb.SHIPMENT_STATE_OUT_FOR_DELIVERY


async def test_a_node_sees_no_work_of_others(hub: Served) -> None:
    _, known = await released(hub)

    listed = await hub.rpc("FulfillmentService.ListFulfillmentOrders", "other-node")(
        pb.ListFulfillmentOrdersRequest(page=PageRequest(page_size=1))
    )
    with pytest.raises(grpc.aio.AioRpcError) as refused:
        await hub.rpc("FulfillmentService.GetFulfillmentOrder", "other-node")(
            pb.GetFulfillmentOrderRequest(fulfillment_order_id=known)
        )
    reported = await hub.rpc("FulfillmentService.RecordShipments", "other-node")(shipping(known, "P1", 2))

    assert not listed.fulfillment_orders
    assert refusal(refused.value)[1] == "FULFILLMENT_ORDER_NOT_FOUND"
    assert reported.results[0].refusal.reason == errors_pb2.ERROR_REASON_FULFILLMENT_ORDER_NOT_FOUND
