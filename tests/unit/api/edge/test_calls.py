"""The wrapper in front of every handler: who is let in, and how calls end."""

from __future__ import annotations

import asyncio
import gc
from collections.abc import AsyncIterator
from typing import Any

import grpc
import pytest
from google.protobuf.descriptor import MethodDescriptor

from crossdock.orders.v1 import order_service_pb2 as pb
from hub.api.edge.access import Access, Grant, token_sha256
from hub.api.edge.calls import Call, CallWrapper
from hub.api.edge.parsing import Parser
from hub.api.servicers import SERVICES, servicers
from hub.inventory.errors import InsufficientStock
from hub.kernel.errors import InvalidField
from hub.kernel.scope import Role, Scope
from tests.support.unused_deps import UNUSED_DEPS
from tests.unit.api.serving import placing, refusal

SHOP = Scope("shop", frozenset({Role.CHANNEL}))
TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"


class Handlers:
    """Answers as it is told."""

    def __init__(self) -> None:
        self.calls: list[Call] = []
        self.error: Exception | None = None
        self.port = 0

    async def one(self, _: Any, call: Call) -> pb.GetOrderResponse:
        """One answer."""
        self.calls.append(call)
        if self.error:
            raise self.error
        return pb.GetOrderResponse()

    async def many(self, _: Any, call: Call) -> AsyncIterator[pb.GetOrderResponse]:
        """One answer, then what it is told."""
        yield await Handlers().one(_, call)
        yield await self.one(_, call)


@pytest.fixture
async def handlers() -> AsyncIterator[Handlers]:
    """Handlers behind a wrapper, served as `/toy/<kind>`."""
    made, wrapper = Handlers(), CallWrapper(Access({token_sha256("s3cret"): Grant(SHOP)}), read_seconds=0.5)
    coders: dict[str, Any] = {
        "request_deserializer": None,
        "response_serializer": pb.GetOrderResponse.SerializeToString,
    }
    parser = Parser("OrderService.PlaceOrder", pb.PlaceOrderRequest.FromString)
    kinds = {
        "unary_unary": grpc.stream_unary_rpc_method_handler(wrapper.unary_unary(parser, made.one), **coders),
        "unary_stream": grpc.stream_stream_rpc_method_handler(wrapper.unary_stream(parser, made.many), **coders),
        "stream_unary": grpc.stream_unary_rpc_method_handler(wrapper.stream_unary(parser, made.one), **coders),
        "stream_stream": grpc.stream_stream_rpc_method_handler(wrapper.stream_stream(parser, made.many), **coders),
        "denied": grpc.stream_unary_rpc_method_handler(
            wrapper.unary_unary(Parser("PartyService.EraseParty", pb.PlaceOrderRequest.FromString), made.one), **coders
        ),
    }
    server = grpc.aio.server()
    server.add_generic_rpc_handlers((grpc.method_handlers_generic_handler("toy", kinds),))
    made.port = server.add_insecure_port("127.0.0.1:0")
    await server.start()
    yield made
    await server.stop(None)


async def ask(handlers: Handlers, kind: str = "unary_unary", token: str = "s3cret", **options: Any) -> int:
    """Calls; answers how many messages came."""
    shape = kind if kind in SHAPES else "unary_unary"
    request = options.pop("request", None) or placing()
    headers = (("authorization", f"Bearer {token}"), *options.pop("headers", ()))
    async with grpc.aio.insecure_channel(f"127.0.0.1:{handlers.port}") as channel:
        call = getattr(channel, shape)(
            f"/toy/{kind}",
            request_serializer=pb.PlaceOrderRequest.SerializeToString,
            response_deserializer=pb.GetOrderResponse.FromString,
        )
        given = _stream(request) if shape.startswith("stream") else request
        answered = call(given, metadata=headers, **options)
        if shape.endswith("_unary"):
            return int(isinstance(await answered, pb.GetOrderResponse))
        return len([one async for one in answered])


async def _stream(request: Any) -> AsyncIterator[Any]:
    yield request


SHAPES = {"unary_unary": 1, "unary_stream": 2, "stream_unary": 1, "stream_stream": 2}


@pytest.mark.parametrize("kind", SHAPES)
async def test_who_is_known_and_may_is_let_in(handlers: Handlers, kind: str) -> None:
    assert await ask(handlers, kind) == SHAPES[kind]
    assert handlers.calls[0].scope == SHOP
    assert (handlers.calls[0].deadline, handlers.calls[0].cause) == (None, None)


@pytest.mark.parametrize("kind", ["unary_unary", "unary_stream"])
async def test_who_is_not_known_is_told_so(handlers: Handlers, kind: str) -> None:
    with pytest.raises(grpc.aio.AioRpcError) as refused:
        await ask(handlers, kind, token="other")

    assert refusal(refused.value) == (grpc.StatusCode.UNAUTHENTICATED, "UNAUTHENTICATED", [])
    assert handlers.calls == []


async def test_who_failed_too_often_is_told_when_to_come_again_and_a_token_that_holds_is_let_in(
    handlers: Handlers, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("hub.api.edge.strangers.MOST_FAILURES", 1)
    ends = []
    for _ in range(2):
        with pytest.raises(grpc.aio.AioRpcError) as refused:
            await ask(handlers, token="other")
        ends.append(refusal(refused.value))

    assert [reason for _, reason, _ in ends] == ["UNAUTHENTICATED", "AUTHENTICATION_THROTTLED"]
    assert ends[1][0] is grpc.StatusCode.RESOURCE_EXHAUSTED
    assert await ask(handlers) == 1


async def test_who_may_not_is_told_so(handlers: Handlers) -> None:
    with pytest.raises(grpc.aio.AioRpcError) as refused:
        await ask(handlers, "denied")

    assert refusal(refused.value) == (grpc.StatusCode.PERMISSION_DENIED, "PERMISSION_DENIED", [])


@pytest.mark.parametrize("kind", SHAPES)
async def test_a_refusal_ends_any_kind_of_call_with_its_reason(handlers: Handlers, kind: str) -> None:
    handlers.error = InsufficientStock("None left.")

    with pytest.raises(grpc.aio.AioRpcError) as refused:
        await ask(handlers, kind)

    assert refusal(refused.value)[:2] == (grpc.StatusCode.FAILED_PRECONDITION, "INSUFFICIENT_STOCK")


@pytest.mark.parametrize("kind", SHAPES)
@pytest.mark.parametrize("token", ["other", "s3cret"])
async def test_a_refused_call_leaves_nothing_to_the_collector_of_cycles(
    handlers: Handlers, kind: str, token: str
) -> None:
    handlers.error = InsufficientStock("None left.")
    gc.collect()
    gc.disable()
    try:
        for _ in range(5):
            with pytest.raises(grpc.aio.AioRpcError):
                await ask(handlers, kind, token=token)

        left = [one for one in gc.get_objects() if type(one).__name__ == "_ServicerContext"]
    finally:
        gc.enable()

    assert len(left) <= 1, "the last one may still be on its way"


async def test_a_call_that_ends_without_its_request_is_told_so(handlers: Handlers) -> None:
    with pytest.raises(grpc.aio.AioRpcError) as ended:
        await streamed(handlers, "unary_unary", iter(()), "s3cret")

    assert refusal(ended.value) == (grpc.StatusCode.INVALID_ARGUMENT, "INVALID_FIELD", ["request"])
    assert handlers.calls == []


@pytest.mark.parametrize("kind", ["unary_unary", "unary_stream"])
async def test_a_request_that_never_comes_is_not_waited_for(handlers: Handlers, kind: str) -> None:
    with pytest.raises(grpc.aio.AioRpcError) as ended:
        await streamed(handlers, kind, never(), "s3cret")

    assert refusal(ended.value)[:2] == (grpc.StatusCode.DEADLINE_EXCEEDED, "REQUEST_NEVER_CAME")


@pytest.mark.parametrize("kind", SHAPES)
async def test_who_is_not_known_is_told_so_before_a_request_comes(handlers: Handlers, kind: str) -> None:
    with pytest.raises(grpc.aio.AioRpcError) as ended:
        await streamed(handlers, kind, never(), "other")

    assert refusal(ended.value) == (grpc.StatusCode.UNAUTHENTICATED, "UNAUTHENTICATED", [])
    assert handlers.calls == []


async def never() -> AsyncIterator[Any]:
    """No request, and no end."""
    await asyncio.Event().wait()
    yield placing()


async def streamed(handlers: Handlers, kind: str, requests: Any, token: str) -> None:
    """Calls with whatever comes as the request of any kind of call."""
    async with grpc.aio.insecure_channel(f"127.0.0.1:{handlers.port}") as channel:
        made: Any = channel.stream_unary if kind.endswith("_unary") else channel.stream_stream
        call = made(
            f"/toy/{kind}",
            request_serializer=pb.PlaceOrderRequest.SerializeToString,
            response_deserializer=pb.GetOrderResponse.FromString,
        )
        answered = call(requests, metadata=(("authorization", f"Bearer {token}"),))
        if kind.endswith("_unary"):
            await answered
        else:
            _ = [answer async for answer in answered]


@pytest.mark.parametrize("kind", SHAPES)
async def test_a_failure_ends_any_kind_of_call_without_detail_and_under_the_callers_trace(
    handlers: Handlers, kind: str
) -> None:
    handlers.error = KeyError("Ada Visser")

    with pytest.raises(grpc.aio.AioRpcError) as failed:
        await ask(handlers, kind, headers=(("traceparent", TRACE),))

    assert failed.value.code() is grpc.StatusCode.INTERNAL
    assert "Ada" not in (failed.value.details() or "")
    assert "0af7651916cd43dd8448eb211c80319c" in (failed.value.details() or "")


async def test_an_unsound_request_never_reaches_its_handler(handlers: Handlers) -> None:
    with pytest.raises(grpc.aio.AioRpcError) as refused:
        await ask(handlers, request=placing(request_id="1"))

    assert refusal(refused.value) == (grpc.StatusCode.INVALID_ARGUMENT, "INVALID_FIELD", ["request_id"])
    assert handlers.calls == []


@pytest.mark.parametrize("kind", ["unary_unary", "unary_stream"])
async def test_a_text_with_a_zero_character_never_reaches_a_handler(handlers: Handlers, kind: str) -> None:
    with pytest.raises(grpc.aio.AioRpcError) as refused:
        await ask(handlers, kind, request=placing(reference="a\0b"))

    assert refusal(refused.value) == (grpc.StatusCode.INVALID_ARGUMENT, "INVALID_FIELD", ["order.channel_reference"])
    assert handlers.calls == []


async def test_a_card_number_never_reaches_a_handler(handlers: Handlers) -> None:
    with pytest.raises(grpc.aio.AioRpcError) as refused:
        await ask(handlers, request=placing(service_code="4111111111111111"))

    assert refusal(refused.value)[1] == "CARD_NUMBER_REFUSED"
    assert handlers.calls == []


async def test_deadline_and_trace_of_the_caller_reach_the_handler(handlers: Handlers) -> None:
    await ask(handlers, headers=(("traceparent", TRACE),), timeout=3600)

    call = handlers.calls[0]
    assert call.deadline is not None
    assert call.cause is not None
    assert call.cause.trace_id == "0af7651916cd43dd8448eb211c80319c"


def test_the_same_request_is_the_same_in_other_letters_and_with_defaults_stated() -> None:
    call, request = Call("OrderService.PlaceOrder", SHOP), placing()
    stated = pb.PlaceOrderRequest.FromString(request.SerializeToString() + b"\x12\x03\xb8\x01\x00")
    stated.request_id = request.request_id.upper()

    assert call.asked(stated, stated.request_id) == call.asked(request, request.request_id)


def test_a_request_id_that_is_none_is_refused_by_name() -> None:
    with pytest.raises(InvalidField) as refused:
        Call("CatalogService.PutItems", SHOP).asked(placing(), "first")

    assert refused.value.metadata == {"request_id": "no UUID"}


def test_no_rpc_of_the_contract_is_left_unimplemented() -> None:
    served = servicers(UNUSED_DEPS)

    missing = [
        f"{name}.{method.name}"
        for name, service in SERVICES.items()
        for method in _methods(service)
        if not hasattr(served[name], method.name)
    ]

    assert missing == []


def _methods(service: Any) -> list[MethodDescriptor]:
    return list(service.methods)
