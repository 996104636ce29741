"""CreditService: credit accounts kept and shown, orders that go on over a limit, and invoices that were paid."""

from __future__ import annotations

from uuid import UUID

from crossdock.credit.v1 import credit_pb2 as pb
from hub.api.deps import ServiceDeps
from hub.api.edge.calls import Call
from hub.api.orders.credit_changes import PUT_CREDIT_ACCOUNT, RELEASE_CREDIT_HOLD, SETTLE_RECEIVABLE
from hub.api.pages import Page
from hub.cases.context import FlowContext
from hub.cases.money.balances import sees_seller
from hub.credit import operations as credit
from hub.credit.model import AccountKey, CreditAccount, Waiting
from hub.database.tx import Tx
from hub.flows.money.keep_credit import CreditRelease, account_not_found
from hub.flows.money.settle_receivables import open_of
from hub.kernel.scope import Scope
from hub.wire.orders.credit import account_to_pb, credit_draft_from_pb, settled_from_pb, use_to_pb
from hub.wire.prices import minor_to_pb


class CreditService:
    """Keeps how much customers may owe sellers, and shows what orders take of it."""

    def __init__(self, deps: ServiceDeps) -> None:
        self._deps = deps

    async def PutCreditAccount(self, request: pb.PutCreditAccountRequest, call: Call) -> pb.PutCreditAccountResponse:
        """Opens an account, or changes its limit and status."""
        draft = credit_draft_from_pb(request)
        account = await self._deps.gate.run(PUT_CREDIT_ACCOUNT, call.asked(request, request.request_id), draft)
        async with self._deps.database.reading() as tx:
            return pb.PutCreditAccountResponse(account=await _shown(tx, account))

    async def GetCreditAccount(self, request: pb.GetCreditAccountRequest, call: Call) -> pb.GetCreditAccountResponse:
        """Reads an account."""
        async with self._deps.database.reading() as tx:
            account = await self._seen(tx, call.scope, (request.seller_id, request.credit_account_id))
            return pb.GetCreditAccountResponse(account=await _shown(tx, account))

    async def ListCreditAccounts(
        self, request: pb.ListCreditAccountsRequest, call: Call
    ) -> pb.ListCreditAccountsResponse:
        """Lists accounts of the sellers that the caller sees."""
        page = Page(request)
        async with self._deps.database.reading() as tx:
            flow = await self._flow(tx, call.scope)
            sellers = {
                one.seller_id
                for one in flow.network.channels.values()
                if sees_seller(flow.network, call.scope, one.seller_id) and request.seller_id in ("", one.seller_id)
            }
            found = await credit.list_accounts(tx, sellers, after=page.by_names(), size=page.size + 1)
            rows, token = page.cut(found, lambda one: one.key)
            waiting = await credit.awaited(tx, {one.key for one in rows})
        accounts = [account_to_pb(one, waiting.get(one.key, Waiting())) for one in rows]
        return pb.ListCreditAccountsResponse(accounts=accounts, next_page_token=token)

    async def ListCreditOrders(self, request: pb.ListCreditOrdersRequest, call: Call) -> pb.ListCreditOrdersResponse:
        """Lists what orders take of an account."""
        page, key = Page(request), (request.seller_id, request.credit_account_id)
        async with self._deps.database.reading() as tx:
            await self._seen(tx, call.scope, key)
            found = await credit.list_uses(
                tx, key, only_waiting=request.only_waiting, after=page.by_instant(), size=page.size + 1
            )
        rows, token = page.cut(found, lambda one: (one.placed_at, one.order_id))
        return pb.ListCreditOrdersResponse(orders=[use_to_pb(one) for one in rows], next_page_token=token)

    async def ReleaseCreditHold(self, request: pb.ReleaseCreditHoldRequest, call: Call) -> pb.ReleaseCreditHoldResponse:
        """Lets an order go on over the limit."""
        release = CreditRelease(UUID(request.order_id), request.reason)
        case = await self._deps.gate.run(RELEASE_CREDIT_HOLD, call.asked(request, request.request_id), release)
        async with self._deps.database.reading() as tx:
            use = (await credit.uses(tx, [case.order_id])).get(case.order_id)
        return pb.ReleaseCreditHoldResponse(order=use_to_pb(use) if use else None)

    async def SettleReceivable(self, request: pb.SettleReceivableRequest, call: Call) -> pb.SettleReceivableResponse:
        """Records what was paid of invoices, or is given up."""
        settled = settled_from_pb(request)
        case = await self._deps.gate.run(SETTLE_RECEIVABLE, call.asked(request, request.request_id), settled)
        return pb.SettleReceivableResponse(open=minor_to_pb(open_of(case), case.order.currency))

    async def _flow(self, tx: Tx, scope: Scope) -> FlowContext:
        return await self._deps.surroundings.flow_context(tx, scope, causes={}, last=False)

    async def _seen(self, tx: Tx, scope: Scope, key: AccountKey) -> CreditAccount:
        """An account that the caller sees. Raises CreditAccountNotFound."""
        flow = await self._flow(tx, scope)
        account = (await credit.read(tx, {key})).get(key)
        if account is None or not sees_seller(flow.network, scope, key[0]):
            raise account_not_found(key)
        return account


async def _shown(tx: Tx, account: CreditAccount) -> pb.CreditAccount:
    waiting = await credit.awaited(tx, {account.key})
    return account_to_pb(account, waiting.get(account.key, Waiting()))
