"""`crossdock reservations` lists, extends and releases."""

from __future__ import annotations

from google.protobuf.timestamp_pb2 import Timestamp

from crossdock.inventory.v1 import reservations_pb2 as pb
from hub.inventory.errors import ReservationEnded
from tests.unit.app.cli.pretend import Crossdock, PretendHub

ID = "01a204dc-af31-70aa-acb0-4c71b22f38d5"
ONE = pb.Reservation(
    reservation_id=ID,
    channel_id="WEB-NL",
    kind=pb.RESERVATION_KIND_FLOATING,
    state=pb.RESERVATION_STATE_LIVE,
    lines=[pb.ReservationLine(sku="LAMP", quantity=3, live=2, released=1)],
    claims=[pb.ReservationClaim(sku="LAMP", node_id="DC-NL", units=2)],
    expire_time=Timestamp(seconds=1_794_902_400),
)


def test_reservations_are_listed_as_asked_for(hub: PretendHub, crossdock: Crossdock) -> None:
    hub.answers["ReservationService.ListReservations"] = pb.ListReservationsResponse(reservations=[ONE])

    ran = crossdock("reservations", "--channel", "WEB-NL", "--state", "live", "--sku", "LAMP", "--buyer", "ada")

    assert ran.code == 0
    for told in (ID, "LIVE", "LAMP 2 of 3", "DC-NL LAMP 2", "2026-11-17 08:00:00"):
        assert told in ran.out
    (request,) = hub.requests("ReservationService.ListReservations")
    assert (request.channel_id, request.sku, request.buyer_reference) == ("WEB-NL", "LAMP", "ada")
    assert request.state == pb.RESERVATION_STATE_LIVE
    assert crossdock("reservations", "--json").json()["reservations"][0]["reservation_id"] == ID


def test_where_there_is_none_that_is_said(hub: PretendHub, crossdock: Crossdock) -> None:
    hub.answers["ReservationService.ListReservations"] = pb.ListReservationsResponse()

    assert "No reservation matches." in crossdock("reservations").out


def test_a_reservation_is_extended_and_released(hub: PretendHub, crossdock: Crossdock) -> None:
    hub.answers["ReservationService.ExtendReservation"] = pb.ExtendReservationResponse(reservation=ONE)
    hub.answers["ReservationService.ReleaseReservation"] = pb.ReleaseReservationResponse(reservation=ONE)

    assert crossdock("reservations", "--extend", ID, "--seconds", "300").code == 0
    assert crossdock("reservations", "--release", ID).code == 0

    (extension,) = hub.requests("ReservationService.ExtendReservation")
    (release,) = hub.requests("ReservationService.ReleaseReservation")
    assert (extension.reservation_id, extension.ttl.seconds) == (ID, 300)
    assert (release.reservation_id, list(release.lines)) == (ID, [])


def test_one_that_has_ended_is_told_with_its_reason(hub: PretendHub, crossdock: Crossdock) -> None:
    hub.answers["ReservationService.ReleaseReservation"] = ReservationEnded("It is EXPIRED; reserve anew.")

    ran = crossdock("reservations", "--release", ID)

    assert ran.code == 1
    assert "RESERVATION_ENDED" in ran.err
