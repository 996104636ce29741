"""BulkService: the same for all orders that a filter names, page by page, or only what it would come to."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final, TypeVar
from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace

from crossdock.orders.v1 import bulk_service_pb2 as pb
from hub.api.deps import ServiceDeps
from hub.api.edge.calls import Call
from hub.api.orders.changes import CANCEL_LINES, HOLD_ORDER, RESUME_ORDER, SOURCE_AGAIN
from hub.api.pages import Page
from hub.cases.case import Case
from hub.cases.store import read
from hub.flows.orders.hold_orders import HoldOrder
from hub.flows.orders.source_again import SourceAgain
from hub.gate.change import Change
from hub.holds.model import BEFORE_RELEASE, Operation
from hub.kernel.errors import InvalidField, Refusal
from hub.kernel.ids import derived
from hub.orders import operations as orders
from hub.orders.model import CancelRequest, OrderFilter
from hub.wire.defaults import meant
from hub.wire.instants import span_from_pb
from hub.wire.orders.orders import HOLD_TYPES, ORDER_STATES
from hub.wire.refusals import refusal_to_pb

C = TypeVar("C")
R = TypeVar("R")

LARGEST_PAGE: Final = 200
"""Orders in a page at most: a dry run holds their locks while it looks."""


class _Rehearsed(Exception):
    """Ends a transaction that must leave nothing behind; has the answers of what was done in it."""

    def __init__(self, answers: Sequence[Any]) -> None:
        super().__init__()
        self.answers = answers


class _OrdersPage(Struct, frozen=True):
    """The orders of a page, newest first, and the token of the next."""

    cases: Sequence[Case]
    token: str


class BulkService:
    """Acts on the orders that match a filter and have not ended."""

    def __init__(self, deps: ServiceDeps) -> None:
        self._deps = deps

    async def CancelOrders(self, request: pb.CancelOrdersRequest, call: Call) -> pb.CancelOrdersResponse:
        """Cancels what can be canceled."""

        def command(case: Case) -> CancelRequest:
            return CancelRequest(case.order_id, request.reason)

        page = await self._page(request, call)
        answers = await self._done(CANCEL_LINES, request, call, page, command)
        results = _results(page, answers, lambda one: pb.BulkDone(
            done_quantity=one.canceled, requested_quantity=one.requested
        ))  # fmt: skip
        return pb.CancelOrdersResponse(results=results, next_page_token=page.token)

    async def HoldOrders(self, request: pb.HoldOrdersRequest, call: Call) -> pb.HoldOrdersResponse:
        """Puts holds."""
        kind = HOLD_TYPES.from_pb(meant(request, "type"), "type")
        blocks = frozenset(map(Operation, request.blocks)) or BEFORE_RELEASE
        ttl = span_from_pb(request.ttl, field="ttl") if request.HasField("ttl") else None

        def command(case: Case) -> HoldOrder:
            return HoldOrder(case.order_id, kind, request.reason, blocks, ttl)

        page = await self._page(request, call)
        answers = await self._done(HOLD_ORDER, request, call, page, command)
        results = _results(page, answers, lambda one: pb.BulkDone(done_quantity=one.holds))
        return pb.HoldOrdersResponse(results=results, next_page_token=page.token)

    async def ResumeOrders(self, request: pb.ResumeOrdersRequest, call: Call) -> pb.ResumeOrdersResponse:
        """Ends holds."""
        kind = HOLD_TYPES.from_pb(meant(request, "type"), "type")
        page = await self._page(request, call)
        answers = await self._done(
            RESUME_ORDER, request, call, page, lambda case: HoldOrder(case.order_id, kind, request.note)
        )
        results = _results(page, answers, lambda one: pb.BulkDone(done_quantity=one.holds))
        return pb.ResumeOrdersResponse(results=results, next_page_token=page.token)

    async def SourceOrdersAgain(self, request: pb.SourceOrdersAgainRequest, call: Call) -> pb.SourceOrdersAgainResponse:
        """Chooses nodes anew."""
        node_id = request.selection.node_id
        page = await self._page(request, call)
        answers = await self._done(SOURCE_AGAIN, request, call, page, lambda case: SourceAgain(case.order_id, node_id))
        results = _results(page, answers, lambda one: pb.BulkDone(
            done_quantity=one.freed, requested_quantity=one.requested
        ))  # fmt: skip
        return pb.SourceOrdersAgainResponse(results=results, next_page_token=page.token)

    async def _page(self, request: Any, call: Call) -> _OrdersPage:
        wanted = _filter(request.selection)
        page = Page(request, LARGEST_PAGE)
        after = page.by_instant()
        async with self._deps.database.reading() as tx:
            found = await orders.find(tx, call.scope, wanted, after=after, size=page.size + 1)
            cases = await read(tx, call.scope, found)
        rows, token = page.cut([cases[one] for one in found], lambda case: (case.order.placed_at, case.order_id))
        return _OrdersPage(rows, token)

    async def _done(
        self, change: Change[C, R], request: Any, call: Call, page: _OrdersPage, command: Callable[[Case], C]
    ) -> list[R | Refusal]:
        """One answer per order of the page: from the gate, each order a request of its own, or from a rehearsal."""
        commands = [command(case) for case in page.cases]
        if request.dry_run:
            return await self._rehearsed(change, call, commands)
        waiting = []
        for case, one in zip(page.cases, commands, strict=True):
            own = derived(UUID(request.request_id), call.rpc, str(case.order_id))
            asked = replace(call.asked(request, request.request_id), request_id=own, content=repr(one).encode())
            waiting.append(self._deps.gate.submit(change, asked, [one]))
        return [(await one)[0] for one in waiting]

    async def _rehearsed(self, change: Change[C, R], call: Call, commands: Sequence[C]) -> list[R | Refusal]:
        """Does it all in a transaction that is taken back."""
        try:
            async with self._deps.database.transaction() as tx:
                flow = await self._deps.surroundings.flow_context(tx, call.scope, causes={}, last=False)
                raise _Rehearsed(await change.flow(flow, commands))
        except _Rehearsed as rehearsed:
            return list(rehearsed.answers)


def _filter(selection: pb.OrderSelection) -> OrderFilter:
    wanted = OrderFilter(
        channel_id=selection.channel_id,
        channel_reference=selection.channel_reference,
        sku=selection.sku,
        state=ORDER_STATES.optional(selection.state, "selection.state"),
        node_id=selection.node_id,
        exception_reason=selection.exception_reason,
        order_ids=tuple(map(UUID, selection.order_ids)),
    )
    if wanted == OrderFilter():
        raise InvalidField("selection is empty; state at least one filter.", selection="empty")
    return replace(wanted, live=True)


def _results(
    page: _OrdersPage, answers: Sequence[R | Refusal], done: Callable[[R], pb.BulkDone]
) -> list[pb.BulkResult]:
    results = []
    for case, answer in zip(page.cases, answers, strict=True):
        result = pb.BulkResult(order_id=str(case.order_id), channel_reference=case.order.channel_reference)
        if isinstance(answer, Refusal):
            result.refusal.CopyFrom(refusal_to_pb(answer))
        else:
            result.done.CopyFrom(done(answer))
        results.append(result)
    return results
