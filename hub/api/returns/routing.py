"""ReturnRoutingService: where returned units go, and why not elsewhere."""

from __future__ import annotations

from uuid import UUID

from crossdock.returns.v1 import routing_pb2 as pb
from hub.api.deps import ServiceDeps
from hub.api.edge.calls import Call
from hub.api.pages import Page
from hub.cases.context import FlowContext
from hub.cases.returns.return_cases import ReturnResult, read_returns
from hub.cases.returns.routing import route
from hub.catalog import operations as catalog
from hub.kernel.errors import Refusal
from hub.network.errors import UnknownNode
from hub.returns import operations as returns
from hub.returns.errors import ReturnNotFound
from hub.wire.refusals import refusal_to_pb
from hub.wire.returns.routing import route_to_pb


class ReturnRoutingService:
    """Chooses places and tells what was chosen."""

    def __init__(self, deps: ServiceDeps) -> None:
        self._deps = deps

    async def PreviewRoutes(self, request: pb.PreviewRoutesRequest, call: Call) -> pb.PreviewRoutesResponse:
        """Says where units would go now."""
        ids = [UUID(one.return_id) for one in request.questions]
        async with self._deps.database.reading() as tx:
            flow = await self._deps.surroundings.flow_context(tx, call.scope, causes={}, last=False)
            found = await read_returns(tx, await returns.orders_of(tx, call.scope, ids))
            results = [
                await _previewed(flow, found.get(return_id), question)
                for return_id, question in zip(ids, request.questions, strict=True)
            ]
        return pb.PreviewRoutesResponse(results=results)

    async def ListRoutes(self, request: pb.ListRoutesRequest, call: Call) -> pb.ListRoutesResponse:
        """Lists the routes decided for a return."""
        return_id, page = UUID(request.return_id), Page(request)
        async with self._deps.database.reading() as tx:
            if not await returns.orders_of(tx, call.scope, [return_id]):
                raise ReturnNotFound(f"There is no return {return_id}; authorize one first.", return_id=return_id)
            found = await returns.routes_of(tx, return_id, after=page.by_id(), size=page.size + 1)
        rows, token = page.cut(found, lambda route: (route.route_id,))
        return pb.ListRoutesResponse(routes=[route_to_pb(row) for row in rows], next_page_token=token)


async def _previewed(
    flow: FlowContext, back: ReturnResult | None, question: pb.RouteQuestion
) -> pb.PreviewRoutesResult:
    try:
        if back is None:
            raise ReturnNotFound(
                f"There is no return {question.return_id}; authorize one first.", return_id=question.return_id
            )
        if question.node_id and not flow.scope.sees(node_id=flow.network.node(question.node_id).node_id):
            raise UnknownNode(f"Node {question.node_id} is not a node that you work at.", node_id=question.node_id)
        items = await catalog.load(flow.tx, {line.sku for line in back.rma.lines})
        routes = route(flow, back.case, back.rma, back.rma.lines, items, question.node_id)
    except Refusal as refusal:
        return pb.PreviewRoutesResult(refusal=refusal_to_pb(refusal))
    return pb.PreviewRoutesResult(routes=pb.ReturnRoutes(routes=[route_to_pb(one) for one in routes]))
