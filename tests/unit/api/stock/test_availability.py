"""What can be sold, over gRPC: by channel, method and node, at a position, and as it changes."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any
from uuid import uuid4

import grpc
import pytest

from crossdock.inventory.v1 import inventory_pb2 as pb
from crossdock.orders.v1 import orders_pb2
from hub.api.edge.calls import POSITION_KEY
from hub.app.runtime.availability_follower import Follower
from hub.database.listening import Listener
from hub.flows.stock.import_snapshot import import_snapshot
from hub.inventory.model import Snapshot
from hub.kernel.scope import HUB
from hub.wire.stock.availability import position_piece, varint
from tests.unit.api.serving import Served, placing, refusal, serving

Watched = AsyncIterator[pb.WatchAvailabilityResponse]


async def asked(
    hub: Served, *skus: str, principal: str = "channel", **part: Any
) -> dict[str, tuple[int, dict[str, int]]]:
    """What can be sold once everything done so far is shown: in all, and per node."""
    request = pb.GetAvailabilityRequest(skus=skus, min_position=await hub.position(), **part)
    answer = await hub.rpc("InventoryService.GetAvailability", principal)(request, timeout=10)
    assert answer.position >= request.min_position
    assert [one.sku for one in answer.availability] == list(skus)
    return {one.sku: (one.available, dict(one.available_by_node)) for one in answer.availability}


async def test_what_can_be_sold_is_told_per_node_and_in_all(hub: Served) -> None:
    await hub.world.stock("SHIRT", "ST-LON", 3)
    await hub.place(quantity=2)

    assert await asked(hub, "SHIRT", "TROUSERS") == {
        "SHIRT": (21, {"DC-NL": 18, "ST-LON": 3}),
        "TROUSERS": (0, {}),
    }
    assert await asked(hub, "SHIRT", node_ids=["DC-NL"]) == {"SHIRT": (18, {"DC-NL": 18})}
    assert await asked(hub, "SHIRT", principal="other-node") == {"SHIRT": (3, {"ST-LON": 3})}
    assert await asked(hub, "SHIRT", principal="other-node", node_ids=["DC-NL"]) == {"SHIRT": (0, {})}


async def test_a_channel_sells_from_its_nodes_less_its_buffer(hub: Served) -> None:
    await hub.world.stock("SHIRT", "ST-LON", 3)
    await hub.world.network(channel={"node_ids": frozenset({"ST-LON", "DC-UK"}), "stock_buffer": 2})

    async with serving(hub.world) as fresh:
        assert await asked(fresh, "SHIRT", channel_id="WEB-NL") == {"SHIRT": (1, {"ST-LON": 3})}
        assert await asked(fresh, "SHIRT") == {"SHIRT": (23, {"DC-NL": 20, "ST-LON": 3})}


async def test_goods_are_collected_in_stores_and_shipped_where_a_lane_begins(hub: Served) -> None:
    await hub.world.stock("SHIRT", "ST-LON", 3)
    shipped, collected = orders_pb2.DELIVERY_METHOD_SHIP, orders_pb2.DELIVERY_METHOD_PICKUP

    assert await asked(hub, "SHIRT", delivery_method=collected) == {"SHIRT": (3, {"ST-LON": 3})}
    assert await asked(hub, "SHIRT", delivery_method=shipped) == {"SHIRT": (23, {"DC-NL": 20, "ST-LON": 3})}


async def test_a_channel_out_of_scope_is_not_there(hub: Served) -> None:
    request = pb.GetAvailabilityRequest(skus=["SHIRT"], channel_id="WEB-NL")

    with pytest.raises(grpc.aio.AioRpcError) as refused:
        await hub.rpc("InventoryService.GetAvailability", "other-shop")(request)

    assert refusal(refused.value)[:2] == (grpc.StatusCode.NOT_FOUND, "UNKNOWN_CHANNEL")


async def test_a_change_is_seen_at_the_position_it_answered_in_every_process(hub: Served) -> None:
    async with serving(hub.world) as other:
        for units in range(1, 6):
            change = pb.AdjustStockRequest(request_id=str(uuid4()))
            change.adjustments.add(sku="SHIRT", node_id="DC-NL", delta=1, cause="RECEIPT")
            position = (await hub.rpc("InventoryService.AdjustStock", "warehouse")(change)).position
            for process in (hub, other):
                answer = await process.rpc("InventoryService.GetAvailability", "channel")(
                    pb.GetAvailabilityRequest(skus=["SHIRT"], min_position=position)
                )
                assert answer.availability[0].available == 20 + units
                assert answer.position >= position


async def test_an_order_tells_its_position_beside_its_answer(hub: Served) -> None:
    placed = hub.rpc("OrderService.PlaceOrder", "channel")(placing(quantity=2))
    await placed
    trailers = dict(await placed.trailing_metadata())

    answer = await hub.rpc("InventoryService.GetAvailability", "channel")(
        pb.GetAvailabilityRequest(skus=["SHIRT"], min_position=int(trailers[POSITION_KEY]))
    )

    assert answer.availability[0].available == 18


async def test_a_position_that_does_not_come_is_not_answered_from_before_nor_looked_for_without_end(
    hub: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    looks, look = 0, Follower._look

    async def counted(self: Follower, listener: Listener) -> float:
        nonlocal looks
        looks += 1
        return await look(self, listener)

    monkeypatch.setattr(Follower, "_look", counted)
    request = pb.GetAvailabilityRequest(skus=["SHIRT"], min_position=2**40)

    with pytest.raises(grpc.aio.AioRpcError) as refused:
        await hub.rpc("InventoryService.GetAvailability")(request, timeout=0.3)

    assert refused.value.code() is grpc.StatusCode.DEADLINE_EXCEEDED
    assert looks < 10


@pytest.mark.parametrize(
    ("request_", "field"),
    [
        (pb.GetAvailabilityRequest(), "skus"),
        (pb.GetAvailabilityRequest(skus=["A"] * 501), "skus"),
        (pb.GetAvailabilityRequest(skus=["A"], min_position=-1), "min_position"),
        (pb.GetAvailabilityRequest(skus=["A"], delivery_method=7), "delivery_method"),  # type: ignore[arg-type]
    ],
)
async def test_what_cannot_be_asked_is_refused_by_its_field(
    hub: Served, request_: pb.GetAvailabilityRequest, field: str
) -> None:
    with pytest.raises(grpc.aio.AioRpcError) as refused:
        await hub.rpc("InventoryService.GetAvailability")(request_)

    assert refusal(refused.value) == (grpc.StatusCode.INVALID_ARGUMENT, "INVALID_FIELD", [field])


async def test_five_hundred_skus_are_answered_at_once(hub: Served) -> None:
    skus = ["SHIRT", *(f"UNHEARD-OF-{number}" for number in range(499))]

    answers = await asked(hub, *skus)

    assert [sku for sku in skus if answers[sku][0]] == ["SHIRT"]


async def test_a_watcher_is_sent_what_becomes_another_and_nothing_else(hub: Served) -> None:
    await hub.world.stock("HAT", "DC-NL", 5)
    watched = await watch(hub, "SHIRT", "HAT")

    first = await told(watched)
    await hub.world.stock("SOCKS", "DC-NL", 1)
    await hub.place(quantity=2)
    second = await told(watched)

    assert first == {"SHIRT": 20, "HAT": 5}
    assert second == {"SHIRT": 18}


async def test_changes_that_come_together_are_sent_as_one(hub: Served) -> None:
    watched = await watch(hub, "SHIRT")
    await told(watched)

    async def one_more() -> None:
        await hub.world.stock("SHIRT", "DC-NL", 1)

    await asyncio.gather(*(one_more() for _ in range(20)))
    seen = 0
    levels = []
    while seen < 40:
        seen = (await told(watched))["SHIRT"]
        levels.append(seen)

    assert levels[-1] == 40
    assert len(levels) < 20


async def test_who_watches_again_from_a_position_is_sent_what_changed_after_it(hub: Served) -> None:
    await hub.world.stock("HAT", "DC-NL", 5)
    position = await caught_up(hub)
    await hub.place(quantity=2)

    after = await told(await watch(hub, "SHIRT", "HAT", after_position=position))
    async with serving(hub.world) as other:
        elsewhere = await told(await watch(other, "SHIRT", "HAT", after_position=position))

    assert after == {"SHIRT": 18}
    assert elsewhere == {"SHIRT": 18, "HAT": 5}


async def test_a_count_is_sent_to_who_watches(hub: Served) -> None:
    watched = await watch(hub, "SHIRT")
    await told(watched)

    async with hub.world.database.transaction() as tx:
        flow = await hub.world.surroundings.flow_context(tx, HUB)
        await import_snapshot(flow, [Snapshot("wms", flow.at, frozenset({"DC-NL"}), (("SHIRT", "DC-NL", 7, 0),))])

    assert await told(watched) == {"SHIRT": 7}


async def test_pieces_are_put_together_as_protobuf_would() -> None:
    for value in (1, 127, 128, 300, 2**31, 2**62):
        assert pb.GetAvailabilityResponse.FromString(position_piece(value)).position == value
        assert pb.WatchAvailabilityResponse.FromString(position_piece(value)).position == value
        assert varint(value) == pb.GetAvailabilityResponse(position=value).SerializeToString()[1:]


async def caught_up(hub: Served) -> int:
    """The position of an answer that shows all that was done."""
    request = pb.GetAvailabilityRequest(skus=["SHIRT"], min_position=await hub.position())
    answer = await hub.rpc("InventoryService.GetAvailability")(request, timeout=10)
    position: int = answer.position
    return position


async def watch(hub: Served, *skus: str, **part: Any) -> Watched:
    """Watches once all that was done is in memory."""
    await caught_up(hub)
    call = hub.rpc("InventoryService.WatchAvailability", "channel")(
        pb.WatchAvailabilityRequest(skus=skus, **part), timeout=30
    )
    watched: Watched = call.__aiter__()
    return watched


async def told(watched: Watched) -> dict[str, int]:
    """The next message that tells of a SKU: units by SKU."""
    while True:
        message = await anext(watched)
        assert message.position > 0
        if message.availability:
            return {one.sku: one.available for one in message.availability}
