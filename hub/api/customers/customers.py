"""CustomerService: codes and sessions, and what customers see and do of their own orders by the existing flows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar
from uuid import UUID

from google.protobuf.message import Message
from msgspec.structs import replace

from crossdock.customers.v1 import customers_pb2 as pb
from hub.api.customers.door_changes import ASK_FOR_CODE, END_SESSIONS, ISSUE_SESSION, OPEN_SESSION
from hub.api.customers.ownership import bound, own_order, own_orders
from hub.api.customers.throttle import Throttle
from hub.api.customers.told import told_to_customers
from hub.api.deps import ServiceDeps
from hub.api.edge.calls import Call
from hub.api.edge.sessions import token_of
from hub.api.orders.changes import CANCEL_LINES, CONFIRM_CHANGE, PROPOSE_CHANGE
from hub.api.returns.return_changes import AUTHORIZE_RETURNS, CANCEL_RETURNS, CONFIRM_WITHDRAWALS, plan
from hub.cases.returns.return_cases import ReturnResult
from hub.cases.returns.withdrawal_rights import withdrawal_rights
from hub.cases.store import read
from hub.changes import operations as changes
from hub.changes.model import Requester
from hub.customers.errors import CodeRefused, NotTheirOwn
from hub.customers.model import Session, Subject
from hub.flows.orders.confirm_changes import Confirmation
from hub.flows.returns.preview_returns import preview_returns
from hub.gate.change import Change
from hub.kernel.errors import InvalidField, Refusal
from hub.kernel.scope import Role, Scope
from hub.orders import operations as orders
from hub.returns import operations as returns
from hub.wire.customers.own_drafts import (
    cancel_request_from_pb,
    change_draft_from_pb,
    guest_from_pb,
    own_right_from_pb,
    own_withdrawal_from_pb,
    return_request_from_pb,
    subject_from_pb,
    try_from_pb,
)
from hub.wire.customers.own_orders import own_change_to_pb, own_order_to_pb, own_return_to_pb, session_to_pb
from hub.wire.returns.returns import preview_to_pb
from hub.wire.returns.withdrawals import right_to_pb, withdrawal_to_pb

C = TypeVar("C")
R = TypeVar("R")
MOST_LISTED = 100
"""Orders that a listing shows."""


class CustomerService:
    """Lets customers in, and does what they ask of their own orders."""

    def __init__(self, deps: ServiceDeps) -> None:
        self._deps = deps
        self._throttle = Throttle(deps.machine_now)

    async def AskForCode(self, request: pb.AskForCodeRequest, call: Call) -> pb.AskForCodeResponse:
        """Sends a code, where order and address belong together."""
        self._throttle.admit(call.scope.principal, call.peer)
        self._throttle.count(call.scope.principal, call.peer)
        await self._deps.gate.run(ASK_FOR_CODE, call.asked(request, request.request_id), guest_from_pb(request))
        return pb.AskForCodeResponse()

    async def OpenSession(self, request: pb.OpenSessionRequest, call: Call) -> pb.OpenSessionResponse:
        """Opens a session with a code."""
        self._throttle.admit(call.scope.principal, call.peer)
        asked = call.asked(request, request.request_id)
        try:
            session = await self._deps.gate.run(OPEN_SESSION, asked, try_from_pb(request))
        except CodeRefused:
            self._throttle.count(call.scope.principal, call.peer)
            raise
        return pb.OpenSessionResponse(session=await self._session(session, call.scope))

    async def IssueSession(self, request: pb.IssueSessionRequest, call: Call) -> pb.IssueSessionResponse:
        """Opens a session for a customer whom the caller knows."""
        asked = call.asked(request, request.request_id)
        session = await self._deps.gate.run(ISSUE_SESSION, asked, subject_from_pb(request))
        return pb.IssueSessionResponse(session=await self._session(session, call.scope))

    async def EndSessions(self, request: pb.EndSessionsRequest, call: Call) -> pb.EndSessionsResponse:
        """Ends sessions."""
        asked, subjects = call.asked(request, request.request_id), [subject_from_pb(request)]
        if Role.CUSTOMER in call.scope.roles and request.WhichOneof("subject") is None:
            async with self._deps.database.reading() as tx:
                _, mine = await own_orders(self._deps, tx, call.scope)
            asked = replace(asked, scope=bound(call.scope, mine))
            subjects = [Subject(order_id=one) for one in call.scope.orders or ()]
            subjects += [Subject(party_id=one) for one in call.scope.parties or ()]
        elif call.scope.roles == {Role.CUSTOMER}:
            raise NotTheirOwn
        elif request.WhichOneof("subject") is None:
            raise InvalidField("Name the order or the party whose sessions end.", subject="missing")
        ended = await self._deps.gate.run_many(END_SESSIONS, asked, subjects)
        return pb.EndSessionsResponse(ended_count=sum(map(_given, ended)))

    async def ListOwnOrders(self, request: pb.ListOwnOrdersRequest, call: Call) -> pb.ListOwnOrdersResponse:
        """Lists the caller's orders."""
        del request  # it asks for all
        async with self._deps.database.reading() as tx:
            _, mine = await own_orders(self._deps, tx, call.scope)
        shown = await self._orders(bound(call.scope, mine), mine[:MOST_LISTED])
        return pb.ListOwnOrdersResponse(orders=shown)

    async def TrackOrder(self, request: pb.TrackOrderRequest, call: Call) -> pb.TrackOrderResponse:
        """Reads one order."""
        order_id = UUID(request.order_id)
        scope = await own_order(self._deps, call.scope, order_id)
        return pb.TrackOrderResponse(order=await self._order(scope, order_id))

    async def ProposeOwnChange(self, request: pb.ProposeOwnChangeRequest, call: Call) -> pb.ProposeOwnChangeResponse:
        """Proposes a change."""
        order_id = UUID(request.order_id)
        scope = await own_order(self._deps, call.scope, order_id)
        async with self._deps.database.reading() as tx:
            order = (await orders.load(tx, scope, [order_id], lock=False)).get(order_id)
        if order is None:
            raise NotTheirOwn
        draft = change_draft_from_pb(request, order.currency)
        change = await self._done(PROPOSE_CHANGE, call, scope, request, draft)
        return pb.ProposeOwnChangeResponse(change=own_change_to_pb(change, change.proposed_at))

    async def ConfirmOwnChange(self, request: pb.ConfirmOwnChangeRequest, call: Call) -> pb.ConfirmOwnChangeResponse:
        """Confirms a change that the customer proposed."""
        order_id, change_id = UUID(request.order_id), UUID(request.change_id)
        scope = await own_order(self._deps, call.scope, order_id)
        async with self._deps.database.reading() as tx:
            change = (await changes.load(tx, [change_id])).get(change_id)
        if change is None or change.order_id != order_id or change.requested_by is not Requester.CUSTOMER:
            raise NotTheirOwn
        done = await self._done(CONFIRM_CHANGE, call, scope, request, Confirmation(order_id, change_id))
        return pb.ConfirmOwnChangeResponse(
            change=own_change_to_pb(done.change, done.change.proposed_at), order=await self._order(scope, order_id)
        )

    async def CancelOwnLines(self, request: pb.CancelOwnLinesRequest, call: Call) -> pb.CancelOwnLinesResponse:
        """Cancels units."""
        order_id = UUID(request.order_id)
        scope = await own_order(self._deps, call.scope, order_id)
        done = await self._done(CANCEL_LINES, call, scope, request, cancel_request_from_pb(request))
        return pb.CancelOwnLinesResponse(
            order=await self._order(scope, order_id),
            canceled_quantity=done.canceled,
            requested_quantity=done.requested,
        )

    async def PreviewOwnReturn(self, request: pb.PreviewOwnReturnRequest, call: Call) -> pb.PreviewOwnReturnResponse:
        """Says what a return would bring; changes nothing."""
        scope = await own_order(self._deps, call.scope, UUID(request.order_id))
        asked = return_request_from_pb(request)
        async with self._deps.database.reading() as tx:
            flow = await self._deps.surroundings.flow_context(tx, scope, causes={}, last=False)
            with told_to_customers():
                (planned,) = map(_given, await plan(flow, [asked]))
                (preview,) = map(_given, await preview_returns(flow, [planned]))
        told = preview_to_pb(preview)
        return pb.PreviewOwnReturnResponse(total=told.total, lines=told.lines, return_by_time=told.return_by_time)

    async def RequestOwnReturn(self, request: pb.RequestOwnReturnRequest, call: Call) -> pb.RequestOwnReturnResponse:
        """Opens a return or an exchange."""
        scope = await own_order(self._deps, call.scope, UUID(request.order_id))
        back = await self._done(AUTHORIZE_RETURNS, call, scope, request, return_request_from_pb(request))
        return pb.RequestOwnReturnResponse(rma=_return(back))

    async def CancelOwnReturn(self, request: pb.CancelOwnReturnRequest, call: Call) -> pb.CancelOwnReturnResponse:
        """Takes a return back."""
        order_id, return_id = UUID(request.order_id), UUID(request.return_id)
        scope = await own_order(self._deps, call.scope, order_id)
        async with self._deps.database.reading() as tx:
            if (await returns.orders_of(tx, scope, [return_id])).get(return_id) != order_id:
                raise NotTheirOwn
        back = await self._done(CANCEL_RETURNS, call, scope, request, return_id)
        return pb.CancelOwnReturnResponse(rma=_return(back))

    async def GetOwnWithdrawalRight(
        self, request: pb.GetOwnWithdrawalRightRequest, call: Call
    ) -> pb.GetOwnWithdrawalRightResponse:
        """Says until when the customer may withdraw."""
        scope = await own_order(self._deps, call.scope, UUID(request.order_id))
        async with self._deps.database.reading() as tx:
            flow = await self._deps.surroundings.flow_context(tx, scope, causes={}, last=False)
            with told_to_customers():
                (right,) = map(_given, await withdrawal_rights(flow, [own_right_from_pb(request)]))
            withdrawals = await returns.load_withdrawals(tx, [right.order_id])
        return pb.GetOwnWithdrawalRightResponse(right=right_to_pb(right, withdrawals))

    async def ConfirmOwnWithdrawal(
        self, request: pb.ConfirmOwnWithdrawalRequest, call: Call
    ) -> pb.ConfirmOwnWithdrawalResponse:
        """Records that the customer withdrew."""
        scope = await own_order(self._deps, call.scope, UUID(request.order_id))
        stated = await self._done(CONFIRM_WITHDRAWALS, call, scope, request, own_withdrawal_from_pb(request))
        return pb.ConfirmOwnWithdrawalResponse(withdrawal=withdrawal_to_pb(stated))

    async def _done(self, change: Change[C, R], call: Call, scope: Scope, request: Message, command: C) -> R:
        """Have an own order changed, in the scope of it alone; raises a refusal as customers are told it."""
        request_id: str = getattr(request, "request_id")  # noqa: B009 (every changing request has one)
        asked = replace(call.asked(request, request_id), scope=scope)
        with told_to_customers():
            return await self._deps.gate.run(change, asked, command)

    async def _order(self, scope: Scope, order_id: UUID) -> pb.OwnOrder:
        shown = await self._orders(scope, [order_id])
        if not shown:
            raise NotTheirOwn
        return shown[0]

    async def _orders(self, scope: Scope, order_ids: Sequence[UUID]) -> list[pb.OwnOrder]:
        """Orders in scope as their customer may see them, in the order given."""
        async with self._deps.database.reading() as tx:
            flow = await self._deps.surroundings.flow_context(tx, scope, causes={}, last=False)
            cases = await read(tx, scope, order_ids)
            back = await returns.load(tx, list(cases))
            credited = await returns.load_credits(tx, list(cases))
        stores = {node.node_id: node.title or node.node_id for node in flow.network.nodes.values()}
        return [
            own_order_to_pb(cases[one], back.get(one, ()), credited.get(one, ()), stores)
            for one in order_ids
            if one in cases
        ]

    async def _session(self, session: Session, scope: Scope) -> pb.CustomerSession:
        async with self._deps.database.reading() as tx:
            flow = await self._deps.surroundings.flow_context(tx, scope, causes={}, last=False)
        key = flow.secrets.session_tokens
        token = token_of(key, session.session_id, order_id=session.order_id, party_id=session.party_id)
        return session_to_pb(session, token)


def _return(back: ReturnResult) -> pb.OwnReturn:
    return own_return_to_pb(back.case, back.rma, back.credits)


def _given(answer: R | Refusal) -> R:
    """Return an answer; raises it where it is a refusal."""
    if isinstance(answer, Refusal):
        raise answer
    return answer
