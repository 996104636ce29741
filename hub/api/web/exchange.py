"""One request over HTTP and its response: reads the body within its limits, sends headers and pieces in time."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Mapping
from typing import Any, Final

from hub.api.web.errors import MediaTypeUnsupported
from hub.config.web import WebSettings

Head = Mapping[str, Any]
Receive = Callable[[], Awaitable[Mapping[str, Any]]]
Send = Callable[[Mapping[str, Any]], Awaitable[None]]
Headers = Mapping[str, str]

ABORT: Final = "crossdock.abort"
"""Extension of the server: its `abort` ends the connection at once, whatever was not sent."""
EXPOSED: Final = "crossdock-position, retry-after, grpc-status, grpc-message, grpc-status-details-bin"
_ALWAYS: Final = ((b"cache-control", b"no-store"), (b"x-content-type-options", b"nosniff"))


class BodyTooLarge(Exception):
    """More bytes came than are taken; `size_bytes` is what was announced, or had come."""

    def __init__(self, size_bytes: int) -> None:
        super().__init__(size_bytes)
        self.size_bytes = size_bytes


class CallerGone(Exception):
    """The caller closed the connection before all of the body came."""


class Exchange:
    """A request and its response. `headers` are lower-case; `peer` is who called, as `ADDRESS:PORT`."""

    def __init__(self, head: Head, receive: Receive, send: Send, settings: WebSettings) -> None:
        self.verb: str = head["method"]
        self.path: str = head["raw_path"].decode("ascii")
        self.query: bytes = head["query_string"]
        self.headers: dict[str, str] = {
            name.decode("latin-1"): value.decode("latin-1") for name, value in head["headers"]
        }
        self.peer = ":".join(map(str, head.get("client") or ()))
        self._receive, self._send, self._settings = receive, send, settings
        self._abort = head.get("extensions", {}).get(ABORT, {}).get("abort")
        self._unread = self.has_body
        self._all_read, self._gone = not self.has_body, False
        self._listen = asyncio.Event()
        """Set once the body is read or the caller gone: from then on only the end is listened for."""
        self.started = False

    @property
    def has_body(self) -> bool:
        """Whether a body is announced."""
        return self.headers.get("content-length", "0") != "0" or "transfer-encoding" in self.headers

    @property
    def media_type(self) -> str:
        """The media type of the body, without parameters; empty where none is stated."""
        stated: str = self.headers.get("content-type", "")
        return stated.partition(";")[0].strip().lower()

    def refuse_other_media(self, *taken: str) -> None:
        """Raises MediaTypeUnsupported for a body that is none of these, not in UTF-8, or compressed."""
        _, _, parameters = self.headers.get("content-type", "").partition(";")
        encoding = self.headers.get("content-encoding", "identity")
        if self.media_type not in taken:
            raise MediaTypeUnsupported(f"Send a body of the media type {' or '.join(taken)}.", taken=", ".join(taken))
        if "charset=" in (stated := parameters.lower().replace(" ", "").replace('"', "")) and "=utf-8" not in stated:
            raise MediaTypeUnsupported("Send the body in UTF-8.", taken="utf-8")
        if encoding != "identity":
            raise MediaTypeUnsupported("Send the body without a content-encoding.", taken="identity")

    async def body(self, most_bytes: int) -> bytes:
        """Return the body. Raises BodyTooLarge before more than that is kept, CallerGone."""
        announced = self.headers.get("content-length", "")
        if announced.isdigit() and int(announced) > most_bytes:
            raise BodyTooLarge(int(announced))
        content = bytearray()
        while (piece := await self.piece()) is not None:
            content += piece
            if len(content) > most_bytes:
                raise BodyTooLarge(len(content))
        return bytes(content)

    def want_no_body(self) -> None:
        """Leave a body unread."""
        self._listen.set()

    async def piece(self) -> bytes | None:
        """Return the next bytes of the body, None at its end; raises CallerGone."""
        if self._all_read:
            self._listen.set()
            return None
        message = await self._receive()
        if message["type"] == "http.disconnect":
            self._gone = True
            self._listen.set()
            raise CallerGone
        if not message.get("more_body"):
            self._unread, self._all_read = False, True
        content: bytes = message.get("body", b"")
        return content

    async def while_heard(self, work: Coroutine[Any, Any, None]) -> None:
        """Do some work, and end it when the caller goes."""
        tasks = [asyncio.create_task(work), asyncio.create_task(self._until_gone())]
        try:
            await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
            if tasks[0].done():
                await tasks[0]
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.wait(tasks)

    async def _until_gone(self) -> None:
        await self._listen.wait()
        while not self._gone:
            self._gone = (await self._receive())["type"] == "http.disconnect"

    async def start(self, status: int, headers: Headers) -> None:
        """Send the status and the headers. A body that was not read ends the connection after the response."""
        stated = [(name.encode(), value.encode("latin-1")) for name, value in headers.items()]
        if self._unread:
            stated.append((b"connection", b"close"))
        self.started = True
        await self._sent(
            {"type": "http.response.start", "status": status, "headers": [*stated, *_ALWAYS, *self._cors()]}
        )

    async def send(self, content: bytes, *, more: bool = False) -> None:
        """Send a piece of the response, `more` to come or the last."""
        await self._sent({"type": "http.response.body", "body": content, "more_body": more})

    async def respond(self, status: int, headers: Headers, content: bytes) -> None:
        """Send a whole response."""
        await self.start(status, {**headers, "content-length": str(len(content))})
        await self.send(content)

    async def _sent(self, message: Mapping[str, Any]) -> None:
        """Hand over to the server; a caller who reads nothing for too long is cut off."""
        try:
            async with asyncio.timeout(self._settings.write_seconds):
                await self._send(message)
        except TimeoutError:
            if self._abort is not None:
                self._abort()
            raise CallerGone from None

    @property
    def allowed_origin(self) -> str | None:
        """The site whose page calls, where its pages may."""
        origin = self.headers.get("origin")
        return origin if origin is not None and self._settings.origins & {origin, "*"} else None

    def _cors(self) -> list[tuple[bytes, bytes]]:
        if (origin := self.allowed_origin) is None:
            return []
        return [
            (b"access-control-allow-origin", origin.encode("latin-1")),
            (b"access-control-expose-headers", EXPOSED.encode()),
            (b"vary", b"origin"),
        ]
