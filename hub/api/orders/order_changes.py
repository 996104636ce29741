"""ChangeService: proposes changes of orders, confirms them, and shows them."""

from __future__ import annotations

from uuid import UUID

from crossdock.orders.v1 import change_service_pb2 as pb
from hub.api.deps import ServiceDeps
from hub.api.edge.calls import Call
from hub.api.orders.changes import CONFIRM_CHANGE, PROPOSE_CHANGE, change_not_found
from hub.api.repeats import order_not_found
from hub.changes import operations as changes
from hub.flows.orders.confirm_changes import Confirmation
from hub.kernel.scope import Scope
from hub.orders import operations as orders
from hub.wire.orders.changes import change_from_pb, change_to_pb
from hub.wire.orders.orders import order_fields


class ChangeService:
    """Changes orders that stand."""

    def __init__(self, deps: ServiceDeps) -> None:
        self._deps = deps

    async def ProposeChange(self, request: pb.ProposeChangeRequest, call: Call) -> pb.ProposeChangeResponse:
        """Proposes a change, with its preview."""
        draft = change_from_pb(request, await self._currency(call.scope, UUID(request.order_id)))
        change = await self._deps.gate.run(PROPOSE_CHANGE, call.asked(request, request.request_id), draft)
        return pb.ProposeChangeResponse(change=change_to_pb(change, change.proposed_at))

    async def ConfirmChange(self, request: pb.ConfirmChangeRequest, call: Call) -> pb.ConfirmChangeResponse:
        """Confirms a proposal."""
        confirmation = Confirmation(UUID(request.order_id), UUID(request.change_id))
        done = await self._deps.gate.run(CONFIRM_CHANGE, call.asked(request, request.request_id), confirmation)
        at = done.change.proposed_at
        return pb.ConfirmChangeResponse(change=change_to_pb(done.change, at), order=order_fields(done.case))

    async def GetChange(self, request: pb.GetChangeRequest, call: Call) -> pb.GetChangeResponse:
        """Reads one change."""
        order_id, change_id = UUID(request.order_id), UUID(request.change_id)
        async with self._deps.database.reading() as tx:
            flow = await self._deps.surroundings.flow_context(tx, call.scope, causes={}, last=False)
            seen = await orders.load(tx, call.scope, [order_id], lock=False)
            change = (await changes.load(tx, [change_id])).get(change_id) if seen else None
        if change is None or change.order_id != order_id:
            raise change_not_found(change_id)
        return pb.GetChangeResponse(change=change_to_pb(change, flow.at))

    async def _currency(self, scope: Scope, order_id: UUID) -> str:
        async with self._deps.database.reading() as tx:
            order = (await orders.load(tx, scope, [order_id], lock=False)).get(order_id)
        if order is None:
            raise order_not_found(order_id)
        return order.currency
