"""A hub in this process, as the webhook door sees it: it keeps deliveries, and fails where a test orders it to."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import grpc

from adapters.sdk.webhooks.inbox import HubInbox
from crossdock.adapter.v1 import state_pb2
from crossdock.adapter.v1.state_pb2_grpc import AdapterStateServiceServicer, add_AdapterStateServiceServicer_to_server
from crossdock.inbox.v1 import inbox_pb2
from crossdock.inbox.v1.inbox_pb2_grpc import InboxServiceServicer, add_InboxServiceServicer_to_server


@dataclass
class FakeHub(AdapterStateServiceServicer, InboxServiceServicer):
    """Accounts with their profiles, and what was handed in. `fails` is the status of the next calls of `Receive`."""

    profiles: dict[str, str]
    kept: list[inbox_pb2.ReceiveRequest] = field(default_factory=list)
    credentials: list[str] = field(default_factory=list)
    fails: grpc.StatusCode | None = None
    address: str = ""

    async def GetAccount(self, request: state_pb2.GetAccountRequest, context: Any) -> state_pb2.GetAccountResponse:
        """Returns a profile; refuses an account that is not there."""
        self.credentials.append(dict(context.invocation_metadata()).get("authorization", ""))
        if request.account_id not in self.profiles:
            await context.abort(grpc.StatusCode.PERMISSION_DENIED, "not served")
        return state_pb2.GetAccountResponse(profile_json=self.profiles[request.account_id])

    async def Receive(self, request: inbox_pb2.ReceiveRequest, context: Any) -> inbox_pb2.ReceiveResponse:
        """Keeps a delivery."""
        if self.fails is not None:
            await context.abort(self.fails, "ordered")
        self.kept.append(request)
        return inbox_pb2.ReceiveResponse(document=inbox_pb2.Document(document_id=f"D{len(self.kept)}"))


@asynccontextmanager
async def hub_with(**profiles: str) -> AsyncIterator[tuple[FakeHub, HubInbox]]:
    """Serves a hub with these accounts until the block ends."""
    hub = FakeHub(profiles)
    server = grpc.aio.server()
    add_AdapterStateServiceServicer_to_server(hub, server)
    add_InboxServiceServicer_to_server(hub, server)
    hub.address = f"127.0.0.1:{server.add_insecure_port('127.0.0.1:0')}"
    await server.start()
    async with grpc.aio.insecure_channel(hub.address) as channel:
        yield hub, HubInbox(channel, "door-token")
    await server.stop(None)
