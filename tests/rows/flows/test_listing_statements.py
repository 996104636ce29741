"""A page of orders costs as many statements as an order alone: nothing is looked up order by order."""

from __future__ import annotations

from pathlib import Path

from crossdock.common.v1 import refusal_pb2
from crossdock.orders.v1 import order_service_pb2 as pb
from tests.support.drafts import draft, line
from tests.support.watching import Watch, watched
from tests.support.world import opened
from tests.unit.api.serving import serving


async def test_a_page_of_many_orders_takes_as_many_statements_as_one_of_one(database_url: str, tmp_path: Path) -> None:
    watch = Watch()
    async with opened(database_url, tmp_path, database_class=watched(watch)) as world, serving(world) as hub:
        await world.stock("SHIRT", "DC-NL", 100)
        for number in range(20):
            await world.place(draft(f"W-{number}", [line("SHIRT", 1)]))
        await world.settle()
        counts = {}
        for size in (1, 20):
            request = pb.ListOrdersRequest(channel_id="WEB-NL", page=refusal_pb2.PageRequest(page_size=size))
            with watch.counting() as statements:
                answer = await hub.rpc("OrderService.ListOrders")(request)
            counts[size] = len(statements)
            assert len(answer.orders) == size

    assert counts[1] == counts[20] > 0
