"""Calls are turned away early when too many come, the less urgent first, and told when to come again."""

from __future__ import annotations

import asyncio
from types import SimpleNamespace
from typing import Any

import grpc
import pytest
from google.rpc import error_details_pb2, status_pb2

from crossdock.orders.v1 import order_service_pb2 as pb
from hub.api.edge.access import Access, Grant, token_sha256
from hub.api.edge.calls import Call, CallWrapper
from hub.api.edge.parsing import Parser
from hub.api.edge.refusals import DETAILS_KEY
from hub.api.edge.rpcs import RPCS
from hub.api.edge.shedding import FEW, PATIENCE_SECONDS, WINDOW_SECONDS, Rank, Shedding
from hub.api.servicers import Rpcs
from hub.kernel.scope import Role, Scope
from tests.unit.api.serving import placing

INSIDE = 129


class Loaded:
    """A wrapper whose clock stands still unless a test moves it."""

    def __init__(self, most: int = 2048) -> None:
        self.at = 0.0
        self.shedding = Shedding(lambda: self.at, most=most)

    def fill(self, calls: int) -> None:
        """Lets so many calls in, whatever they may wait."""
        for _ in range(calls):
            assert self.shedding.turned_away(Rank.SHIP, None) is None

    def answer(self, calls: int, rate: float) -> None:
        """Answers as many as come in anew, at a rate."""
        for _ in range(calls):
            self.at += 1 / rate
            self.shedding.leave()
            assert self.shedding.turned_away(Rank.SHIP, None) is None


@pytest.fixture
def slow() -> Loaded:
    """A wrapper with some calls inside, of which a hundred a second are answered for long."""
    loaded = Loaded()
    loaded.fill(INSIDE)
    loaded.answer(2000, 100.0)
    return loaded


def test_few_calls_are_always_let_in_however_short_their_deadline() -> None:
    loaded = Loaded()

    assert [loaded.shedding.turned_away(Rank.LOOK, 0.001) for _ in range(FEW)] == [None] * FEW


def test_a_call_that_would_wait_for_more_than_half_of_its_time_is_told_how_long_the_wait_is(slow: Loaded) -> None:
    assert slow.shedding.turned_away(Rank.SHIP, 2.0) == pytest.approx(1.29, rel=0.05)
    assert slow.shedding.turned_away(Rank.SHIP, 3.0) is None


def test_a_call_without_a_deadline_waits_for_some_seconds_and_no_longer(slow: Loaded) -> None:
    slow.fill(int(PATIENCE_SECONDS * 100) - INSIDE - 10)
    waits = [slow.shedding.turned_away(Rank.SHIP, None) for _ in range(50)]

    assert waits[0] is None
    assert waits[-1] is not None


def test_what_is_only_looked_at_is_turned_away_first_and_what_ships_last(slow: Loaded) -> None:
    deadline = 3.0  # seconds; the wait is 1.3 of them, half of the deadline 1.5

    assert slow.shedding.turned_away(Rank.LOOK, deadline) is not None
    assert slow.shedding.turned_away(Rank.ORDER, deadline) is not None
    assert slow.shedding.turned_away(Rank.SHIP, deadline) is None


def test_what_was_turned_away_takes_no_room(slow: Loaded) -> None:
    for _ in range(1000):
        assert slow.shedding.turned_away(Rank.LOOK, 1.0) is not None

    assert slow.shedding.turned_away(Rank.SHIP, 3.0) is None


def test_quiet_times_do_not_make_the_hub_seem_slow() -> None:
    loaded = Loaded()
    loaded.fill(1)
    loaded.answer(100, 1.0)  # nobody asks for more than one answer a second

    loaded.fill(1000)


def test_it_is_learned_again_when_answers_come_faster(slow: Loaded) -> None:
    slow.answer(10_000, 10_000.0)

    assert slow.at > WINDOW_SECONDS
    assert slow.shedding.turned_away(Rank.LOOK, 1.0) is None


def test_no_more_are_inside_than_the_setting_says() -> None:
    loaded = Loaded(most=5)
    loaded.fill(5)

    assert loaded.shedding.turned_away(Rank.SHIP, None) is not None


@pytest.mark.parametrize(
    ("rpc", "rank"),
    [
        ("FulfillmentService.RecordShipments", Rank.SHIP),
        ("AdminService.GetStatus", Rank.SHIP),
        ("AdapterStateService.GetState", Rank.SHIP),
        ("OrderService.PlaceOrder", Rank.ORDER),
        ("InventoryService.AdjustStock", Rank.ORDER),
        ("InventoryService.GetAvailability", Rank.LOOK),
        ("FulfillmentService.ListFulfillmentOrders", Rank.LOOK),
        ("PromisingService.QuotePromises", Rank.LOOK),
    ],
)
def test_shipping_goes_before_ordering_and_ordering_before_looking(rpc: str, rank: Rank) -> None:
    assert RPCS[rpc].rank is rank


def test_each_rank_has_rpcs() -> None:
    assert {rpc.rank for rpc in RPCS.values()} == set(Rank)


async def test_a_call_turned_away_gets_retry_info_and_its_handler_never_hears_of_it() -> None:
    began, go_on = asyncio.Event(), asyncio.Event()
    heard: list[Any] = []
    read: list[bytes] = []

    def reading(data: bytes) -> pb.PlaceOrderRequest:
        read.append(data)
        return pb.PlaceOrderRequest.FromString(data)

    async def handler(request: Any, _: Call) -> pb.GetOrderResponse:
        heard.append(request)
        began.set()
        await go_on.wait()
        return pb.GetOrderResponse()

    wrapper = CallWrapper(Access({token_sha256("s3cret"): Grant(Scope("shop", frozenset({Role.CHANNEL})))}), calls=1)
    server = grpc.aio.server()
    method = grpc.stream_unary_rpc_method_handler(
        wrapper.unary_unary(Parser("OrderService.PlaceOrder", reading), handler),
        request_deserializer=None,
        response_serializer=pb.GetOrderResponse.SerializeToString,
    )
    server.add_generic_rpc_handlers((grpc.method_handlers_generic_handler("toy", {"place": method}),))
    port = server.add_insecure_port("127.0.0.1:0")
    await server.start()
    async with grpc.aio.insecure_channel(f"127.0.0.1:{port}") as channel:
        place = channel.unary_unary(
            "/toy/place",
            request_serializer=pb.PlaceOrderRequest.SerializeToString,
            response_deserializer=pb.GetOrderResponse.FromString,
        )
        first = place(placing(), metadata=(("authorization", "Bearer s3cret"),))
        await began.wait()
        with pytest.raises(grpc.aio.AioRpcError) as refused:
            await place(placing(), metadata=(("authorization", "Bearer s3cret"),))
        seen = [wrapper._shedding.pressed]
        go_on.set()
        await first
        await place(placing(), metadata=(("authorization", "Bearer s3cret"),))
        seen.append(wrapper._shedding.pressed)
    await server.stop(None)

    assert refused.value.code() is grpc.StatusCode.RESOURCE_EXHAUSTED
    assert seen == [True, False]
    assert len(heard) == 2
    assert len(read) == 2
    trailers: Any = refused.value.trailing_metadata()
    (details,) = [value for key, value in trailers if key == DETAILS_KEY]
    status = status_pb2.Status.FromString(details)
    retry = error_details_pb2.RetryInfo()
    assert any(detail.Unpack(retry) for detail in status.details)
    assert retry.retry_delay.ToTimedelta().total_seconds() > 0


def test_no_request_is_read_before_its_call_is_let_in() -> None:
    service = pb.DESCRIPTOR.services_by_name["OrderService"]
    rpcs = Rpcs(CallWrapper(Access({})), [(method, object()) for method in service.methods])

    def found_at(path: str) -> Any:
        details: Any = SimpleNamespace(method=path)
        return rpcs.service(details)

    assert all(found_at(f"/{service.full_name}/{method.name}").request_streaming for method in service.methods)
    assert found_at("/nowhere/Nothing") is None
