"""`crossdock reservations`: who holds what until when; one of them extended or given back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

import typer

from crossdock.inventory.v1 import reservations_pb2
from hub.app.cli import wording
from hub.app.cli.paging import Limit, all_of
from hub.app.cli.session import AsJson, Session, session_of
from hub.app.client import HubClient

_STATE = "RESERVATION_STATE_"
_KIND = "RESERVATION_KIND_"
_COLUMNS = ("RESERVATION", "CHANNEL", "STATE", "UNITS", "HELD AT", "EXPIRES", "ORDER")


def add_to(app: typer.Typer) -> None:
    """Adds the command."""
    app.command("reservations")(reservations)


def reservations(
    context: typer.Context,
    *,
    channel: Annotated[str, typer.Option(help="Channel.")] = "",
    state: Annotated[str | None, typer.Option(help="live, released, expired or consumed.")] = None,
    sku: Annotated[str, typer.Option(help="SKU they hold now.")] = "",
    node: Annotated[str, typer.Option(help="Node where they hold units now.")] = "",
    buyer: Annotated[str, typer.Option(help="The channel's reference of the buyer; with --channel.")] = "",
    release: Annotated[str | None, typer.Option(metavar="ID", help="Release all units of this reservation.")] = None,
    extend: Annotated[str | None, typer.Option(metavar="ID", help="Extend this reservation.")] = None,
    seconds: Annotated[int | None, typer.Option(min=1, help="How long from now, for --extend.")] = None,
    limit: Limit = 100,
    as_json: AsJson = False,
) -> None:
    """List reservations, newest first, that match every filter given; extend or release one."""
    session = session_of(context, as_json=as_json)
    request = reservations_pb2.ListReservationsRequest(channel_id=channel, sku=sku, node_id=node, buyer_reference=buyer)
    if state is not None:
        request.state = wording.state_value(reservations_pb2.ReservationState, state, _STATE, "--state")
    with session.hub() as hub:
        if release is not None:
            _tell(session, [_released(hub, release)])
        elif extend is not None:
            _tell(session, [_extended(hub, extend, seconds)])
        else:
            _tell(session, all_of(hub, hub.reservations.ListReservations, request, "reservations", limit))


def _released(hub: HubClient, identity: str) -> reservations_pb2.Reservation:
    request = reservations_pb2.ReleaseReservationRequest(
        request_id=wording.new_request(), reservation_id=wording.identity(identity, "--release")
    )
    answer: reservations_pb2.ReleaseReservationResponse = hub.call(hub.reservations.ReleaseReservation, request)
    return answer.reservation


def _extended(hub: HubClient, identity: str, seconds: int | None) -> reservations_pb2.Reservation:
    request = reservations_pb2.ExtendReservationRequest(
        request_id=wording.new_request(), reservation_id=wording.identity(identity, "--extend")
    )
    if seconds is not None:
        request.ttl.seconds = seconds
    answer: reservations_pb2.ExtendReservationResponse = hub.call(hub.reservations.ExtendReservation, request)
    return answer.reservation


def _tell(session: Session, found: Sequence[reservations_pb2.Reservation]) -> None:
    if session.output.as_json:
        session.output.json({"reservations": list(found)})
        return
    session.output.table(_COLUMNS, [_row(one) for one in found], empty="No reservation matches.")


def _row(reservation: reservations_pb2.Reservation) -> tuple[object, ...]:
    return (
        reservation.reservation_id,
        reservation.channel_id,
        wording.state(reservations_pb2.ReservationState, reservation.state, _STATE),
        ", ".join(f"{line.sku} {line.live} of {line.quantity}" for line in reservation.lines),
        ", ".join(f"{claim.node_id} {claim.sku} {claim.units}" for claim in reservation.claims)
        or wording.state(reservations_pb2.ReservationKind, reservation.kind, _KIND).lower(),
        wording.instant(reservation.expire_time),
        reservation.order_id,
    )
