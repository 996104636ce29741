"""What can be sold of 10 SKUs at 50 nodes, asked by 16 callers, against an echo of the same answer, made beforehand."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from random import Random
from typing import Final

from bench.ratio import Row, Sides
from bench.scene import database_on, postgres, sku
from bench.serving import Served, echo_served, hub_served
from bench.windows import Work, called
from crossdock.inventory.v1 import inventory_pb2, inventory_pb2_grpc

CALLERS: Final = 16
NODES: Final = 50
SKUS: Final = 500
ASKED: Final = 10


@asynccontextmanager
async def prepare() -> AsyncIterator[Sides]:
    """Starts the hub, asks it once, and starts an echo of its answer."""
    with postgres() as server:
        url = await database_on(server, "ours", nodes=NODES, skus=SKUS)
        async with hub_served(url) as hub:
            stub = inventory_pb2_grpc.InventoryServiceStub(hub.channel)
            answer = await stub.GetAvailability(_request(Random(1)), metadata=hub.metadata)  # noqa: S311 (no secret)
            async with echo_served("InventoryService.GetAvailability", answer) as echo:
                yield Sides(called(CALLERS, _asking(hub)), called(CALLERS, _asking(echo)))


def _asking(served: Served) -> Work:
    stub = inventory_pb2_grpc.InventoryServiceStub(served.channel)
    chance = Random(2)  # noqa: S311 (a draw of shirts keeps no secret)

    async def ask() -> int:
        await stub.GetAvailability(_request(chance), metadata=served.metadata)
        return 1

    return ask


def _request(chance: Random) -> inventory_pb2.GetAvailabilityRequest:
    return inventory_pb2.GetAvailabilityRequest(skus=[sku(one) for one in chance.sample(range(1, SKUS + 1), ASKED)])


ROW: Final = Row(
    name="availability",
    says="answers/s to 16 callers asking for 10 SKUs at 50 nodes, against an echo of the same answer",
    bar=0.75,
    aim=0.9,
    prepare=prepare,
)
