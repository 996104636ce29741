"""Serves the HTTP port: uvicorn, with bounds for what a connection may take before a request is whole."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from functools import partial
from typing import Any, Final

import httptools
import uvicorn
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from hub.api.edge.refusals import answer_of
from hub.api.web.application import WebApplication
from hub.api.web.exchange import ABORT
from hub.api.web.json_values import invalid
from hub.api.web.statuses import refused
from hub.app.process.asgi import running
from hub.app.runtime.tls import Certificate
from hub.config.web import WebSettings

_BACKLOG: Final = 1024
_OFFERING: Final = frozenset({b"connection", b"upgrade", b"http2-settings"})
"""Headers by which a request offers to go on in another protocol."""
_LINGER_SECONDS: Final = 1.0
_MALFORMED: Final = refused(answer_of(invalid("The request is no HTTP/1.1.", {"request": "is malformed"}))).content
_LONG_HEAD: Final = refused(answer_of(invalid("The headers are too long.", {"headers": "are too long"}))).content


class _LingeringTransport:
    """A transport whose `close` lets the other side read what was sent, though it still sends itself.

    A socket that is closed while bytes wait to be read is reset, and the response may be lost with it. So the end is
    said first, and what still comes is thrown away for a moment.
    """

    def __init__(self, transport: asyncio.Transport, loop: asyncio.AbstractEventLoop) -> None:
        self._transport, self._loop = transport, loop
        self._closing = False

    def __getattr__(self, name: str) -> Any:
        return getattr(self._transport, name)

    def is_closing(self) -> bool:
        """Whether it is closed, or will be in a moment."""
        return self._closing or self._transport.is_closing()

    def close(self) -> None:
        """Say the end, and close a moment later."""
        if self.is_closing():
            return
        self._closing = True
        if not self._transport.can_write_eof():
            self._transport.close()
            return
        self._transport.write_eof()
        with suppress(RuntimeError):
            self._transport.resume_reading()
        self._loop.call_later(_LINGER_SECONDS, self._transport.abort)

    def close_idle(self) -> None:
        """Close a connection on which nothing is under way."""
        self._transport.close()


class BoundedConnection(HttpToolsProtocol):
    """A connection whose requests must have their head in time and within a size; and only so many connections.

    What uvicorn bounds itself: how long a connection idles between requests, and how much of a body waits to be read.
    """

    def __init__(self, *arguments: Any, settings: WebSettings, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self._settings = settings
        self._head_bytes, self._head_most, self._long_head = 0, settings.head_bytes, False
        self._head_timer: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # always one of these
        """Take a connection, or close it where there are too many."""
        super().connection_made(_LingeringTransport(transport, self.loop))  # type: ignore[arg-type]  # by its shape
        if len(self.connections) > self._settings.connections:
            transport.abort()
        self._expect_head()

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget the connection."""
        self._have_head()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Take bytes; what is no body yet is counted, and what comes after the end is thrown away."""
        if self.transport.is_closing():
            return
        cycle: Any = self.cycle
        if idle := cycle is None or cycle.response_complete:
            self._expect_head()
        if idle or not cycle.more_body:
            self._head_bytes += len(data)
        self._unset_keepalive_if_required()
        try:
            self._parse(data)
        except (httptools.HttpParserError, httptools.HttpParserUpgrade):
            self.send_400_response("")
        if self._head_bytes > self._head_most and not self.transport.is_closing():
            self._end(431, _LONG_HEAD)

    def _parse(self, data: bytes) -> None:
        """Parse bytes. A request that offers another protocol, as Java's do with HTTP/2, is answered in this one.

        The parser takes such a request to be without a body, so it is parsed again without the offer.
        """
        try:
            self.parser.feed_data(data)
        except httptools.HttpParserUpgrade as offer:
            method, kept = self.parser.get_method(), [pair for pair in self.headers if pair[0] not in _OFFERING]
            head = b"".join(b"%s: %s\r\n" % pair for pair in kept)
            self.parser = httptools.HttpRequestParser(self)
            self.parser.feed_data(b"%s %s HTTP/1.1\r\n%s\r\n%s" % (method, self.url, head, data[offer.args[0] :]))

    def shutdown(self) -> None:
        """End the connection once nothing is under way on it any more."""
        cycle: Any = self.cycle
        if cycle is None or cycle.response_complete:
            self.transport.close_idle()  # type: ignore[attr-defined]  # of the transport made above
        else:
            super().shutdown()

    def on_message_begin(self) -> None:
        """Begin a request."""
        super().on_message_begin()
        self.scope["extensions"] = {ABORT: {"abort": self.transport.abort}}

    def on_headers_complete(self) -> None:
        """Begin to answer a request; raises ValueError for a head that is too long, which the parser hands on."""
        if self.parser.should_upgrade():
            return
        self._have_head()
        self._long_head = len(self.url) + sum(len(name) + len(value) for name, value in self.headers) > self._head_most
        if self._long_head:
            raise ValueError("the head is too long")
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        """End a request, where it is no offer that is to be parsed again."""
        if not self.parser.should_upgrade():
            super().on_message_complete()

    def send_400_response(self, msg: str) -> None:
        """Refuse what is no request."""
        if self._long_head:
            self._end(431, _LONG_HEAD)
        else:
            self._end(400, _MALFORMED)

    def _end(self, status: int, content: bytes) -> None:
        lines = f"HTTP/1.1 {status} Refused\r\ncontent-type: application/json\r\ncontent-length: {len(content)}\r\n"
        self.transport.write(lines.encode() + b"connection: close\r\n\r\n" + content)
        self.transport.close()

    def _expect_head(self) -> None:
        if self._head_timer is None:
            self._head_timer = self.loop.call_later(self._settings.head_seconds, self.transport.abort)

    def _have_head(self) -> None:
        self._head_bytes = 0
        if self._head_timer is not None:
            self._head_timer.cancel()
            self._head_timer = None


def listening(address: str, *, shared: bool) -> socket.socket:
    """Return a socket that listens at HOST:PORT, with other processes where `shared`; raises OSError."""
    host, _, port = address.rpartition(":")
    host = host.strip("[]")
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    return socket.create_server((host, int(port)), family=family, backlog=_BACKLOG, reuse_port=shared)


@asynccontextmanager
async def serving(
    application: WebApplication,
    at: socket.socket,
    settings: WebSettings,
    *,
    certificate: Certificate | None = None,
    ending: asyncio.Event | None = None,
    grace_seconds: float,
) -> AsyncIterator[None]:
    """Serve HTTP at a socket until left or `ending` is set, with TLS where there is a certificate.

    Calls in hand have `grace_seconds` to end then; nothing new is taken.
    """
    config = uvicorn.Config(
        application,
        http=partial(BoundedConnection, settings=settings),  # type: ignore[arg-type]  # it only calls it
        ssl_context_factory=(lambda *_: certificate.context()) if certificate else None,
        ws="none",
        lifespan="off",
        interface="asgi3",
        log_config=None,
        log_level="critical",
        access_log=False,
        server_header=False,
        proxy_headers=False,
        timeout_keep_alive=settings.keep_alive_seconds,
        timeout_graceful_shutdown=int(grace_seconds),
    )
    async with running(config, at, ending=ending):
        yield
