"""AdapterStateService: how accounts are set up, and what adapters remember, so that their processes may die.

These rpcs need no gate: each is its own guard against repeats (a version with its request, a holder, a request).
"""

from __future__ import annotations

from uuid import UUID

from crossdock.adapter.v1 import state_pb2 as pb
from hub.adapterstate import operations as memory
from hub.adapterstate.model import Entry, LeaseAsked, NumberAsked, Writing
from hub.api.deps import ServiceDeps, accounts_seen
from hub.api.edge.calls import Call
from hub.cases.context import FlowContext
from hub.kernel.errors import PermissionDenied
from hub.wire.instants import span_from_pb


class AdapterStateService:
    """Remembers for adapters, per account."""

    def __init__(self, deps: ServiceDeps) -> None:
        self._deps = deps

    async def GetAccount(self, request: pb.GetAccountRequest, call: Call) -> pb.GetAccountResponse:
        """Reads an account of the network."""
        async with self._deps.database.reading() as tx:
            flow = await self._deps.surroundings.flow_context(tx, call.scope, causes={}, last=False)
        _refuse_strangers(flow, request.account_id)
        account = flow.network.account(request.account_id)
        if account is None:
            raise _not_served(request.account_id)
        return pb.GetAccountResponse(profile_json=account.profile_json)

    async def GetState(self, request: pb.GetStateRequest, call: Call) -> pb.GetStateResponse:
        """Reads an entry."""
        async with self._deps.database.reading() as tx:
            flow = await self._deps.surroundings.flow_context(tx, call.scope, causes={}, last=False)
            _refuse_strangers(flow, request.account_id)
            entry = await memory.read(tx, request.account_id, request.key)
        return pb.GetStateResponse(value=entry.value, version=entry.version)

    async def CompareAndSetState(
        self, request: pb.CompareAndSetStateRequest, call: Call
    ) -> pb.CompareAndSetStateResponse:
        """Writes an entry if its version is still the one named."""
        entry = Entry(request.account_id, request.key, request.value, request.expected_version)
        async with self._deps.database.transaction() as tx:
            flow = await self._deps.surroundings.flow_context(tx, call.scope, causes={}, last=False)
            _refuse_strangers(flow, request.account_id)
            version = await memory.compare_and_set(tx, Writing(entry, UUID(request.request_id)))
        return pb.CompareAndSetStateResponse(version=version)

    async def AcquireLease(self, request: pb.AcquireLeaseRequest, call: Call) -> pb.AcquireLeaseResponse:
        """Takes or renews a lease by machine time."""
        now = self._deps.machine_now()
        until = now + span_from_pb(request.span, field="span")
        asked = LeaseAsked(request.account_id, request.name, request.holder, until)
        async with self._deps.database.transaction() as tx:
            flow = await self._deps.surroundings.flow_context(tx, call.scope, causes={}, last=False)
            _refuse_strangers(flow, request.account_id)
            fence = await memory.lease(tx, asked, now=now)
        return pb.AcquireLeaseResponse(fence=fence)

    async def NextNumber(self, request: pb.NextNumberRequest, call: Call) -> pb.NextNumberResponse:
        """Gives the next number of a series."""
        asked = NumberAsked(request.account_id, request.series, UUID(request.request_id))
        async with self._deps.database.transaction() as tx:
            flow = await self._deps.surroundings.flow_context(tx, call.scope, causes={}, last=False)
            _refuse_strangers(flow, request.account_id)
            number = await memory.number(tx, asked)
        return pb.NextNumberResponse(number=number)


def _refuse_strangers(flow: FlowContext, account_id: str) -> None:
    """Raises PermissionDenied for an account that the caller does not serve."""
    seen = accounts_seen(flow.network, flow.scope)
    if seen is not None and account_id not in seen:
        raise _not_served(account_id)


def _not_served(account_id: str) -> PermissionDenied:
    return PermissionDenied(f"Account {account_id} is not one that this adapter serves.", account_id=account_id)
