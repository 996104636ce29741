"""Bytes of requests: what is too large or cannot be decoded is refused, whichever kind of rpc it comes by."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from typing import Any

import grpc
import pytest

from crossdock.orders.v1 import order_service_pb2 as pb
from hub.api.edge.access import Access, Grant, token_sha256
from hub.api.edge.calls import Call, CallWrapper
from hub.api.edge.parsing import Parser
from hub.api.edge.rpcs import RPCS
from hub.kernel.errors import RequestTooLarge
from hub.kernel.scope import Role, Scope
from tests.unit.api.serving import placing, refusal

RPC = "OrderService.PlaceOrder"
LARGEST = RPCS[RPC].largest_bytes
SHAPES = ("unary_unary", "unary_stream", "stream_unary", "stream_stream")


async def single(requests: Any, call: Call) -> pb.PlaceOrderResponse:
    """Reads all there is, then answers."""
    if isinstance(requests, AsyncIterator):
        assert [request async for request in requests]
    assert call.rpc == RPC
    return pb.PlaceOrderResponse()


async def many(requests: Any, call: Call) -> AsyncIterator[pb.PlaceOrderResponse]:
    """The same, as a stream."""
    yield await single(requests, call)


@pytest.fixture
async def channel() -> AsyncIterator[grpc.aio.Channel]:
    """A channel to handlers of every kind, which take what PlaceOrder takes."""
    wrapper = CallWrapper(Access({token_sha256("s3cret"): Grant(Scope("shop", frozenset({Role.CHANNEL})))}))
    coders: dict[str, Any] = {
        "request_deserializer": None,
        "response_serializer": pb.PlaceOrderResponse.SerializeToString,
    }
    parser = Parser(RPC, pb.PlaceOrderRequest.FromString)
    kinds = {
        "unary_unary": grpc.stream_unary_rpc_method_handler(wrapper.unary_unary(parser, single), **coders),
        "unary_stream": grpc.stream_stream_rpc_method_handler(wrapper.unary_stream(parser, many), **coders),
        "stream_unary": grpc.stream_unary_rpc_method_handler(wrapper.stream_unary(parser, single), **coders),
        "stream_stream": grpc.stream_stream_rpc_method_handler(wrapper.stream_stream(parser, many), **coders),
    }
    server = grpc.aio.server()
    server.add_generic_rpc_handlers((grpc.method_handlers_generic_handler("toy", kinds),))
    port = server.add_insecure_port("127.0.0.1:0")
    await server.start()
    async with grpc.aio.insecure_channel(f"127.0.0.1:{port}") as opened:
        yield opened
    await server.stop(None)


async def ask(channel: grpc.aio.Channel, kind: str, *messages: bytes, token: str = "s3cret") -> None:
    """Sends messages as they are, the last alone where the kind takes one, and awaits the end."""
    given = list(messages) if kind.startswith("stream") else messages[-1]
    answered = getattr(channel, kind)(f"/toy/{kind}")(given, metadata=(("authorization", f"Bearer {token}"),))
    if kind.endswith("_unary"):
        await answered
    else:
        _ = [answer async for answer in answered]


def of_size(size: int) -> bytes:
    """A sound request of so many bytes: a field that the contract does not know makes up the rest."""
    content = placing().SerializeToString()
    filling = size - len(content) - 6  # two bytes of tag, four of length
    length = bytes([filling & 127 | 128, filling >> 7 & 127 | 128, filling >> 14 & 127 | 128, filling >> 21])
    return content + b"\xfa\x7f" + length + bytes(filling)


@pytest.mark.parametrize("kind", SHAPES)
async def test_a_message_of_the_largest_size_is_taken(channel: grpc.aio.Channel, kind: str) -> None:
    content = of_size(LARGEST)

    await ask(channel, kind, content)

    assert len(content) == LARGEST


@pytest.mark.parametrize("kind", SHAPES)
async def test_a_larger_one_is_refused_with_its_size_and_the_limit(channel: grpc.aio.Channel, kind: str) -> None:
    with pytest.raises(grpc.aio.AioRpcError) as refused:
        await ask(channel, kind, of_size(1000), of_size(LARGEST + 1))

    assert refusal(refused.value)[:2] == (grpc.StatusCode.INVALID_ARGUMENT, "REQUEST_TOO_LARGE")
    assert refused.value.details() == (
        f"A message of {LARGEST + 1} bytes came; {RPC} takes at most {LARGEST}."
        " Split it, or leave out what the hub need not know."
    )


@pytest.mark.parametrize("kind", SHAPES)
async def test_who_is_not_known_learns_no_limit(channel: grpc.aio.Channel, kind: str) -> None:
    with pytest.raises(grpc.aio.AioRpcError) as refused:
        await ask(channel, kind, of_size(LARGEST + 1), token="other")

    assert refusal(refused.value)[1] == "UNAUTHENTICATED"


UNDECODABLE = {
    "cut off": placing().SerializeToString()[:-1],
    "no message": b"\xff\xff\xff",
    "not UTF-8": b"\x0a\x02\xc3\x28",
    "half of a surrogate pair": b"\x0a\x03\xed\xa0\x80",
}


@pytest.mark.parametrize("kind", SHAPES)
@pytest.mark.parametrize("flaw", UNDECODABLE)
async def test_bytes_that_hold_no_request_are_refused(channel: grpc.aio.Channel, kind: str, flaw: str) -> None:
    with pytest.raises(grpc.aio.AioRpcError) as refused:
        await ask(channel, kind, UNDECODABLE[flaw])

    assert refusal(refused.value) == (grpc.StatusCode.INVALID_ARGUMENT, "INVALID_FIELD", ["request"])


@pytest.mark.parametrize("kind", SHAPES)
async def test_who_is_not_known_has_no_bytes_decoded(channel: grpc.aio.Channel, kind: str) -> None:
    with pytest.raises(grpc.aio.AioRpcError) as refused:
        await ask(channel, kind, UNDECODABLE["cut off"], token="other")

    assert refusal(refused.value)[1] == "UNAUTHENTICATED"


def test_a_message_that_is_too_large_is_not_parsed() -> None:
    parsed: list[bytes] = []
    parse: Callable[[bytes], Any] = parsed.append

    with pytest.raises(RequestTooLarge):
        Parser(RPC, parse).request(bytes(LARGEST + 1))

    assert parsed == []


def test_an_rpc_without_a_row_is_not_served() -> None:
    with pytest.raises(KeyError, match="DropEverything"):
        Parser("OrderService.DropEverything", pb.PlaceOrderRequest.FromString)
