"""Calls in gRPC-Web, binary and as text: one request, one answer or a stream of them, the status in a last frame.

A frame is a byte that says what it is, four bytes of length, and that many bytes. As text each frame is base64.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import AsyncIterator, Iterator
from contextlib import aclosing
from functools import partial
from typing import Any, Final
from urllib.parse import quote

import grpc

from hub.api.web.context import CallContext, deadline_of
from hub.api.web.exchange import BodyTooLarge, CallerGone, Exchange
from hub.api.web.json_calls import Handler, beyond, in_time, largest
from hub.api.web.json_values import invalid
from hub.api.web.routes import Route
from hub.kernel.errors import RequestTooLarge

BINARY: Final = "application/grpc-web"
TEXT: Final = "application/grpc-web-text"
MEDIA: Final = frozenset({BINARY, f"{BINARY}+proto", TEXT, f"{TEXT}+proto"})

_HEAD_BYTES: Final = 5
_MESSAGE: Final = 0
_TRAILERS: Final = 0x80
_READABLE: Final = " !\"#$&'()*+,-./:;<=>?@[\\]^_`{|}~"
"""What grpc-message may hold as it is, beside letters and digits."""


async def call(exchange: Exchange, route: Route, handler: Handler) -> None:
    """Answer a call. Raises InvalidField, CallerGone."""
    if route.rpc.client_streaming:
        raise invalid("A stream of requests cannot be sent in gRPC-Web.", {"request": "is a stream"})
    context = CallContext(
        exchange.headers, deadline_of(exchange.headers), partial(_request, exchange, route), exchange.peer
    )
    await exchange.while_heard(_answer(exchange, route, context, handler))


async def _answer(exchange: Exchange, route: Route, context: CallContext, handler: Handler) -> None:
    """Send the answers and how the call ended."""
    send = partial(_send, exchange)
    if route.rpc.server_streaming:
        answers = handler.stream_stream(None, context)
        async with aclosing(answers):
            await in_time(context, _each(answers, handler, send))
    else:
        answer = await in_time(context, handler.stream_unary(None, context))
        if answer is not None and context.code is grpc.StatusCode.OK:
            await send(_MESSAGE, handler.response_serializer(answer))
    await send(_TRAILERS, "".join(_trailers(context)).encode())
    await exchange.send(b"")


async def _each(answers: AsyncIterator[Any], handler: Handler, send: Any) -> None:
    async for answer in answers:
        await send(_MESSAGE, handler.response_serializer(answer))


async def _start(exchange: Exchange) -> None:
    """Send the headers: once the request is read, so that whoever watches knows it is heard."""
    if not exchange.started:
        await exchange.start(200, {"content-type": f"{TEXT if _as_text(exchange) else BINARY}+proto"})


def _as_text(exchange: Exchange) -> bool:
    return exchange.media_type.startswith(TEXT)


async def _send(exchange: Exchange, kind: int, content: bytes) -> None:
    await _start(exchange)
    frame = bytes([kind]) + len(content).to_bytes(4, "big") + content
    await exchange.send(base64.b64encode(frame) if _as_text(exchange) else frame, more=True)


async def _request(exchange: Exchange, route: Route) -> bytes | None:
    """Return the request of a call, or None where the caller has gone; raises Refusals."""
    most = largest(route, 4 / 3 if _as_text(exchange) else 1) + 2 * _HEAD_BYTES
    try:
        body = await exchange.body(most)
    except BodyTooLarge as error:
        raise _too_large(route, error) from None
    except CallerGone:
        return None
    frame = _decoded(body) if _as_text(exchange) else body
    if frame[:1] != bytes([_MESSAGE]) or int.from_bytes(frame[1:_HEAD_BYTES], "big") != len(frame) - _HEAD_BYTES:
        raise invalid("The body is not one message of gRPC-Web, uncompressed.", {"request": "is malformed"})
    await _start(exchange)
    return frame[_HEAD_BYTES:]


def _too_large(route: Route, error: BodyTooLarge) -> RequestTooLarge:
    return beyond(route, error.size_bytes, largest(route, 1))


def _decoded(body: bytes) -> bytes:
    try:
        return binascii.a2b_base64(body, strict_mode=True)
    except ValueError:
        raise invalid("The body is not base64.", {"request": "is not base64"}) from None


def _trailers(context: CallContext) -> Iterator[str]:
    yield f"grpc-status: {context.code.value[0]}\r\n"
    if context.details:
        yield f"grpc-message: {quote(context.details, safe=_READABLE)}\r\n"
    for name, value in context.trailers.items():
        text = base64.b64encode(value).decode().rstrip("=") if isinstance(value, bytes) else value
        yield f"{name}: {text}\r\n"
