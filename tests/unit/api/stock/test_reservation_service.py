"""ReservationService over gRPC, and orders that take reservations."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import grpc
import pytest

from crossdock.common.v1 import errors_pb2
from crossdock.common.v1.refusal_pb2 import PageRequest
from crossdock.inventory.v1 import reservations_pb2 as pb
from crossdock.orders.v1 import orders_pb2
from hub.network.model import ReservationLimits
from tests.unit.api.serving import Served, placing, refusal

LIVE, RELEASED = pb.RESERVATION_STATE_LIVE, pb.RESERVATION_STATE_RELEASED
EXPIRED, CONSUMED = pb.RESERVATION_STATE_EXPIRED, pb.RESERVATION_STATE_CONSUMED


def asking(*units: int, request_id: str = "", **changes: Any) -> pb.ReserveStockRequest:
    """A request to reserve so many shirts, a reservation each."""
    request = pb.ReserveStockRequest(request_id=request_id or str(uuid4()))
    for count in units:
        one = request.reservations.add(channel_id="WEB-NL", **changes)
        one.lines.add(sku="SHIRT", quantity=count)
    return request


async def reserved(hub: Served, units: int, **changes: Any) -> pb.Reservation:
    answer = await hub.rpc("ReservationService.ReserveStock", "channel")(asking(units, **changes))
    one: pb.Reservation = answer.results[0].reservation
    return one


async def read(hub: Served, identity: str, principal: str = "channel") -> pb.Reservation:
    request = pb.GetReservationRequest(reservation_id=identity)
    answer = await hub.rpc("ReservationService.GetReservation", principal)(request)
    one: pb.Reservation = answer.reservation
    return one


async def refused(call: Any) -> tuple[grpc.StatusCode, str, list[str]]:
    with pytest.raises(grpc.aio.AioRpcError) as error:
        await call
    return refusal(error.value)


async def test_reservations_are_answered_one_by_one_and_made_once(hub: Served) -> None:
    request = asking(4, 17, 16)

    first = await hub.rpc("ReservationService.ReserveStock", "channel")(request)
    second = await hub.rpc("ReservationService.ReserveStock", "channel")(request)

    made = first.results[0].reservation
    assert (made.state, made.kind, made.channel_id) == (LIVE, pb.RESERVATION_KIND_FLOATING, "WEB-NL")
    assert [(one.sku, one.node_id, one.units) for one in made.claims] == [("SHIRT", "DC-NL", 4)]
    assert made.expire_time.ToDatetime() - made.create_time.ToDatetime() == timedelta(minutes=15)
    assert [one.refusal.reason for one in first.results[1:2]] == [errors_pb2.ERROR_REASON_INSUFFICIENT_STOCK]
    assert first.results[1].refusal.metadata["wanted"] == "17"
    assert first.results[2].reservation.lines[0].live == 16
    assert second == first
    assert await hub.world.on_shelf("SHIRT", "DC-NL") == (20, 20, 0)


async def test_what_cannot_be_reserved_is_told_element_by_element(hub: Served) -> None:
    request = asking(1)
    request.reservations[0].lines.add(sku="HAT", quantity=1)
    request.reservations.add(channel_id="MOON").lines.add(sku="SHIRT", quantity=1)
    bound = pb.RESERVATION_KIND_BOUND
    request.reservations.add(channel_id="WEB-NL", kind=bound, node_id="MOON").lines.add(sku="SHIRT", quantity=1)
    request.reservations.add(channel_id="WEB-NL", kind=bound, node_id="ST-AMS").lines.add(sku="SHIRT", quantity=1)
    long = request.reservations.add(channel_id="WEB-NL")
    long.lines.add(sku="SHIRT", quantity=1)
    long.ttl.seconds = 3601

    answer = await hub.rpc("ReservationService.ReserveStock", "channel")(request)

    assert [errors_pb2.ErrorReason.Name(one.refusal.reason) for one in answer.results] == [
        "ERROR_REASON_UNKNOWN_SKU",
        "ERROR_REASON_UNKNOWN_CHANNEL",
        "ERROR_REASON_UNKNOWN_NODE",
        "ERROR_REASON_INSUFFICIENT_STOCK",
        "ERROR_REASON_RESERVATION_TOO_LONG",
    ]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"node_id": "DC-NL"}, "reservations[0].node_id"),
        ({"kind": pb.RESERVATION_KIND_BOUND}, "reservations[0].node_id"),
        ({"ttl": {"seconds": 0}}, "reservations[0].ttl"),
        ({"ttl": {"seconds": -5}}, "reservations[0].ttl"),
    ],
)
async def test_a_malformed_reservation_is_refused_with_its_field(
    hub: Served, changes: dict[str, Any], field: str
) -> None:
    call = hub.rpc("ReservationService.ReserveStock", "channel")(asking(1, **changes))

    assert await refused(call) == (grpc.StatusCode.INVALID_ARGUMENT, "INVALID_FIELD", [field])


async def test_a_reservation_is_extended_from_now_up_to_its_limit(hub: Served) -> None:
    made = await reserved(hub, 2)
    request = pb.ExtendReservationRequest(request_id=str(uuid4()), reservation_id=made.reservation_id)
    request.ttl.seconds = 1800

    first = await hub.rpc("ReservationService.ExtendReservation", "channel")(request)
    second = await hub.rpc("ReservationService.ExtendReservation", "channel")(request)

    life = first.reservation.expire_time.ToDatetime() - made.create_time.ToDatetime()
    assert (life, first.reservation.version) == (timedelta(minutes=30), 2)
    assert second == first
    request.ttl.seconds, request.request_id = 3601, str(uuid4())
    call = hub.rpc("ReservationService.ExtendReservation", "channel")(request)
    assert await refused(call) == (grpc.StatusCode.FAILED_PRECONDITION, "RESERVATION_TOO_LONG", [])


async def test_extended_again_and_again_it_ends_all_the_same(hub: Served) -> None:
    made = await reserved(hub, 2)
    codes = []
    for _ in range(5):
        request = pb.ExtendReservationRequest(request_id=str(uuid4()), reservation_id=made.reservation_id)
        request.ttl.seconds = 3600
        try:
            await hub.rpc("ReservationService.ExtendReservation", "channel")(request)
            codes.append("OK")
        except grpc.aio.AioRpcError as error:
            codes.append(refusal(error)[1])
        await hub.world.advance(timedelta(seconds=3500))

    assert codes == ["OK", "OK", "OK", "OK", "RESERVATION_TOO_LONG"]
    assert (await read(hub, made.reservation_id)).state == EXPIRED


async def test_units_are_given_back_in_part_and_then_whole(hub: Served) -> None:
    made = await reserved(hub, 5)
    request = pb.ReleaseReservationRequest(request_id=str(uuid4()), reservation_id=made.reservation_id)
    request.lines.add(sku="SHIRT", quantity=2)

    part = await hub.rpc("ReservationService.ReleaseReservation", "channel")(request)
    again = await hub.rpc("ReservationService.ReleaseReservation", "channel")(request)

    assert (part.reservation.state, part.reservation.lines[0].live, part.reservation.lines[0].released) == (LIVE, 3, 2)
    assert again == part
    assert await hub.world.on_shelf("SHIRT", "DC-NL") == (20, 3, 0)

    request.request_id, request.lines[0].quantity = str(uuid4()), 4
    too_many = hub.rpc("ReservationService.ReleaseReservation", "channel")(request)
    assert await refused(too_many) == (grpc.StatusCode.FAILED_PRECONDITION, "RESERVATION_UNITS_EXCEEDED", [])

    whole = pb.ReleaseReservationRequest(request_id=str(uuid4()), reservation_id=made.reservation_id)
    ended = await hub.rpc("ReservationService.ReleaseReservation", "channel")(whole)
    assert (ended.reservation.state, list(ended.reservation.claims)) == (RELEASED, [])
    assert await hub.world.on_shelf("SHIRT", "DC-NL") == (20, 0, 0)
    whole.request_id = str(uuid4())
    call = hub.rpc("ReservationService.ReleaseReservation", "channel")(whole)
    assert await refused(call) == (grpc.StatusCode.FAILED_PRECONDITION, "RESERVATION_ENDED", [])


async def test_other_content_under_the_same_request_id_is_refused(hub: Served) -> None:
    request = asking(1, 1)
    await hub.rpc("ReservationService.ReserveStock", "channel")(request)
    request.reservations[1].lines[0].quantity = 2

    call = hub.rpc("ReservationService.ReserveStock", "channel")(request)

    assert await refused(call) == (grpc.StatusCode.ALREADY_EXISTS, "REQUEST_ID_REUSED", [])


async def test_out_of_scope_there_is_none(hub: Served) -> None:
    made = await reserved(hub, 1)
    request = pb.GetReservationRequest(reservation_id=made.reservation_id)

    call = hub.rpc("ReservationService.GetReservation", "other-shop")(request)

    assert await refused(call) == (grpc.StatusCode.NOT_FOUND, "RESERVATION_NOT_FOUND", [])
    listed = await hub.rpc("ReservationService.ListReservations", "other-shop")(pb.ListReservationsRequest())
    assert list(listed.reservations) == []


async def test_reservations_are_found_by_what_is_known_of_them(hub: Served) -> None:
    ids = [
        (await reserved(hub, 1, buyer_reference="ada")).reservation_id,
        (await reserved(hub, 2, buyer_reference="bob", ttl={"seconds": 60})).reservation_id,
        (await reserved(hub, 3)).reservation_id,
    ]
    await hub.world.advance(timedelta(minutes=1))

    async def listed(**wanted: Any) -> list[str]:
        answer = await hub.rpc("ReservationService.ListReservations", "viewer")(pb.ListReservationsRequest(**wanted))
        return [one.reservation_id for one in answer.reservations]

    assert await listed() == ids[::-1]
    assert await listed(state=LIVE) == [ids[2], ids[0]]
    assert await listed(state=EXPIRED) == [ids[1]]
    assert await listed(channel_id="WEB-NL", buyer_reference="ada") == [ids[0]]
    assert await listed(channel_id="WEB-NL", buyer_reference="eve") == []
    assert await listed(sku="SHIRT", node_id="DC-NL") == [ids[2], ids[0]]
    assert await listed(node_id="ST-AMS") == []
    first = await hub.rpc("ReservationService.ListReservations", "viewer")(
        pb.ListReservationsRequest(page=PageRequest(page_size=2))
    )
    page = PageRequest(page_size=2, page_token=first.next_page_token)
    assert await listed(page=page) == ids[:1]
    call = hub.rpc("ReservationService.ListReservations", "viewer")(pb.ListReservationsRequest(buyer_reference="ada"))
    assert await refused(call) == (grpc.StatusCode.INVALID_ARGUMENT, "INVALID_FIELD", ["channel_id"])


async def test_who_the_units_are_for_is_kept_as_a_hash_alone(hub: Served) -> None:
    await reserved(hub, 1, buyer_reference="customer-4711")

    found = await hub.world.rows("SELECT reservation::text AS row FROM reservation")
    events = await hub.world.rows("SELECT event::text AS row FROM event")

    assert not [one for one in (*found, *events) if "4711" in one["row"]]


async def test_an_order_takes_its_reservation_once(hub: Served) -> None:
    made = await reserved(hub, 18)
    request = placing(quantity=20)
    request.order.reservation_ids.append(made.reservation_id)

    order = (await hub.rpc("OrderService.PlaceOrder", "channel")(request)).order
    again = (await hub.rpc("OrderService.PlaceOrder", "channel")(request)).order

    taken = await read(hub, made.reservation_id)
    assert (taken.state, taken.order_id, taken.lines[0].consumed) == (CONSUMED, order.order_id, 18)
    assert again.order_id == order.order_id
    assert await hub.world.on_shelf("SHIRT", "DC-NL") == (20, 20, 0)
    other = placing("1002", quantity=1)
    other.order.reservation_ids.append(made.reservation_id)
    call = hub.rpc("OrderService.PlaceOrder", "channel")(other)
    assert await refused(call) == (grpc.StatusCode.FAILED_PRECONDITION, "RESERVATION_ENDED", [])


async def test_an_order_whose_reservation_ended_may_take_free_stock(hub: Served) -> None:
    made = await reserved(hub, 18, ttl={"seconds": 60})
    await hub.world.advance(timedelta(minutes=1))
    strict, easy = placing("1"), placing("2")
    easy.order.reservation_policy = orders_pb2.RESERVATION_POLICY_FREE_STOCK
    for request in (strict, easy):
        request.order.reservation_ids.append(made.reservation_id)

    call = hub.rpc("OrderService.PlaceOrder", "channel")(strict)
    assert await refused(call) == (grpc.StatusCode.FAILED_PRECONDITION, "RESERVATION_ENDED", [])
    placed = await hub.rpc("OrderService.PlaceOrder", "channel")(easy)

    assert placed.order.lines[0].slices[0].node_id == "DC-NL"
    assert (await read(hub, made.reservation_id)).state == EXPIRED


async def test_a_reservation_that_does_not_fit_the_order_is_refused(hub: Served) -> None:
    await hub.world.stock("HAT", "SUP-IT", 5)
    other = asking(2, kind=pb.RESERVATION_KIND_BOUND, node_id="DC-NL")
    bound = (await hub.rpc("ReservationService.ReserveStock", "channel")(other)).results[0].reservation
    abroad, other_sku, unknown = placing("1"), placing("2", sku="HAT"), placing("3")
    abroad.order.customer.address.country_code = "IT"
    for request, identity in ((abroad, bound.reservation_id), (other_sku, bound.reservation_id)):
        request.order.reservation_ids.append(identity)
    unknown.order.reservation_ids.append(str(uuid4()))

    reasons = [
        (await refused(hub.rpc("OrderService.PlaceOrder", "channel")(one)))[1] for one in (abroad, other_sku, unknown)
    ]

    assert reasons == ["RESERVATION_NOT_USABLE", "RESERVATION_NOT_USABLE", "RESERVATION_NOT_FOUND"]
    assert (await read(hub, bound.reservation_id)).state == LIVE


async def test_who_holds_too_much_is_told_when_to_come_again(hub: Served) -> None:
    await hub.world.network(channel={"reservation_limits": limits(reservations_per_buyer=2, units_per_buyer=5)})
    await reserved(hub, 2, buyer_reference="ada", ttl={"seconds": 120})
    await hub.world.advance(timedelta(seconds=20))
    await reserved(hub, 1, buyer_reference="ada")

    third = await hub.rpc("ReservationService.ReserveStock", "channel")(asking(1, buyer_reference="ada"))
    bob = await hub.rpc("ReservationService.ReserveStock", "channel")(asking(3, 3, buyer_reference="bob"))

    told = third.results[0].refusal
    assert told.reason == errors_pb2.ERROR_REASON_RESERVATION_LIMIT_REACHED
    assert told.retry_delay.ToTimedelta() == timedelta(seconds=100)
    assert dict(told.metadata) == {
        "holder": "buyer",
        "reservations": "2",
        "units": "3",
        "most_reservations": "2",
        "most_units": "5",
    }
    assert [one.WhichOneof("outcome") for one in bob.results] == ["reservation", "refusal"]
    await hub.world.advance(timedelta(seconds=100))
    assert (await reserved(hub, 1, buyer_reference="ada")).state == LIVE


async def test_a_client_may_hold_no_more_than_its_channel_lets_it(hub: Served) -> None:
    await hub.world.network(channel={"reservation_limits": limits(units_per_client=6)})

    answer = await hub.rpc("ReservationService.ReserveStock", "channel")(asking(4, 3, 2, 1))
    other = await hub.rpc("ReservationService.ReserveStock", "service")(asking(6))

    assert [one.WhichOneof("outcome") for one in answer.results] == ["reservation", "refusal", "reservation", "refusal"]
    assert other.results[0].reservation.state == LIVE


def limits(**changes: int) -> ReservationLimits:
    return ReservationLimits(**changes)
