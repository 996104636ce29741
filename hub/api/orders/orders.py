"""OrderService: place, read, watch and cancel orders."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from uuid import UUID

from crossdock.orders.v1 import order_service_pb2 as pb
from hub.api.deps import ServiceDeps
from hub.api.edge.calls import Call
from hub.api.orders.changes import CANCEL_LINES, PLACE_HOLD, PLACE_ORDER, RESOLVE_HOLD
from hub.api.orders.hold_commands import hold_command
from hub.api.orders.order_watch import OrderWatch
from hub.api.pages import Page
from hub.api.repeats import order_not_found
from hub.cases.case import Case
from hub.cases.store import read
from hub.flows.orders.resolve_holds import HoldDecision
from hub.kernel.errors import InvalidField, Refusal, inside
from hub.kernel.scope import Scope
from hub.orders import operations as orders
from hub.orders.lifecycle import ENDED
from hub.outbox import operations as outbox
from hub.parties import operations as parties
from hub.wire.fields import Fields
from hub.wire.orders.drafts import draft_from_pb
from hub.wire.orders.orders import HOLD_STATUSES, cancel_from_pb, filter_from_pb, order_fields
from hub.wire.orders.timeline import entry_to_pb
from hub.wire.refusals import refusal_to_pb

MOST_ORDERS = 256
"""Orders in a chunk."""
READ_AHEAD = 1
"""Chunks that are put on their way while the answers of one are awaited."""


class OrderService:
    """Takes orders from channels and ERPs and tells how they stand."""

    def __init__(self, deps: ServiceDeps) -> None:
        self._deps = deps
        self._watch = OrderWatch(deps.database, deps.news)

    async def PlaceOrder(self, request: pb.PlaceOrderRequest, call: Call) -> pb.PlaceOrderResponse:
        """Takes one order."""
        asked = call.asked(request, request.request_id)
        with inside("order"):
            case = await self._deps.gate.run(PLACE_ORDER, asked, draft_from_pb(request.order))
        return pb.PlaceOrderResponse(order=order_fields(case))

    async def PlaceOrders(
        self, requests: AsyncIterator[pb.PlaceOrdersRequest], call: Call
    ) -> AsyncIterator[pb.PlaceOrdersResponse]:
        """Takes orders chunk by chunk; each stands alone. The next chunk is read while one is worked."""
        chunks: asyncio.Queue[list[_Placing] | Exception | None] = asyncio.Queue(READ_AHEAD)
        reading = asyncio.create_task(self._read_ahead(requests, call, chunks))
        try:
            while (placing := await chunks.get()) is not None:
                if isinstance(placing, Exception):
                    raise placing
                yield pb.PlaceOrdersResponse(results=[await one.result() for one in placing])
        finally:
            reading.cancel()

    async def _read_ahead(
        self,
        requests: AsyncIterator[pb.PlaceOrdersRequest],
        call: Call,
        chunks: asyncio.Queue[list[_Placing] | Exception | None],
    ) -> None:
        """Puts each chunk's orders on their way, then None, or what ended the reading."""
        try:
            async for chunk in requests:
                if not 1 <= len(chunk.orders) <= MOST_ORDERS:
                    raise InvalidField(f"A chunk has 1 to {MOST_ORDERS} orders.", orders=f"has {len(chunk.orders)}")
                await chunks.put([self._placing(request, call) for request in chunk.orders])
        except Exception as error:  # whatever ends the reading is raised where the answers are given
            await chunks.put(error)
        else:
            await chunks.put(None)

    async def GetOrder(self, request: pb.GetOrderRequest, call: Call) -> pb.GetOrderResponse:
        """Reads one order."""
        return pb.GetOrderResponse(order=order_fields(await self._case(call.scope, UUID(request.order_id))))

    async def ListOrders(self, request: pb.ListOrdersRequest, call: Call) -> pb.ListOrdersResponse:
        """Lists orders, newest first."""
        page = Page(request)
        async with self._deps.database.reading() as tx:
            flow = await self._deps.surroundings.flow_context(tx, call.scope, causes={}, last=False)
            index = parties.blind_index(request.email, flow.secrets.blind_index) if request.email else b""
            wanted, after = filter_from_pb(request, index), page.by_instant()
            found = await orders.find(tx, call.scope, wanted, after=after, size=page.size + 1)
            cases = await read(tx, call.scope, found)
        rows, token = page.cut([cases[one] for one in found], _place_in_listing)
        return pb.ListOrdersResponse(orders=[order_fields(case) for case in rows], next_page_token=token)

    async def WatchOrder(self, request: pb.WatchOrderRequest, call: Call) -> AsyncIterator[pb.WatchOrderResponse]:
        """Sends the order as it stands and again after each change, until it ends."""
        order_id, ended = UUID(request.order_id), False
        async with self._watch.watching(order_id) as watcher:
            while not ended:
                watcher.changed.clear()
                case = await self._newer(call.scope, order_id, watcher.seen)
                if case is not None:
                    watcher.seen, ended = case.order.version, case.order.state in ENDED
                    yield pb.WatchOrderResponse(order=order_fields(case))
                if not ended:
                    await watcher.changed.wait()

    async def CancelLines(self, request: pb.CancelLinesRequest, call: Call) -> pb.CancelLinesResponse:
        """Cancels units."""
        asked = call.asked(request, request.request_id)
        done = await self._deps.gate.run(CANCEL_LINES, asked, cancel_from_pb(request))
        return pb.CancelLinesResponse(
            order=order_fields(done.case), canceled_quantity=done.canceled, requested_quantity=done.requested
        )

    async def ResolveHold(self, request: pb.ResolveHoldRequest, call: Call) -> pb.ResolveHoldResponse:
        """Ends a hold."""
        status = HOLD_STATUSES.from_pb(request.status, "status")
        decision = HoldDecision(UUID(request.order_id), UUID(request.hold_id), status, request.note)
        case = await self._deps.gate.run(RESOLVE_HOLD, call.asked(request, request.request_id), decision)
        return pb.ResolveHoldResponse(order=order_fields(case))

    async def PlaceHold(self, request: pb.PlaceHoldRequest, call: Call) -> pb.PlaceHoldResponse:
        """Puts a hold on an order or part of it."""
        held = await self._deps.gate.run(PLACE_HOLD, call.asked(request, request.request_id), hold_command(request))
        return pb.PlaceHoldResponse(order=order_fields(held.case))

    async def GetTimeline(self, request: pb.GetTimelineRequest, call: Call) -> pb.GetTimelineResponse:
        """Reads what happened to an order."""
        order_id = UUID(request.order_id)
        page = Page(request)
        async with self._deps.database.reading() as tx:
            if not await orders.load(tx, call.scope, [order_id], lock=False):
                raise order_not_found(order_id)
            found = await outbox.order_events(tx, order_id, after=page.by_id(), size=page.size + 1)
        rows, token = page.cut(found, lambda record: (record.event.event_id,))
        return pb.GetTimelineResponse(entries=[entry_to_pb(row) for row in rows], next_page_token=token)

    def _placing(self, request: pb.PlaceOrderRequest, call: Call) -> _Placing:
        try:
            call.refuse_flawed(request)
            asked = call.asked(request, request.request_id)
            with inside("order"):
                draft = draft_from_pb(request.order)
            return _Placing(request.request_id, self._deps.gate.submit(PLACE_ORDER, asked, [draft]))
        except Refusal as refusal:
            return _Placing(request.request_id, refusal)

    async def _case(self, scope: Scope, order_id: UUID) -> Case:
        async with self._deps.database.reading() as tx:
            case = (await read(tx, scope, [order_id])).get(order_id)
        if case is None:
            raise order_not_found(order_id)
        return case

    async def _newer(self, scope: Scope, order_id: UUID, seen: int) -> Case | None:
        """The order if its version is later than the one seen. Raises OrderNotFound."""
        async with self._deps.database.reading() as tx:
            order = (await orders.load(tx, scope, [order_id], lock=False)).get(order_id)
            if order is None:
                raise order_not_found(order_id)
            return (await read(tx, scope, [order_id])).get(order_id) if order.version > seen else None


class _Placing:
    """An order of a chunk on its way, or refused before it set out."""

    def __init__(self, request_id: str, answer: asyncio.Future[Sequence[Case | Refusal]] | Refusal) -> None:
        self._request_id, self._answer = request_id, answer

    async def result(self) -> Fields:
        """What became of it: the fields of PlaceOrdersResult. Raises what is no refusal."""
        answer = self._answer if isinstance(self._answer, Refusal) else await self._placed(self._answer)
        if isinstance(answer, Refusal):
            return {"request_id": self._request_id, "refusal": refusal_to_pb(answer)}
        return {"request_id": self._request_id, "order": order_fields(answer)}

    async def _placed(self, waiting: asyncio.Future[Sequence[Case | Refusal]]) -> Case | Refusal:
        try:
            (answer,) = await waiting
        except Refusal as refusal:
            answer = refusal
        return answer.within("order") if isinstance(answer, InvalidField) else answer


def _place_in_listing(case: Case) -> tuple[object, ...]:
    return case.order.placed_at, case.order_id
