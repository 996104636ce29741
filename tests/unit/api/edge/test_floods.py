"""Floods, counted: who has shown no token, or reads nothing, takes no place from a caller who pays."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import grpc
import pytest

from crossdock.orders.v1 import order_service_pb2 as pb
from hub.api.edge.access import Access, Grant, token_sha256
from hub.api.edge.calls import Call, CallWrapper
from hub.api.edge.journal import Note
from hub.api.edge.parsing import Parser
from hub.app.runtime.connections import public_server
from hub.config.connections import ConnectionSettings
from hub.config.settings import Settings
from hub.kernel.scope import Role, Scope
from tests.unit.api.serving import placing
from tools.attack import floods, frames

UNARY, STREAM = "/toy/unary", "/toy/stream"
CALLS = 64
STREAMS = 10
CONNECTIONS = 12
OWN_CONNECTION = (("grpc.use_local_subchannel_pool", 1),)
SECONDS = 30


class Toy:
    """A server with few places, as the hub serves: what it answered, how calls ended, how many messages it made."""

    def __init__(self) -> None:
        self.notes: list[Note] = []
        self.made = 0
        self.open = 0
        self.address = ""

    async def one(self, _: Any, __: Call) -> pb.GetOrderResponse:
        """One answer."""
        return pb.GetOrderResponse()

    async def endless(self, _: Any, __: Call) -> AsyncIterator[bytes]:
        """Messages of 4 KiB without an end."""
        self.open += 1
        try:
            while True:
                self.made += 1
                yield bytes(4096)
        finally:
            self.open -= 1

    def outcomes(self) -> Counter[str]:
        """How many calls ended how."""
        return Counter(note.outcome for note in self.notes)


@pytest.fixture
async def toy(tmp_path: Path) -> AsyncIterator[Toy]:
    """A toy behind the wrapper and the limits that a hub has, with two callers who pay."""
    made = Toy()
    scopes = {name: Grant(Scope(name, frozenset({Role.CHANNEL}))) for name in ("shop", "other")}
    wrapper = CallWrapper(
        Access({token_sha256(name): grant for name, grant in scopes.items()}),
        calls=CALLS,
        streams=STREAMS,
        ended=(made.notes.append,),
    )
    parser = Parser("OrderService.PlaceOrder", pb.PlaceOrderRequest.FromString)
    coders: dict[str, Any] = {"request_deserializer": None, "response_serializer": _bytes}
    kinds = {
        "unary": grpc.stream_unary_rpc_method_handler(wrapper.unary_unary(parser, made.one), **coders),
        "stream": grpc.stream_stream_rpc_method_handler(wrapper.unary_stream(parser, made.endless), **coders),
    }
    server = public_server(Settings(data=tmp_path, calls=CALLS, connections=ConnectionSettings(most=CONNECTIONS)))
    server.add_generic_rpc_handlers((grpc.method_handlers_generic_handler("toy", kinds),))
    made.address = f"127.0.0.1:{server.add_insecure_port('127.0.0.1:0')}"
    await server.start()
    yield made
    await server.stop(None)


def _bytes(answer: Any) -> bytes:
    return answer if isinstance(answer, bytes) else bytes(answer.SerializeToString())


async def pays(channel: Any, token: str = "shop") -> bool:
    """Whether a call of somebody known is answered."""
    content = placing().SerializeToString()
    await channel.unary_unary(UNARY)(content, metadata=(("authorization", f"Bearer {token}"),), timeout=SECONDS)
    return True


def channel_to(toy: Toy) -> Any:
    return grpc.aio.insecure_channel(toy.address, options=OWN_CONNECTION)


async def until(condition: Any) -> None:
    """Wait for something that comes soon."""
    async with asyncio.timeout(SECONDS):
        while not condition():  # noqa: ASYNC110 (of a server, whose every step is not told)
            await asyncio.sleep(0.01)


async def test_4096_calls_without_a_token_whose_bodies_never_come_hold_no_place(toy: Toy) -> None:
    """As many as 32 times the places there are, over one connection that stays open and is not read."""
    _, writer = await frames.connected(toy.address)
    async with channel_to(toy) as channel:
        for number in range(4096):
            writer.write(frames.call(2 * number + 1, UNARY))
        await writer.drain()

        assert await pays(channel)
        await until(lambda: toy.outcomes()["UNAUTHENTICATED"] + toy.outcomes()["AUTHENTICATION_THROTTLED"] >= 1024)
        assert await pays(channel)
    assert set(toy.outcomes()) == {"UNAUTHENTICATED", "AUTHENTICATION_THROTTLED", "OK"}
    writer.close()


async def test_calls_that_are_given_up_at_once_leave_nothing_behind(toy: Toy) -> None:
    _, writer = await frames.connected(toy.address)
    async with channel_to(toy) as channel:
        for number in range(2000):
            stream = 2 * number + 1
            writer.write(frames.call(stream, UNARY, [("authorization", "Bearer other")]) + frames.reset(stream))
            if number % 100 == 0:
                await writer.drain()
        assert await pays(channel)
        writer.close()
        # a share of the places is for one caller: had any kept its place, some of these would be refused
        assert all(await asyncio.gather(*(pays(channel, "other") for _ in range(CALLS // 2))))


async def test_connections_beyond_the_most_are_closed_and_those_before_go_on(toy: Toy) -> None:
    async with channel_to(toy) as channel:
        assert await pays(channel)
        connections = [await frames.connected(toy.address) for _ in range(3 * CONNECTIONS)]
        ended = [await _ended(reader) for reader, _ in connections]

        assert 3 * CONNECTIONS - CONNECTIONS <= sum(ended) < 3 * CONNECTIONS
        assert await pays(channel)
    for _, writer in connections:
        writer.close()


async def _ended(reader: asyncio.StreamReader) -> bool:
    """Whether the server closed a connection."""
    try:
        async with asyncio.timeout(0.05):
            while await reader.read(4096):
                pass
    except TimeoutError:
        return False
    except ConnectionError:
        return True
    return True


async def test_readers_who_read_nothing_are_sent_a_window_and_hold_their_share_of_streams_alone(toy: Toy) -> None:
    _, writer = await frames.connected(toy.address)
    content = placing().SerializeToString()
    async with channel_to(toy) as channel:
        for number in range(3 * STREAMS):
            stream = 2 * number + 1
            writer.write(frames.call(stream, STREAM, [("authorization", "Bearer other")]))
            writer.write(frames.message(stream, content))
        await writer.drain()
        await until(lambda: toy.outcomes()["TOO_MANY_AT_ONCE"] == 2 * STREAMS)

        assert await pays(channel)
        assert toy.open == STREAMS
        # 64 KiB per connection of HTTP/2, and what gRPC keeps of each stream on its way
        assert toy.made <= STREAMS * 64
        writer.close()
        await until(lambda: toy.open == 0)


@pytest.mark.parametrize("address", ["192.0.2.1:7443", "hub.example:7443", "0.0.0.0:7443"])
def test_floods_go_to_this_machine_alone(address: str) -> None:
    with pytest.raises(SystemExit, match="floods go to the loopback alone"):
        floods.main(["headless", address, "1"])
