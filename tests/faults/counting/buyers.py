"""Buyers at several hubs at once: each asks, one call after the other, and notes what it was answered and when."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from random import Random
from typing import Any, Final
from uuid import UUID, uuid4

import grpc
from google.rpc import error_details_pb2, status_pb2

from crossdock.common.v1 import errors_pb2
from crossdock.inventory.v1 import reservations_pb2, reservations_pb2_grpc
from crossdock.orders.v1 import order_service_pb2, order_service_pb2_grpc
from hub.api.edge.refusals import DETAILS_KEY
from hub.kernel.instant import Instant
from tests.faults.counting.hubs import SKU, TOKEN, Shop

METADATA: Final = (("authorization", f"Bearer {TOKEN}"),)
AGAIN: Final = frozenset({"STATE_CHANGED", "OVERLOADED", ""})
"""Reasons (none: the hub is away) after which the same request is asked again."""
_PREFIX: Final = "ERROR_REASON_"


Answer = tuple[UUID | None, str]
"""What was made or changed, or the reason why not."""
Call = Callable[[grpc.aio.Channel], Awaitable[Answer]]


@dataclass(frozen=True)
class Asked:
    """A call that was answered: seconds of sending and answer, business time when it was sent, units wanted.

    `reason` is empty where it was done; `identity` is then the reservation or order it made or changed.
    """

    kind: str
    units: int
    sent: float
    answered: float
    clock: Instant
    identity: UUID | None = None
    reason: str = ""


@dataclass
class Buyer:
    """One who buys: over stubs to each hub, choosing by a seed."""

    shop: Shop
    channels: Sequence[grpc.aio.Channel]
    random: Random
    name: str
    log: list[Asked] = field(default_factory=list)
    tries: int = 0

    async def reserve(self, units: int, seconds: int) -> UUID | None:
        """Reserves units for so long; None where refused."""
        request = reservations_pb2.ReserveStockRequest(request_id=str(uuid4()))
        draft = request.reservations.add(channel_id="WEB-NL")
        draft.lines.add(sku=SKU, quantity=units)
        draft.ttl.seconds = seconds
        return await self._ask("reserve", units, _reserve(request))

    async def order(self, units: int, *reservation_ids: UUID) -> UUID | None:
        """Places an order; None where refused."""
        self.tries += 1
        request = order_service_pb2.PlaceOrderRequest(request_id=str(uuid4()))
        order = request.order
        order.channel_id, order.currency_code = "WEB-NL", "EUR"
        order.channel_reference = f"{self.name}-{self.tries}"
        line = order.lines.add(sku=SKU, quantity=units)
        line.unit_price.currency_code, line.unit_price.units = "EUR", 10
        order.customer.name = "Somebody"
        address = order.customer.address
        address.city, address.postal_code, address.country_code = "Amsterdam", "1015 AA", "NL"
        address.street_lines.append("Keizersgracht 1")
        order.reservation_ids.extend(map(str, reservation_ids))
        return await self._ask("confirm" if reservation_ids else "order", units, _place(request))

    async def release(self, reservation_id: UUID, units: int) -> UUID | None:
        """Gives units back."""
        request = reservations_pb2.ReleaseReservationRequest(
            request_id=str(uuid4()), reservation_id=str(reservation_id)
        )
        request.lines.add(sku=SKU, quantity=units)
        return await self._ask("release", units, _release(request))

    async def extend(self, reservation_id: UUID, seconds: int) -> UUID | None:
        """Keeps units for so long from now."""
        request = reservations_pb2.ExtendReservationRequest(request_id=str(uuid4()), reservation_id=str(reservation_id))
        request.ttl.seconds = seconds
        return await self._ask("extend", 0, _extend(request))

    async def cancel(self, order_id: UUID, units: int) -> UUID | None:
        """Cancels an order, whole."""
        request = order_service_pb2.CancelLinesRequest(
            request_id=str(uuid4()), order_id=str(order_id), reason="changed my mind"
        )
        return await self._ask("cancel", units, _cancel(request))

    async def _ask(self, kind: str, units: int, call: Call) -> UUID | None:
        """Asks some hub, and again under the same request id while it is away or says so."""
        sent, clock = time.perf_counter(), self.shop.clock
        while True:
            try:
                identity, reason = await call(self.random.choice(self.channels))
            except grpc.aio.AioRpcError as error:
                identity, reason = None, reason_of(error)
            if reason not in AGAIN or identity is not None:
                break
            await asyncio.sleep(0.05)
        self.log.append(Asked(kind, units, sent, time.perf_counter(), clock, identity, reason))
        return identity


def _reserve(request: reservations_pb2.ReserveStockRequest) -> Call:
    async def call(channel: grpc.aio.Channel) -> Answer:
        answer = await reservations_pb2_grpc.ReservationServiceStub(channel).ReserveStock(request, metadata=METADATA)
        (result,) = answer.results
        if result.HasField("refusal"):
            return None, errors_pb2.ErrorReason.Name(result.refusal.reason).removeprefix(_PREFIX)
        return UUID(result.reservation.reservation_id), ""

    return call


def _place(request: order_service_pb2.PlaceOrderRequest) -> Call:
    async def call(channel: grpc.aio.Channel) -> Answer:
        answer = await order_service_pb2_grpc.OrderServiceStub(channel).PlaceOrder(request, metadata=METADATA)
        return UUID(answer.order.order_id), ""

    return call


def _release(request: reservations_pb2.ReleaseReservationRequest) -> Call:
    async def call(channel: grpc.aio.Channel) -> Answer:
        stub = reservations_pb2_grpc.ReservationServiceStub(channel)
        answer = await stub.ReleaseReservation(request, metadata=METADATA)
        return UUID(answer.reservation.reservation_id), ""

    return call


def _extend(request: reservations_pb2.ExtendReservationRequest) -> Call:
    async def call(channel: grpc.aio.Channel) -> Answer:
        stub = reservations_pb2_grpc.ReservationServiceStub(channel)
        answer = await stub.ExtendReservation(request, metadata=METADATA)
        return UUID(answer.reservation.reservation_id), ""

    return call


def _cancel(request: order_service_pb2.CancelLinesRequest) -> Call:
    async def call(channel: grpc.aio.Channel) -> Answer:
        answer = await order_service_pb2_grpc.OrderServiceStub(channel).CancelLines(request, metadata=METADATA)
        return UUID(answer.order.order_id), ""

    return call


def reason_of(error: grpc.aio.AioRpcError) -> str:
    """The reason of a refused call; empty where the hub is away, the status where it says none."""
    if error.code() is grpc.StatusCode.UNAVAILABLE:
        return ""
    trailers: Any = error.trailing_metadata() or ()
    details = dict(trailers).get(DETAILS_KEY)
    for detail in status_pb2.Status.FromString(details).details if details else ():
        info = error_details_pb2.ErrorInfo()
        if detail.Unpack(info):
            return info.reason
    return f"{error.code().name}: {error.details()}"


async def crowd(
    shop: Shop, channels: Sequence[grpc.aio.Channel], *, seed: int, buyers: int, rounds: int
) -> list[Asked]:
    """So many buyers at once, each so many rounds of reserving, confirming, canceling, leaving; answers all calls.

    Business time goes on by leaps meanwhile, one per so many answers, so that what is left behind expires.
    """
    random = Random(seed)
    made = [Buyer(shop, channels, Random(random.random()), f"{seed}-{number}") for number in range(buyers)]
    leaping = asyncio.create_task(_leaps(shop, made, Random(random.random()), every=buyers))
    try:
        await asyncio.gather(*(_buys(one, rounds) for one in made))
    finally:
        leaping.cancel()
        await asyncio.gather(leaping, return_exceptions=True)
    return [asked for one in made for asked in one.log]


async def _leaps(shop: Shop, buyers: Sequence[Buyer], random: Random, *, every: int) -> None:
    due = every
    while True:
        await asyncio.sleep(0.005)
        if sum(len(one.log) for one in buyers) >= due:
            due += every
            await shop.pass_time(timedelta(seconds=random.randint(5, 40)))


async def _buys(buyer: Buyer, rounds: int) -> None:
    random = buyer.random
    for _ in range(rounds):
        units = random.choice((1, 1, 1, 2, 3))
        if random.random() < 0.25:
            await _keeps_or_cancels(buyer, await buyer.order(units), units)
            continue
        reservation_id = await buyer.reserve(units, random.randint(20, 120))
        if reservation_id is not None:
            await _decides(buyer, reservation_id, units)


async def _decides(buyer: Buyer, reservation_id: UUID, units: int) -> None:
    """Confirms, confirms twice at once, gives back in part or whole, extends, or leaves."""
    match buyer.random.choices(("confirm", "twice", "part", "release", "extend", "leave"), (35, 10, 10, 15, 10, 20))[0]:
        case "confirm":
            await _keeps_or_cancels(buyer, await buyer.order(units, reservation_id), units)
        case "twice":
            orders = await asyncio.gather(buyer.order(units, reservation_id), buyer.order(units, reservation_id))
            for order_id in orders:
                await _keeps_or_cancels(buyer, order_id, units)
        case "part" if units > 1:
            await buyer.release(reservation_id, 1)
            await _keeps_or_cancels(buyer, await buyer.order(units - 1, reservation_id), units - 1)
        case "release":
            await buyer.release(reservation_id, units)
        case "extend":
            await buyer.extend(reservation_id, 120)
            await _keeps_or_cancels(buyer, await buyer.order(units, reservation_id), units)


async def _keeps_or_cancels(buyer: Buyer, order_id: UUID | None, units: int) -> None:
    if order_id is not None and buyer.random.random() < 0.9:
        await buyer.cancel(order_id, units)
