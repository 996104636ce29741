"""What every call passes on its way to a handler: who asks, may they, is the request sound, until when; and the answer.

Handlers are written without try, status codes and checks: they get the request and a `Call`, and what they raise is
answered here. An interceptor would cost more of a placed order than this wrapper does. A call that is refused returns
with a status: `abort` raises, and what it raises holds the call that holds it, a cycle for the collector each time.
"""

from __future__ import annotations

import asyncio
import secrets
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Final, TypeVar

import grpc
from google.protobuf.message import Message
from msgspec import Struct, field

from hub.api.edge.access import Access, permit
from hub.api.edge.journal import FAILED, Note
from hub.api.edge.large import LargeCalls, Turn
from hub.api.edge.parsing import Parser
from hub.api.edge.refusals import Answer, answer_to, too_much
from hub.api.edge.rpcs import RPCS
from hub.api.edge.shares import MOST_STREAMS, Shares
from hub.api.edge.shedding import MOST_CALLS, Rank, Shedding
from hub.api.edge.strangers import Strangers
from hub.api.edge.streams import Streams
from hub.auditlog.model import OK
from hub.gate.change import Asked, CommitPosition
from hub.kernel.errors import InvalidField, Refusal, RequestNeverCame, Unauthenticated
from hub.kernel.ids import identity_of, text_of
from hub.kernel.scope import Scope
from hub.kernel.trace import TraceContext, from_traceparent
from hub.wire.checks.cards import refuse_card_numbers
from hub.wire.checks.elements import refuse_flawed
from hub.wire.checks.texts import refuse_nul
from hub.wire.checks.validation import refuse_invalid
from hub.wire.defaults import canonical

Context = grpc.aio.ServicerContext[Any, Any]
Q = TypeVar("Q", bound=Message)
A = TypeVar("A", bound=Message)
T = TypeVar("T")

READ_SECONDS: Final = 10.0
"""How long the one request of a call may take to come: as long as a document of 32 MiB takes at 27 Mbit/s."""

CHECKED_ASIDE_BYTES: Final = 64 * 1024
"""A larger request is checked by a thread: a megabyte of lanes takes half a second."""

POSITION_KEY: Final = "crossdock-position"
"""Trailing metadata: the position of what a call changed, for `min_position` of availability."""


class Call(Struct, frozen=True):
    """A call that was let in. `deadline` is in seconds of the loop's clock; `cause` is the caller's span.

    `peer` is the address of the caller, as gRPC writes it. `receipt` hears at which position something was done; the
    caller is told in the trailing metadata.
    """

    rpc: str
    scope: Scope
    deadline: float | None = None
    cause: TraceContext | None = None
    receipt: CommitPosition = field(default_factory=CommitPosition)
    peer: str = ""

    def asked(self, request: Message, request_id: str) -> Asked:
        """Return the request as the gate knows it; raises InvalidField where its `request_id` is no UUID.

        The same identity written in other letters is the same request.
        """
        try:
            identity = identity_of(request_id)
        except ValueError as error:
            raise InvalidField("request_id is no UUID.", request_id="no UUID") from error
        content = canonical(request)
        if request_id != (usual := text_of(identity)):
            content = content.replace(request_id.encode(), usual.encode())
        return Asked(self.scope, identity, content, self.deadline, self.cause, self.receipt)

    def refuse_texts(self, message: Message) -> None:
        """Raises InvalidField or CardNumberRefused for the texts of a message whose other values a handler judges."""
        content = message.SerializeToString()
        refuse_nul(message, content)
        refuse_card_numbers(message, content)

    def refuse_flawed(self, message: Message, within: str = "") -> None:
        """Raises InvalidField or CardNumberRefused for an element that a handler judges on its own."""
        refuse_flawed(message, within)


class CallWrapper:
    """Wraps handlers of the four kinds of rpc into what gRPC calls.

    gRPC takes each of them as a stream of requests: so nothing of a request is read before its caller is known. What
    `ended` names hears how each call ended.
    """

    def __init__(
        self,
        access: Access,
        *,
        calls: int = MOST_CALLS,
        streams: int = MOST_STREAMS,
        read_seconds: float = READ_SECONDS,
        ended: Sequence[Callable[[Note], None]] = (),
    ) -> None:
        self._access = access
        self._read_seconds = read_seconds
        self._shedding = Shedding(time.monotonic, most=calls)
        self._streams = Streams(access)
        self._strangers = Strangers(time.monotonic)
        self._ended = tuple(ended)
        self._large = LargeCalls()
        self._shares = Shares(calls=max(1, calls * 3 // 4), streams=streams)
        self._go_on = asyncio.Event()
        self._go_on.set()

    def unary_unary(
        self, parser: Parser[Q], handler: Callable[[Q, Call], Awaitable[A]]
    ) -> Callable[[object, Context], Awaitable[A | None]]:
        """One request, one answer. These are what many callers send at once, so these are turned away when too many."""
        rank = RPCS[parser.rpc].rank

        async def answered(_: object, context: Context) -> A | None:
            if self._turned_away(rank, context):
                return None
            try:
                await self._go_on.wait()
                return await self._answered(parser, handler, context)
            finally:
                self._shedding.leave()

        return answered

    def _turned_away(self, rank: Rank, context: Context) -> bool:
        """Whether a call was refused because it would wait for too long; one that is let in must leave."""
        seconds = self._shedding.turned_away(rank, context.time_remaining())
        if seconds is not None:
            _refused(too_much(seconds), context)
        return seconds is not None

    async def _answered(
        self, parser: Parser[Q], handler: Callable[[Q, Call], Awaitable[A]], context: Context
    ) -> A | None:
        note = Note(parser.rpc)
        try:
            call = self._let_in(note, context)
            with self._shares.call(call.scope):
                async with self._large.turn(parser.rpc) as turn:
                    request = await self._request(parser, context, note, turn)
                    return _told(call, await handler(request, call), context, note)
        except Exception as error:  # the one place where errors become answers
            _failed(error, note, context)
            return None
        finally:
            self._noted(note)

    def unary_stream(
        self, parser: Parser[Q], handler: Callable[[Q, Call], AsyncIterator[A]]
    ) -> Callable[[object, Context], AsyncIterator[A]]:
        """One request, a stream of answers."""

        async def answered(_: object, context: Context) -> AsyncIterator[A]:
            note = Note(parser.rpc)
            try:
                call = self._let_in(note, context)
                with self._stream(call, context):
                    async for answer in handler(await _sound(parser, await self._read(context), note), call):
                        yield answer
                    _told(call, None, context, note)
            except Exception as error:  # the one place where errors become answers
                _failed(error, note, context)
            finally:
                self._noted(note)

        return answered

    def stream_unary(
        self, parser: Parser[Q], handler: Callable[[AsyncIterator[Q], Call], Awaitable[A]]
    ) -> Callable[[AsyncIterator[bytes], Context], Awaitable[A | None]]:
        """A stream of requests, one answer."""

        async def answered(requests: AsyncIterator[bytes], context: Context) -> A | None:
            note = Note(parser.rpc)
            try:
                call = self._let_in(note, context)
                with self._stream(call, context):
                    return _told(call, await handler(parser.requests(requests), call), context, note)
            except Exception as error:  # the one place where errors become answers
                _failed(error, note, context)
                return None
            finally:
                self._noted(note)

        return answered

    def stream_stream(
        self, parser: Parser[Q], handler: Callable[[AsyncIterator[Q], Call], AsyncIterator[A]]
    ) -> Callable[[AsyncIterator[bytes], Context], AsyncIterator[A]]:
        """A stream of requests, a stream of answers."""

        async def answered(requests: AsyncIterator[bytes], context: Context) -> AsyncIterator[A]:
            note = Note(parser.rpc)
            try:
                call = self._let_in(note, context)
                with self._stream(call, context):
                    async for answer in handler(parser.requests(requests), call):
                        yield answer
                    _told(call, None, context, note)
            except Exception as error:  # the one place where errors become answers
                _failed(error, note, context)
            finally:
                self._noted(note)

        return answered

    async def _request(self, parser: Parser[Q], context: Context, note: Note, turn: Turn) -> Q:
        """Return the one request of a call, which may be so small that it needs its turn no more."""
        content = await self._read(context)
        turn.read(len(content))
        return await _sound(parser, content, note)

    def _noted(self, note: Note) -> None:
        for hear in self._ended:
            hear(note)

    @contextmanager
    def _stream(self, call: Call, context: Context) -> Iterator[None]:
        """Hold a stream open: counted for its principal, and ended when its token holds no more."""
        authorization = _metadata(context).get("authorization")
        with self._shares.stream(call.scope), self._streams.held(authorization, call.scope):
            yield

    @contextmanager
    def unary_held(self) -> Iterator[None]:
        """Begin no unary call meanwhile; those that came are answered afterwards."""
        self._go_on.clear()
        try:
            yield
        finally:
            self._go_on.set()

    def end_unwelcome_streams(self) -> None:
        """End the streams of callers who would not be let in any more: a token was revoked, or has expired."""
        self._streams.end_unwelcome()

    async def _read(self, context: Context) -> bytes:
        """Return the one request of a call; raises RequestNeverCame or InvalidField where none comes."""
        try:
            async with asyncio.timeout(self._read_seconds):
                content = await context.read()
        except TimeoutError:
            raise RequestNeverCame(
                f"No whole request came within {self._read_seconds:g} seconds of its call.", seconds=self._read_seconds
            ) from None
        if not isinstance(content, bytes):  # the end of the stream
            raise InvalidField("The call ended without a request.", request="none came")
        return content

    def _let_in(self, note: Note, context: Context) -> Call:
        """Return the call of somebody who may make it; raises what `Strangers` refuses with, or PermissionDenied."""
        metadata = _metadata(context)
        try:
            note.scope = scope = self._access.scope_of(metadata.get("authorization"))
        except Unauthenticated as refusal:
            raise self._strangers.refused(context.peer(), refusal) from None
        if cause := from_traceparent(metadata.get("traceparent")):
            note.trace_id = cause.trace_id
        permit(scope, note.rpc, RPCS[note.rpc])
        remaining: float | None = context.time_remaining()
        deadline = None if remaining is None else asyncio.get_running_loop().time() + remaining
        return Call(note.rpc, scope, deadline, cause, peer=context.peer())


async def _sound(parser: Parser[Q], content: bytes, note: Note) -> Q:
    """Return the request of a unary rpc that is no larger than its limit, valid, and without card numbers.

    A thread checks what takes longer, while other calls go on. Raises RequestTooLarge, InvalidField, CardNumberRefused.
    Messages of a stream are validated by their handler.
    """
    if len(content) > CHECKED_ASIDE_BYTES:
        return await asyncio.to_thread(_checked, parser, content, note)
    return _checked(parser, content, note)


def _checked(parser: Parser[Q], content: bytes, note: Note) -> Q:
    request, row = parser.request(content), RPCS[parser.rpc]
    if not row.elementwise:
        refuse_invalid(request)  # first, because a list that is too long costs least here
        refuse_nul(request, content)
        refuse_card_numbers(request, content)
    note.about(request)
    return request


def _metadata(context: Context) -> dict[str, str]:
    return {key: value for key, value in context.invocation_metadata() or () if isinstance(value, str)}


def _told(call: Call, answer: T, context: Context, note: Note) -> T:
    """The answer, with the position of what was done in the trailing metadata."""
    note.outcome = OK
    if call.receipt.position:
        context.set_trailing_metadata(((POSITION_KEY, str(call.receipt.position)),))
    return answer


def _failed(error: Exception, note: Note, context: Context) -> None:
    note.trace_id = note.trace_id or secrets.token_hex(16)
    note.outcome = error.reason if isinstance(error, Refusal) else FAILED
    answer = answer_to(error, rpc=note.rpc, trace_id=note.trace_id)
    error.__traceback__ = None  # a frame of the call holds what the gate refused it with, which would hold the frame
    _refused(answer, context)


def _refused(answer: Answer, context: Context) -> None:
    """Has a call end so, once its handler returns."""
    context.set_code(answer.code)
    context.set_details(answer.message)
    context.set_trailing_metadata(answer.trailers)
