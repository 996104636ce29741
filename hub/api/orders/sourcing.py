"""SourcingService: why goods ship from where they ship from."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from msgspec.structs import replace

from crossdock.sourcing.v1 import sourcing_pb2 as pb
from hub.api.deps import ServiceDeps
from hub.api.edge.calls import Call
from hub.api.pages import Page
from hub.api.repeats import order_not_found
from hub.cases.context import FlowContext
from hub.cases.intake.comparing import replayed
from hub.cases.intake.under_policy import assumed
from hub.inventory.model import StockKey
from hub.network.errors import ConfigurationInvalid, TrialNotFound
from hub.network.policy import channel_seen
from hub.network.policy.problems import problems_of_policy
from hub.orders import operations as orders
from hub.orders.model import Order
from hub.sourcing import operations as sourcing
from hub.sourcing.model import Decision, Plan, Shipped
from hub.wire.instants import instant_from_pb
from hub.wire.orders.sourcing import decision_to_pb, node_days_to_pb, shipped_to_pb
from hub.wire.setup.sourcing_policy import policy_from_pb, trial_to_pb

REHEARSED_ORDERS: Final = 50
"""Orders that one call replays at most: others wait for as long."""
_FIRST: Final = UUID(int=0)


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
        supposed = request.more_stock or request.closed_node_ids or request.HasField("policy")
        async with self._deps.database.reading() as tx:
            found = await orders.load(tx, call.scope, [order_id], lock=False)
            if not found:
                raise order_not_found(order_id)
            decision = await sourcing.last_of_order(tx, order_id)
            if decision is None:
                return pb.ExplainDecisionResponse()
            otherwise = None
            if supposed:
                flow = await self._deps.surroundings.flow_context(tx, call.scope, causes={}, last=False)
                otherwise = replace(decision, plan=await _assumed(flow, found[order_id], decision, request))
        return pb.ExplainDecisionResponse(
            decision=decision_to_pb(decision), assumed=None if otherwise is None else decision_to_pb(otherwise)
        )

    async def GetTrial(self, request: pb.GetTrialRequest, call: Call) -> pb.GetTrialResponse:
        """Tells how a channel's tried sourcing policy does."""
        async with self._deps.database.reading() as tx:
            flow = await self._deps.surroundings.flow_context(tx, call.scope, causes={}, last=False)
            channel = channel_seen(flow.network, call.scope, request.channel_id, "see trials of")
            if (tried := channel.sourcing_trial) is None:
                raise TrialNotFound(
                    f"{request.channel_id} tries no sourcing policy; load a network that states one.",
                    channel_id=request.channel_id,
                )
            known = await sourcing.trial(tx, request.channel_id, tried.name)
        counted, shipped = (known.counted, known.tried) if known else (Shipped(), Shipped())
        return pb.GetTrialResponse(
            trial=trial_to_pb(tried), counted=shipped_to_pb(counted), tried=shipped_to_pb(shipped)
        )

    async def RehearsePolicy(self, request: pb.RehearsePolicyRequest, call: Call) -> pb.RehearsePolicyResponse:
        """Tells what a page of orders ships as was decided, and by a policy that is not in force."""
        policy = policy_from_pb(request.policy, field="policy")
        since = instant_from_pb(request.placed_since_time, field="placed_since_time")
        page = Page(request, largest=REHEARSED_ORDERS, default=REHEARSED_ORDERS)
        after = page.by_instant() or (since, _FIRST)
        async with self._deps.database.reading() as tx:
            flow = await self._deps.surroundings.flow_context(tx, call.scope, causes={}, last=False)
            channel_seen(flow.network, call.scope, request.channel_id, "rehearse policies of")
            if unfit := problems_of_policy(flow.network, policy):
                raise ConfigurationInvalid(unfit)
            placed = await orders.placed_after(tx, request.channel_id, after, page.size + 1)
            rows, token = page.cut(placed, lambda row: row)
            decided, rehearsed = await replayed(flow, call.scope, [order_id for _, order_id in rows], policy)
        return pb.RehearsePolicyResponse(
            decided=shipped_to_pb(decided.shipped),
            rehearsed=shipped_to_pb(rehearsed.shipped),
            node_days=node_days_to_pb(flow.network, decided.days, rehearsed.days),
            next_page_token=token,
        )


async def _assumed(flow: FlowContext, order: Order, decision: Decision, request: pb.ExplainDecisionRequest) -> Plan:
    more: dict[StockKey, int] = {}
    for one in request.more_stock:
        more[one.sku, one.node_id] = more.get((one.sku, one.node_id), 0) + one.quantity
    policy = policy_from_pb(request.policy, field="policy") if request.HasField("policy") else None
    closed = frozenset(request.closed_node_ids)
    return await assumed(flow, order, decision, more=more, closed=closed, policy=policy)
