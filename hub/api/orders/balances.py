"""BalanceService: gift cards and store credit, issued, adjusted and shown."""

from __future__ import annotations

import time
from uuid import UUID

from crossdock.balances.v1 import balances_pb2 as pb
from hub.api.deps import ServiceDeps
from hub.api.edge.calls import Call
from hub.api.orders.balance_changes import ADJUST_BALANCE, ISSUE_BALANCE
from hub.api.orders.guesses import Guesses
from hub.api.pages import Page
from hub.balances import operations as balances
from hub.balances.model import Balance
from hub.balances.policy import normal_code
from hub.cases.context import FlowContext
from hub.cases.money.balances import gift_card_id, sees_seller, store_credit_id
from hub.database.tx import Tx
from hub.flows.money.keep_balances import not_found, owner_of
from hub.kernel.scope import Scope
from hub.parties.errors import PartyNotFound
from hub.wire.orders.balances import adjustment_from_pb, balance_to_pb, draft_from_pb, movement_to_pb


class BalanceService:
    """Keeps gift cards and store credit. Who asks for codes that no balance has is soon refused."""

    def __init__(self, deps: ServiceDeps) -> None:
        self._deps = deps
        self._guesses = Guesses(time.monotonic)

    async def IssueBalance(self, request: pb.IssueBalanceRequest, call: Call) -> pb.IssueBalanceResponse:
        """Issues a gift card, or adds to the store credit of a party."""
        draft = draft_from_pb(request)
        balance = await self._deps.gate.run(ISSUE_BALANCE, call.asked(request, request.request_id), draft)
        return pb.IssueBalanceResponse(balance=balance_to_pb(balance, await self._deps.now(call.scope)))

    async def AdjustBalance(self, request: pb.AdjustBalanceRequest, call: Call) -> pb.AdjustBalanceResponse:
        """Puts an amount on a balance, or takes it off."""
        asked = adjustment_from_pb(request)
        balance = await self._deps.gate.run(ADJUST_BALANCE, call.asked(request, request.request_id), asked)
        return pb.AdjustBalanceResponse(balance=balance_to_pb(balance, await self._deps.now(call.scope)))

    async def GetBalance(self, request: pb.GetBalanceRequest, call: Call) -> pb.GetBalanceResponse:
        """Reads a balance by its id, its code or its owner."""
        by_code = request.WhichOneof("by") == "code"
        if by_code:
            self._guesses.refuse_many(call.scope.principal)
        async with self._deps.database.reading() as tx:
            flow = await self._flow(tx, call.scope)
            balance = await _seen(flow, await _named(flow, request))
        if balance is None:
            if by_code:
                self._guesses.missed(call.scope.principal)
            raise not_found()
        return pb.GetBalanceResponse(balance=balance_to_pb(balance, flow.at))

    async def ListBalanceMovements(
        self, request: pb.ListBalanceMovementsRequest, call: Call
    ) -> pb.ListBalanceMovementsResponse:
        """Lists what moved on a balance."""
        page, balance_id = Page(request), UUID(request.balance_id)
        async with self._deps.database.reading() as tx:
            balance = await _seen(await self._flow(tx, call.scope), balance_id)
            if balance is None:
                raise not_found()
            found = await balances.movements(tx, balance_id, after=page.by_number() or 0, size=page.size + 1)
        rows, token = page.cut(found, lambda one: (one.number,))
        return pb.ListBalanceMovementsResponse(
            movements=[movement_to_pb(one, balance.currency) for one in rows], next_page_token=token
        )

    async def _flow(self, tx: Tx, scope: Scope) -> FlowContext:
        return await self._deps.surroundings.flow_context(tx, scope, causes={}, last=False)


async def _named(flow: FlowContext, request: pb.GetBalanceRequest) -> UUID | None:
    """The id of the balance that is asked for; None of a code that can be none, and of a party that is not seen."""
    by = request.WhichOneof("by")
    if by == "balance_id":
        return UUID(request.balance_id)
    if by == "code":
        code = normal_code(request.code)
        return gift_card_id(flow.secrets, code) if code else None
    owned = request.store_credit
    try:
        owner = await owner_of(flow, UUID(owned.party_id))
    except PartyNotFound:
        return None
    return store_credit_id(flow.secrets, owned.seller_id, owned.currency_code, owner)


async def _seen(flow: FlowContext, balance_id: UUID | None) -> Balance | None:
    """A balance that the caller sees."""
    if balance_id is None:
        return None
    balance = (await balances.read(flow.tx, {balance_id})).get(balance_id)
    return balance if balance and sees_seller(flow.network, flow.scope, balance.seller_id) else None
