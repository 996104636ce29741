"""SourcingService: why goods ship from where they ship from."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from msgspec.structs import replace

from crossdock.sourcing.v1 import sourcing_pb2 as pb
from hub.api.deps import ServiceDeps
from hub.api.edge.calls import Call
from hub.api.pages import Page
from hub.api.repeats import order_not_found
from hub.cases.intake.planning import SEARCH_BUDGET
from hub.inventory.model import StockKey
from hub.orders import operations as orders
from hub.sourcing import operations as sourcing
from hub.sourcing.model import Plan
from hub.sourcing.policy.replaying import demands_of, replayed
from hub.wire.orders.sourcing import decision_to_pb


class SourcingService:
    """Shows stored sourcing decisions, and what they would have been otherwise."""

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

    async def ExplainDecision(self, request: pb.ExplainDecisionRequest, call: Call) -> pb.ExplainDecisionResponse:
        """Explains the last decision of an order, and what it would have been under assumptions."""
        order_id = UUID(request.order_id)
        async with self._deps.database.reading() as tx:
            found = await orders.load(tx, call.scope, [order_id], lock=False)
            if not found:
                raise order_not_found(order_id)
            decision = await sourcing.last_of_order(tx, order_id)
        if decision is None:
            return pb.ExplainDecisionResponse()
        assumed = None
        if request.more_stock or request.closed_node_ids:
            skus = {line.line_number: line.sku for line in found[order_id].lines}
            assumed = replace(decision, plan=_assumed(decision.plan, skus, request))
        return pb.ExplainDecisionResponse(
            decision=decision_to_pb(decision), assumed=None if assumed is None else decision_to_pb(assumed)
        )


def _assumed(plan: Plan, skus: Mapping[int, str], request: pb.ExplainDecisionRequest) -> Plan:
    more: dict[StockKey, int] = {}
    for one in request.more_stock:
        more[one.sku, one.node_id] = more.get((one.sku, one.node_id), 0) + one.quantity
    demands = demands_of(plan, skus)
    return replayed(plan, demands, more=more, closed=frozenset(request.closed_node_ids), node_budget=SEARCH_BUDGET)
