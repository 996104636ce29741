"""Calls in JSON: an object each way, or a line of JSON for each message of a stream."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Mapping
from contextlib import aclosing
from functools import partial
from typing import Any, Final, TypeVar

import grpc

from hub.api.edge.calls import POSITION_KEY
from hub.api.edge.parsing import too_large
from hub.api.edge.rpcs import RPCS
from hub.api.web.context import CallContext, deadline_of
from hub.api.web.exchange import BodyTooLarge, CallerGone, Exchange
from hub.api.web.json_text import request_of, serialized, text_of
from hub.api.web.json_values import invalid
from hub.api.web.query import values_of
from hub.api.web.routes import Route
from hub.api.web.statuses import ended, refused
from hub.kernel.errors import RequestTooLarge

Handler = Any
"""A grpc.RpcMethodHandler whose functions are asynchronous, which its types do not know."""
T = TypeVar("T")

JSON: Final = "application/json"
LINES: Final = "application/x-ndjson"
_QUIET_SECONDS: Final = 1.0
_NO_TIME: Final = "The deadline passed; what was done is not known. Repeat a change under the same request_id."


async def call(exchange: Exchange, route: Route, stated: Mapping[str, str], handler: Handler) -> None:
    """Answer a call; `stated` are the fields that its path states. Raises InvalidField, CallerGone."""
    read = partial(_request, exchange, route, stated)
    context = CallContext(exchange.headers, deadline_of(exchange.headers), read, exchange.peer)
    if route.rpc.server_streaming:
        await exchange.while_heard(_stream(exchange, route, context, handler))
    else:
        await _unary(exchange, route, context, handler)


async def in_time(context: CallContext, work: Awaitable[T]) -> T | None:
    """Return what some work of a call returns; where the deadline passes first, that is how the call ends."""
    try:
        async with asyncio.timeout_at(context.deadline):
            return await work
    except TimeoutError:
        context.set_code(grpc.StatusCode.DEADLINE_EXCEEDED)
        context.set_details(_NO_TIME)
        return None


def largest(route: Route, share: float) -> int:
    """Return the most bytes that a request may have in a form that takes `share` of the bytes of the message."""
    return int(RPCS[_name(route)].largest_bytes * share)


def beyond(route: Route, size_bytes: int, most_bytes: int) -> RequestTooLarge:
    """Return the refusal of a body that is larger than may be."""
    return too_large(_name(route), size_bytes, most_bytes)


def _name(route: Route) -> str:
    return f"{route.rpc.containing_service.name}.{route.rpc.name}"


def _most(route: Route) -> int:
    """Bytes of JSON for one message: base64 takes a third more, and names and punctuation take the rest."""
    return largest(route, 1.5)


async def _unary(exchange: Exchange, route: Route, context: CallContext, handler: Handler) -> None:
    answer = await in_time(context, handler.stream_unary(None, context))
    if context.code is not grpc.StatusCode.OK or answer is None:
        end = refused(ended(context))
        await exchange.respond(end.status, end.headers, end.content)
        return
    headers = {"content-type": JSON}
    if position := context.trailers.get(POSITION_KEY):
        headers[POSITION_KEY] = str(position)
    await exchange.respond(200, headers, await text_of(route.rpc, answer))


async def _stream(exchange: Exchange, route: Route, context: CallContext, handler: Handler) -> None:
    requests = _requests(exchange, route) if route.rpc.client_streaming else None
    answers = handler.stream_stream(requests, context)
    starting = asyncio.create_task(_start_soon(exchange))
    try:
        async with aclosing(answers):
            await in_time(context, _lines(exchange, route, answers))
    finally:
        starting.cancel()
    end = refused(ended(context))
    if context.code is grpc.StatusCode.OK:
        if not exchange.started:
            await exchange.start(200, {"content-type": LINES})
        await exchange.send(b"")
    elif exchange.started:
        await exchange.send(b'{"error":' + end.content + b"}\n")
    else:
        await exchange.respond(end.status, end.headers, end.content)


async def _start_soon(exchange: Exchange) -> None:
    """Send the headers where no answer came for a while, so that whoever watches knows it is heard."""
    await asyncio.sleep(_QUIET_SECONDS)
    if not exchange.started:
        await exchange.start(200, {"content-type": LINES})


async def _lines(exchange: Exchange, route: Route, answers: AsyncIterator[Any]) -> None:
    async for answer in answers:
        if not exchange.started:
            await exchange.start(200, {"content-type": LINES})
        await exchange.send(await text_of(route.rpc, answer) + b"\n", more=True)


async def _request(exchange: Exchange, route: Route, stated: Mapping[str, str]) -> bytes | None:
    """Return the request of a call, serialized, or None where the caller has gone; raises Refusals."""
    if not route.body:
        exchange.want_no_body()
        return serialized(route.rpc, values_of(route.rpc.input_type, exchange.query), stated)
    if exchange.query:
        raise invalid("This call takes its fields from its body, not from the query.", {"query": "is not taken"})
    if not exchange.has_body:
        exchange.want_no_body()
        return await request_of(route.rpc, b"", stated)
    exchange.refuse_other_media(JSON)
    try:
        return await request_of(route.rpc, await exchange.body(_most(route)), stated)
    except BodyTooLarge as error:
        raise beyond(route, error.size_bytes, _most(route)) from None
    except CallerGone:
        return None


async def _requests(exchange: Exchange, route: Route) -> AsyncIterator[bytes]:
    """Yield the requests of a stream, serialized; raises Refusals. Does not end where the caller goes."""
    exchange.refuse_other_media(LINES)
    kept = b""
    while (piece := await _piece(exchange)) is not None:
        *lines, kept = (kept + piece).split(b"\n")
        for line in lines:
            if line.strip():
                yield await _line(route, line)
        if len(kept) > _most(route):
            raise beyond(route, len(kept), _most(route))
    if kept.strip():
        yield await _line(route, kept)


async def _line(route: Route, line: bytes) -> bytes:
    if len(line) > _most(route):
        raise beyond(route, len(line), _most(route))
    return await request_of(route.rpc, line, {})


async def _piece(exchange: Exchange) -> bytes | None:
    try:
        return await exchange.piece()
    except CallerGone:
        await asyncio.Event().wait()  # the exchange ends the call
        return None
