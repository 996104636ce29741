"""Reservations on the wire."""

from __future__ import annotations

from datetime import timedelta
from typing import Final
from uuid import UUID

from google.protobuf.duration_pb2 import Duration

from crossdock.inventory.v1 import reservations_pb2 as pb
from hub.cases.intake.reserving import ReservationDraft
from hub.flows.stock.keep_reservations import Extension, Release
from hub.inventory.lifecycle import ReservationState
from hub.inventory.model.reservation import Reservation, ReservationFilter, ReservationKind
from hub.kernel.errors import InvalidField
from hub.kernel.instant import Instant
from hub.wire.defaults import meant
from hub.wire.enums import Names
from hub.wire.instants import instant_to_pb

KINDS: Final = Names(ReservationKind, pb.ReservationKind, "RESERVATION_KIND")
STATES: Final = Names(ReservationState, pb.ReservationState, "RESERVATION_STATE")
LONGEST: Final = timedelta(days=366)
"""Longer than any channel lets a reservation live: what is asked for beyond is no duration."""


def draft_from_pb(message: pb.ReservationDraft, field: str) -> ReservationDraft:
    """The reservation a caller states; raises InvalidField for a duration that is none, and for a node out of place."""
    kind = KINDS.from_pb(meant(message, "kind"), f"{field}.kind")
    if (kind is ReservationKind.BOUND) != bool(message.node_id):
        raise InvalidField(
            f"{field}.node_id goes with kind BOUND: state both or neither.",
            **{f"{field}.node_id": "goes with kind BOUND"},
        )
    return ReservationDraft(
        channel_id=message.channel_id,
        lines=tuple((line.sku, line.quantity) for line in message.lines),
        kind=kind,
        node_id=message.node_id,
        ttl=_ttl(message.ttl, f"{field}.ttl") if message.HasField("ttl") else None,
        buyer_reference=message.buyer_reference,
    )


def extension_from_pb(message: pb.ExtendReservationRequest) -> Extension:
    """For how long a reservation is to live from now. Raises InvalidField."""
    return Extension(UUID(message.reservation_id), _ttl(message.ttl, "ttl") if message.HasField("ttl") else None)


def release_from_pb(message: pb.ReleaseReservationRequest) -> Release:
    """What is given back, by SKU."""
    units: dict[str, int] = {}
    for line in message.lines:
        units[line.sku] = units.get(line.sku, 0) + line.quantity
    return Release(UUID(message.reservation_id), units)


def filter_from_pb(message: pb.ListReservationsRequest, buyer_index: bytes, at: Instant) -> ReservationFilter:
    """Which reservations are asked for."""
    return ReservationFilter(
        at=at,
        channel_id=message.channel_id,
        state=STATES.optional(message.state, "state"),
        sku=message.sku,
        node_id=message.node_id,
        buyer_index=buyer_index,
    )


def reservation_to_pb(reservation: Reservation) -> pb.Reservation:
    """A reservation as it stands."""
    return pb.Reservation(
        reservation_id=str(reservation.reservation_id),
        channel_id=reservation.channel_id,
        kind=KINDS.to_pb(reservation.kind),
        node_id=reservation.node_id or "",
        state=STATES.to_pb(reservation.state),
        lines=[
            pb.ReservationLine(
                sku=line.sku,
                quantity=line.quantity,
                live=line.live,
                released=line.released,
                expired=line.expired,
                consumed=line.consumed,
            )
            for line in reservation.lines
        ],
        claims=[
            pb.ReservationClaim(sku=sku, node_id=node_id, units=units)
            for (sku, node_id), units in sorted(reservation.claims.items())
        ],
        create_time=instant_to_pb(reservation.made_at),
        expire_time=instant_to_pb(reservation.expires_at),
        latest_expire_time=instant_to_pb(reservation.latest_at),
        order_id=str(reservation.order_id or ""),
        version=reservation.version,
    )


def _ttl(message: Duration, field: str) -> timedelta:
    if not 0 < message.seconds <= LONGEST.total_seconds():
        raise InvalidField(f"{field} must be from one second to one year.", **{field: "out of range"})
    return timedelta(seconds=message.seconds, microseconds=message.nanos // 1000)
