"""ReservationService: soft claims on stock that expire."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Final
from uuid import UUID

from msgspec.structs import replace

from crossdock.inventory.v1 import reservations_pb2 as pb
from hub.api.deps import ServiceDeps
from hub.api.edge.calls import Call
from hub.api.pages import Page
from hub.cases.context import FlowContext
from hub.cases.intake.reserving import ReservationDraft, buyer_index
from hub.flows.stock.keep_reservations import Extension, Release, extend_reservations, release_reservations
from hub.flows.stock.reserve_stock import (
    choose_optimistically,
    reserve_optimistically,
    reserve_stock,
)
from hub.gate.change import Asked, Change, Optimistic
from hub.gate.outcomes import Stored
from hub.inventory.errors import ReservationNotFound
from hub.inventory.model.reservation import Reservation
from hub.inventory.operations import reservations
from hub.kernel.errors import DeadlinePassed, InvalidField, Overloaded, Refusal, RequestIdReused
from hub.kernel.ids import derived
from hub.wire.refusals import refusal_to_pb
from hub.wire.stock.reservations import (
    draft_from_pb,
    extension_from_pb,
    filter_from_pb,
    release_from_pb,
    reservation_to_pb,
)


def _stored(reservation: Reservation) -> Stored:
    return {"reservation_id": str(reservation.reservation_id)}


async def _standing(flow: FlowContext, stored: Sequence[Stored]) -> list[Reservation | Refusal]:
    ids = [UUID(one["reservation_id"]) for one in stored]
    found = await reservations.load(flow.tx, flow.scope, ids)
    return [reservations.seen(found[id_], flow.at) if id_ in found else _not_found(id_) for id_ in ids]


RESERVE_STOCK: Final[Change[ReservationDraft, Reservation]] = Change(
    "ReserveStock",
    reserve_stock,
    _stored,
    _standing,
    optimistic=Optimistic(choose_optimistically, reserve_optimistically),
    alone=True,
)
EXTEND_RESERVATION: Final[Change[Extension, Reservation]] = Change(
    "ExtendReservation", extend_reservations, _stored, _standing
)
RELEASE_RESERVATION: Final[Change[Release, Reservation]] = Change(
    "ReleaseReservation", release_reservations, _stored, _standing
)


_WHOLE: Final = (Overloaded, DeadlinePassed, RequestIdReused)
"""Refusals of a request as a whole, where all of its elements meet them."""


class ReservationService:
    """Keeps units for carts."""

    def __init__(self, deps: ServiceDeps) -> None:
        self._deps = deps

    async def ReserveStock(self, request: pb.ReserveStockRequest, call: Call) -> pb.ReserveStockResponse:
        """Reserves units, element by element."""
        asked = call.asked(request, request.request_id)
        drafts = [draft_from_pb(one, f"reservations[{index}]") for index, one in enumerate(request.reservations)]
        answers = await asyncio.gather(*(self._reserved(asked, *one) for one in enumerate(drafts)))
        whole = [answer for answer in answers if isinstance(answer, _WHOLE)]
        if len(whole) == len(answers):
            raise whole[0]
        return pb.ReserveStockResponse(results=[_result(answer) for answer in answers])

    async def _reserved(self, asked: Asked, index: int, draft: ReservationDraft) -> Reservation | Refusal:
        """One element, gathered with others like a request of its own: it may have to be chosen again."""
        mine = replace(asked, request_id=derived(asked.request_id, "reserve", index)) if index else asked
        try:
            return await self._deps.gate.run(RESERVE_STOCK, mine, draft)
        except Refusal as refusal:
            return refusal

    async def ExtendReservation(self, request: pb.ExtendReservationRequest, call: Call) -> pb.ExtendReservationResponse:
        """Lets a reservation live longer."""
        asked = call.asked(request, request.request_id)
        done = await self._deps.gate.run(EXTEND_RESERVATION, asked, extension_from_pb(request))
        return pb.ExtendReservationResponse(reservation=reservation_to_pb(done))

    async def ReleaseReservation(
        self, request: pb.ReleaseReservationRequest, call: Call
    ) -> pb.ReleaseReservationResponse:
        """Gives units back."""
        asked = call.asked(request, request.request_id)
        done = await self._deps.gate.run(RELEASE_RESERVATION, asked, release_from_pb(request))
        return pb.ReleaseReservationResponse(reservation=reservation_to_pb(done))

    async def GetReservation(self, request: pb.GetReservationRequest, call: Call) -> pb.GetReservationResponse:
        """Reads a reservation."""
        identity = UUID(request.reservation_id)
        async with self._deps.database.reading() as tx:
            flow = await self._deps.surroundings.flow_context(tx, call.scope, causes={}, last=False)
            found = await reservations.load(tx, call.scope, [identity])
        if identity not in found:
            raise _not_found(identity)
        return pb.GetReservationResponse(reservation=reservation_to_pb(reservations.seen(found[identity], flow.at)))

    async def ListReservations(self, request: pb.ListReservationsRequest, call: Call) -> pb.ListReservationsResponse:
        """Lists reservations, newest first."""
        page = Page(request)
        after = page.by_instant()
        if request.buyer_reference and not request.channel_id:
            raise InvalidField("A buyer belongs to a channel; state channel_id too.", channel_id="needed for a buyer")
        async with self._deps.database.reading() as tx:
            flow = await self._deps.surroundings.flow_context(tx, call.scope, causes={}, last=False)
            buyer = buyer_index(request.channel_id, request.buyer_reference, flow.secrets.blind_index)
            wanted = filter_from_pb(request, buyer or b"", flow.at)
            found = await reservations.page(tx, call.scope, wanted, after, page.size + 1)
        rows, token = page.cut(found, lambda one: (one.made_at, one.reservation_id))
        shown = [reservation_to_pb(reservations.seen(row, flow.at)) for row in rows]
        return pb.ListReservationsResponse(reservations=shown, next_page_token=token)


def _result(answer: Reservation | Refusal) -> pb.ReserveStockResult:
    if isinstance(answer, Refusal):
        return pb.ReserveStockResult(refusal=refusal_to_pb(answer))
    return pb.ReserveStockResult(reservation=reservation_to_pb(answer))


def _not_found(identity: UUID) -> ReservationNotFound:
    return ReservationNotFound(
        f"There is no reservation {identity}; list reservations to find it.", reservation_id=identity
    )
