"""The door for webhooks: POST /ADAPTER/ACCOUNT.

The bytes are bounded, then verified, then handed to the hub as a document of the account. A delivery is answered 200
only once the hub has committed it; the partner sends it again after any other answer. What it means is read later, from
the bytes kept.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from datetime import UTC, datetime
from typing import Any, Final, TypeAlias

import grpc

from adapters.sdk.calls import BadCall
from adapters.sdk.profile import Profile
from adapters.sdk.webhooks.delivery import Delivery, Forged, WebhookKind
from adapters.sdk.webhooks.inbox import HubInbox

MOST_BYTES: Final = 1024 * 1024
BODY_SECONDS: Final = 10.0
_SMALLEST_ID, _LONGEST_ID = 1, 80
_LOG: Final = logging.getLogger(__name__)

Scope: TypeAlias = MutableMapping[str, Any]
Receive: TypeAlias = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send: TypeAlias = Callable[[MutableMapping[str, Any]], Awaitable[None]]

_HUB_REFUSES: Final = {
    grpc.StatusCode.PERMISSION_DENIED: (404, "no such account"),
    grpc.StatusCode.NOT_FOUND: (404, "no such account"),
    grpc.StatusCode.INVALID_ARGUMENT: (400, "the delivery cannot be kept"),
}
"""Where the hub says more than that it cannot keep a delivery now."""


class Answered(Exception):
    """The status and the sentence with which a delivery is refused."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status


class WebhookDoor:
    """An ASGI application for the webhooks of some adapters, by the adapters' names."""

    def __init__(
        self,
        kinds: Mapping[str, WebhookKind],
        hub: HubInbox,
        *,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        body_seconds: float = BODY_SECONDS,
    ) -> None:
        self._kinds, self._hub, self._now, self._body_seconds = kinds, hub, now, body_seconds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        try:
            body = await self._taken(scope, receive)
        except Answered as refusal:
            _LOG.warning("refused a webhook at %s: %d %s", scope.get("path"), refusal.status, refusal)
            return await _answer(send, refusal.status, f"{refusal}\n".encode())
        return await _answer(send, 200, body)

    async def _taken(self, scope: Scope, receive: Receive) -> bytes:
        """Keep a delivery and return the body of its answer. Raises Answered."""
        kind, account_id = self._addressed(scope)
        headers = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in scope["headers"]}
        delivery = Delivery(headers, await self._content(headers, receive), self._now())
        try:
            kind.verify(delivery, Profile.read(await self._hub.profile(account_id)))
            await self._hub.keep(account_id, kind.media_type, delivery.content)
        except Forged as forged:
            raise Answered(403, str(forged)) from forged
        except BadCall as malformed:
            _LOG.error("account %s cannot take webhooks: %s", account_id, malformed)
            raise Answered(503, "the account cannot take webhooks now") from malformed
        except grpc.aio.AioRpcError as error:
            raise Answered(*_HUB_REFUSES.get(error.code(), (503, "the delivery cannot be kept now"))) from error
        return kind.answer

    def _addressed(self, scope: Scope) -> tuple[WebhookKind, str]:
        name, _, account_id = str(scope["path"]).removeprefix("/").partition("/")
        kind = self._kinds.get(name)
        if kind is None or "/" in account_id or not _SMALLEST_ID <= len(account_id) <= _LONGEST_ID:
            raise Answered(404, "there is no such webhook; send to /ADAPTER/ACCOUNT")
        if scope["method"] != "POST":
            raise Answered(405, "send with POST")
        return kind, account_id

    async def _content(self, headers: Mapping[str, str], receive: Receive) -> bytes:
        stated = headers.get("content-length", "0")
        if not stated.isdecimal() or int(stated) > MOST_BYTES:
            raise Answered(413, f"a delivery has at most {MOST_BYTES} bytes")
        try:
            async with asyncio.timeout(self._body_seconds):
                content = await _whole(receive)
        except TimeoutError:
            raise Answered(408, f"no whole delivery came within {self._body_seconds:g} seconds") from None
        if not content:
            raise Answered(400, "the delivery is empty")
        return content


async def _whole(receive: Receive) -> bytes:
    content = bytearray()
    more = True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise Answered(400, "the delivery broke off")
        content += message.get("body", b"")
        if len(content) > MOST_BYTES:
            raise Answered(413, f"a delivery has at most {MOST_BYTES} bytes")
        more = message.get("more_body", False)
    return bytes(content)


async def _answer(send: Send, status: int, body: bytes) -> None:
    headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
