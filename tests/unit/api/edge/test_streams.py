"""Streams end when their caller loses its right, within a look; nobody else's do."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import grpc
import pytest

from crossdock.orders.v1 import order_service_pb2 as pb
from hub.api.edge.access import Access, Grant, token_sha256
from hub.api.edge.calls import Call, CallWrapper
from hub.api.edge.parsing import Parser
from hub.kernel.scope import Role, Scope
from tests.unit.api.serving import placing, refusal

SHOP = Scope("shop", frozenset({Role.CHANNEL}))
DESK = Scope("desk", frozenset({Role.SERVICE}))


class Watched:
    """A server whose streams answer once and then are silent; the clock is set by hand."""

    def __init__(self) -> None:
        self.seconds = 0.0
        grants = {token_sha256("of the shop"): Grant(SHOP, until=60), token_sha256("of the desk"): Grant(DESK)}
        self.wrapper = CallWrapper(Access(grants, now=lambda: self.seconds))
        self.port = 0

    async def silent(self, _: Any, __: Call) -> AsyncIterator[pb.PlaceOrderResponse]:
        """One answer, then none, and no end."""
        yield pb.PlaceOrderResponse()
        await asyncio.Event().wait()


@pytest.fixture
async def watched() -> AsyncIterator[Watched]:
    """The server, with a stream of each kind."""
    made = Watched()
    parser = Parser("OrderService.PlaceOrders", pb.PlaceOrderRequest.FromString)
    kinds = {
        kind: grpc.stream_stream_rpc_method_handler(
            wrap(parser, made.silent),
            request_deserializer=None,
            response_serializer=pb.PlaceOrderResponse.SerializeToString,
        )
        for kind, wrap in (
            ("unary_stream", made.wrapper.unary_stream),
            ("stream_stream", made.wrapper.stream_stream),
        )
    }
    server = grpc.aio.server()
    server.add_generic_rpc_handlers((grpc.method_handlers_generic_handler("toy", kinds),))
    made.port = server.add_insecure_port("127.0.0.1:0")
    await server.start()
    yield made
    await server.stop(None)


@pytest.mark.parametrize("kind", ["unary_stream", "stream_stream"])
async def test_a_silent_stream_ends_when_its_token_holds_no_more(watched: Watched, kind: str) -> None:
    async with grpc.aio.insecure_channel(f"127.0.0.1:{watched.port}") as channel:
        shops, desks = opened(channel, kind, "of the shop"), opened(channel, kind, "of the desk")
        await shops.read()
        await desks.read()

        watched.wrapper.end_unwelcome_streams()
        watched.seconds = 61.0
        watched.wrapper.end_unwelcome_streams()
        with pytest.raises(grpc.aio.AioRpcError) as ended:
            await shops.read()

        assert refusal(ended.value) == (grpc.StatusCode.UNAUTHENTICATED, "UNAUTHENTICATED", [])
        assert not desks.done()


def opened(channel: grpc.aio.Channel, kind: str, token: str) -> Any:
    """Open a stream and send what it takes."""
    call = channel.unary_stream(
        f"/toy/{kind}",
        request_serializer=pb.PlaceOrderRequest.SerializeToString,
        response_deserializer=pb.PlaceOrderResponse.FromString,
    )
    return call(placing(), metadata=(("authorization", f"Bearer {token}"),))
