"""Calls of any rpc by its descriptor: with the bytes of its messages, to the end, whatever that is."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Final

import grpc
from google.protobuf.descriptor import MethodDescriptor
from google.protobuf.message import Message
from google.protobuf.message_factory import GetMessageClass

from hub.app.runtime.connections import OPTIONS
from tests.unit.api.serving import Served
from tests.walks.answers import Ended, ended_badly, ended_well

STREAM_SECONDS: Final = 0.2
"""How long an endless answer is listened to."""
LONGEST_SECONDS: Final = 20.0
"""How long any other answer may take on a busy machine."""
HEADERS: Final = (("authorization", "Bearer admin"),)


def endless(method: MethodDescriptor) -> bool:
    """Whether an rpc answers for as long as its caller listens."""
    return bool(method.server_streaming and not method.client_streaming)


class Caller:
    """Calls a served hub.

    Streams of requests go through gRPC's blocking client: the other one forgets the status that a hub answered while a
    message was still on its way, and says INTERNAL in its place.
    """

    def __init__(self, hub: Served, blocking: grpc.Channel) -> None:
        self._hub, self._blocking = hub, blocking

    async def ended(self, method: MethodDescriptor, messages: Sequence[bytes]) -> Ended:
        """Return how a call with these messages ended."""
        if method.client_streaming:
            return await asyncio.to_thread(self._streamed, method, messages)
        kind = "unary_stream" if method.server_streaming else "unary_unary"
        call = _stub(self._hub.channel, kind, method)
        try:
            if not endless(method):
                return ended_well([await call(messages[0], metadata=HEADERS, timeout=LONGEST_SECONDS)])
            answers = call(messages[0], metadata=HEADERS, timeout=STREAM_SECONDS)
            await answers.read()
            answers.cancel()
        except grpc.aio.AioRpcError as error:
            if endless(method) and error.code() is grpc.StatusCode.DEADLINE_EXCEEDED:
                return ended_well(())
            return ended_badly(error)
        return ended_well(())

    def _streamed(self, method: MethodDescriptor, messages: Sequence[bytes]) -> Ended:
        kind = "stream_stream" if method.server_streaming else "stream_unary"
        call = _stub(self._blocking, kind, method)
        try:
            answers = call(iter(messages), metadata=HEADERS, timeout=LONGEST_SECONDS)
            return ended_well(list(answers) if method.server_streaming else [answers])
        except grpc.RpcError as error:
            return ended_badly(error)


@contextmanager
def calling(hub: Served) -> Iterator[Caller]:
    """Yield a caller of a served hub."""
    with grpc.insecure_channel(hub.address, options=OPTIONS) as blocking:
        yield Caller(hub, blocking)


def _stub(channel: Any, kind: str, method: MethodDescriptor) -> Any:
    answers: type[Message] = GetMessageClass(method.output_type)
    return getattr(channel, kind)(
        f"/{method.containing_service.full_name}/{method.name}", response_deserializer=answers.FromString
    )
