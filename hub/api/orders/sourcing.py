"""SourcingService: why goods ship from where they ship from."""

from __future__ import annotations

from uuid import UUID

from crossdock.sourcing.v1 import sourcing_pb2 as pb
from hub.api.deps import ServiceDeps
from hub.api.edge.calls import Call
from hub.api.pages import Page
from hub.api.repeats import order_not_found
from hub.orders import operations as orders
from hub.sourcing import operations as sourcing
from hub.wire.orders.sourcing import decision_to_pb


class SourcingService:
    """Explains stored sourcing decisions."""

    def __init__(self, deps: ServiceDeps) -> None:
        self._deps = deps

    async def ListDecisions(self, request: pb.ListDecisionsRequest, call: Call) -> pb.ListDecisionsResponse:
        """Lists the decisions taken for an order, oldest first."""
        order_id = UUID(request.order_id)
        page = Page(request)
        async with self._deps.database.reading() as tx:
            if not await orders.load(tx, call.scope, [order_id], lock=False):
                raise order_not_found(order_id)
            found = await sourcing.of_order(tx, order_id, after=page.by_instant(), size=page.size + 1)
        rows, token = page.cut(found, lambda decision: (decision.decided_at, decision.decision_id))
        return pb.ListDecisionsResponse(decisions=[decision_to_pb(row) for row in rows], next_page_token=token)
