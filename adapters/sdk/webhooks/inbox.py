"""The hub as the webhook door sees it: how an account is set up, and where a delivery is kept."""

from __future__ import annotations

from typing import Final

import grpc

from adapters.sdk.tracing import trace_metadata
from crossdock.adapter.v1 import state_pb2
from crossdock.adapter.v1.state_pb2_grpc import AdapterStateServiceStub
from crossdock.inbox.v1 import inbox_pb2
from crossdock.inbox.v1.inbox_pb2_grpc import InboxServiceStub

CALL_SECONDS: Final = 4.0
"""Partners wait five seconds and more for an answer."""


class HubInbox:
    """Asks the hub over a channel, under the adapter's credential. Each method raises grpc.aio.AioRpcError."""

    def __init__(self, channel: grpc.aio.Channel, token: str) -> None:
        self._accounts = AdapterStateServiceStub(channel)
        self._inbox = InboxServiceStub(channel)
        self._credential = (("authorization", f"Bearer {token}"),) if token else ()

    async def profile(self, account_id: str) -> str:
        """Return the profile of an account, a JSON object."""
        request = state_pb2.GetAccountRequest(account_id=account_id)
        answer = await self._accounts.GetAccount(request, timeout=CALL_SECONDS, metadata=self._metadata())
        return answer.profile_json

    async def keep(self, account_id: str, media_type: str, content: bytes, name: str = "webhook") -> str:
        """Have a delivery kept under a name for people, and return the id of its document once that is committed."""
        request = inbox_pb2.ReceiveRequest(account_id=account_id, media_type=media_type, name=name, content=content)
        answer = await self._inbox.Receive(request, timeout=CALL_SECONDS, metadata=self._metadata())
        return answer.document.document_id

    def _metadata(self) -> tuple[tuple[str, str], ...]:
        return (*self._credential, *trace_metadata())
