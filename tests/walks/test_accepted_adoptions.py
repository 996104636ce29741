"""No field of an order that is taken over is taken and forgotten: partners read it, or the order goes on otherwise."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any, Final
from uuid import UUID, uuid4

import pytest

from crossdock.fulfillment.v1 import fulfillment_pb2
from crossdock.orders.v1 import adoption_service_pb2 as pb
from crossdock.orders.v1 import order_service_pb2, orders_pb2
from crossdock.returns.v1 import returns_pb2
from hub.cases.case import Case
from tests.support.world import TUESDAY
from tests.unit.api.serving import Served, euros, placing
from tests.walks.fields import put
from tests.walks.outside import leaves, listening
from tests.walks.test_accepted_words import feed

YESTERDAY: Final = TUESDAY - timedelta(days=1)


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("units.line_number", 9),
        ("units.quantity", 9),
        ("units.node_id", "NOWHERE"),
        ("shipments.node_id", "NOWHERE"),
        ("shipments.shipment_reference", "P-2"),
        ("shipments.work_reference", "WORK-2"),
        ("shipments.ship_time", int(TUESDAY.timestamp())),
        ("shipments.deliver_time", int((YESTERDAY - timedelta(days=1)).timestamp())),
        ("money.instrument_number", 2),
    ],
)
async def test_an_order_with_another_value_is_refused(hub: Served, path: str, value: object) -> None:
    order = standing()
    put(order, path, value)

    outcomes = [(await answered(hub, one)).WhichOneof("outcome") for one in (order, standing())]

    assert outcomes == ["refusal", "order"]


async def test_partners_read_what_the_old_system_had_of_them(hub: Served) -> None:
    held, order = standing(), standing()
    held.holds.add(type=orders_pb2.HOLD_TYPE_FRAUD, reason="Scored 77.")
    await adopted(hub, held)
    order.units[0].work_reference = "WORK-77"
    order.money[0].authorization_reference, order.money[0].capture_reference = "AUTH-77", "CAP-77"
    case = await adopted(hub, order)
    with listening() as outside:
        await kept(hub, case)
        await canceled(hub, case)
        await left(hub, case)
        await hub.world.settle()

    assert outside.readers("WORK-77") == {"warehouse.CancelFulfillmentOrder"}
    assert "payment.Capture" in outside.readers("AUTH-77")
    assert outside.readers("CAP-77") == {"payment.Refund"}
    assert "Scored 77." in set(leaves(await feed(hub)))


async def test_an_order_waits_for_a_person_where_nobody_says_when_it_goes_on(hub: Served) -> None:
    held = []
    for hours in (None, 1):
        order = standing()
        if hours is not None:
            order.resume_time.FromDatetime(TUESDAY + timedelta(hours=hours))
        order.units[0].state = orders_pb2.SLICE_STATE_RESERVED
        held.append(holds(await adopted(hub, order)))

    assert held == [["MANUAL"], []]


@pytest.mark.parametrize(("days", "held"), [(-1, ["PAYMENT"]), (1, [])])
async def test_an_authorization_that_has_ended_pays_for_nothing_that_is_still_to_leave(
    hub: Served, days: int, held: list[str]
) -> None:
    order = standing()
    order.money[0].expire_time.FromDatetime(TUESDAY + timedelta(days=days))

    assert holds(await adopted(hub, order)) == held


async def test_a_parcel_is_followed_by_the_tracking_number_of_the_old_system(hub: Served) -> None:
    order = standing()
    order.shipments[0].ClearField("deliver_time")
    order.shipments[0].tracking_number = "T-77"
    await adopted(hub, order)
    request = fulfillment_pb2.RecordDeliveriesRequest(request_id=str(uuid4()))
    request.reports.add(tracking_number="T-77")

    (result,) = (await hub.rpc("FulfillmentService.RecordDeliveries")(request)).results

    assert result.shipment.state == fulfillment_pb2.SHIPMENT_STATE_DELIVERED


def standing() -> pb.AdoptedOrder:
    """Return an order of 6 units: one left in each of three parcels, three are worked at DC-NL."""
    order = pb.AdoptedOrder()
    order.order.CopyFrom(placing(str(uuid4()), quantity=6).order)
    order.units.add(
        line_number=1, state=orders_pb2.SLICE_STATE_RELEASED, quantity=3, node_id="DC-NL", work_reference="WORK-3"
    )
    for reference, work_reference in (("P-1", "WORK-1"), ("P-1", "WORK-2"), ("P-2", "WORK-1")):
        parcel = order.shipments.add(shipment_reference=reference, node_id="DC-NL", work_reference=work_reference)
        parcel.ship_time.FromDatetime(YESTERDAY - timedelta(hours=1))
        parcel.deliver_time.FromDatetime(YESTERDAY)
        parcel.lines.add(line_number=1, quantity=1)
    order.money.add(instrument_number=1, authorized=euros(305), captured=euros(155))
    return order


async def answered(hub: Served, order: pb.AdoptedOrder) -> pb.AdoptOrdersResult:
    """Take an order over and return what is answered."""

    async def chunks() -> AsyncIterator[pb.AdoptOrdersRequest]:
        yield pb.AdoptOrdersRequest(orders=[pb.AdoptOrderRequest(request_id=str(uuid4()), order=order)])

    (answer,) = [answer async for answer in hub.rpc("AdoptionService.AdoptOrders")(chunks())]
    result: pb.AdoptOrdersResult = answer.results[0]
    return result


async def adopted(hub: Served, order: pb.AdoptedOrder) -> Case:
    """Return the case of an order that is taken over."""
    result = await answered(hub, order)
    assert not result.HasField("refusal"), result
    return await hub.world.case(UUID(result.order.order_id))


def holds(case: Case) -> list[str]:
    return [one.type.value for one in case.holds if one.status.value == "ACTIVE"]


async def kept(hub: Served, case: Case) -> None:
    """The customer keeps a unit that was delivered and is credited for it."""
    request = returns_pb2.AuthorizeReturnsRequest(request_id=str(uuid4()))
    request.drafts.add(order_id=str(case.order_id), keep=True).lines.add(line_number=1, quantity=1)
    (result,) = (await hub.rpc("ReturnService.AuthorizeReturns")(request)).results
    assert not result.HasField("refusal"), result


async def canceled(hub: Served, case: Case) -> None:
    request: Any = order_service_pb2.CancelLinesRequest(request_id=str(uuid4()), order_id=str(case.order_id))
    request.lines.add(line_number=1, quantity=1)
    request.reason = "Too many."
    await hub.rpc("OrderService.CancelLines")(request)


async def left(hub: Served, case: Case) -> None:
    """What is still worked leaves its node."""
    (known,) = (one for one in case.fulfillment_orders if one.partner_reference == "WORK-77")
    request = fulfillment_pb2.RecordShipmentsRequest(request_id=str(uuid4()))
    report = request.reports.add(fulfillment_order_id=str(known.fulfillment_order_id), shipment_reference="P-9")
    report.lines.add(line_number=1, quantity=1)
    (result,) = (await hub.rpc("FulfillmentService.RecordShipments")(request)).results
    assert not result.HasField("refusal"), result
