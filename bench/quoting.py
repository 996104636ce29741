"""Quotes asked of a hub, and of an echo of its answer; and across a border, with landed costs and without."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from itertools import count
from typing import Final

from google.type import money_pb2
from msgspec.structs import replace

from bench.ratio import Unmeasurable, Window
from bench.scene import BEGAN, CHANNEL, database_on, network_of, postgres, sku
from bench.serving import Served, echo_served, hub_served
from bench.windows import Work
from crossdock.promising.v1 import promising_pb2, promising_pb2_grpc
from crossdock.trade.v1 import trade_pb2
from hub.catalog import operations as catalog
from hub.catalog.model import Item
from hub.database.pool import Database
from hub.kernel.scope import HUB
from hub.network import operations as networks
from hub.trade import operations as trade

NODES: Final = 100
SKUS: Final = 500
SERVICES: Final = ("STANDARD", "EXPRESS", "ECONOMY", "EVENING")
ABROAD, HOME = "GB", "NL"
"""Where goods come from that cross a border, and where they go."""
SHIRTS: Final = ("6109100010", "6109100090", "6203423100", "6403999600", "6110209100")
"""Classifications of goods, one after the other."""

Windows = Callable[[Work], Window]


@asynccontextmanager
async def quoted(
    lines: int, services: Sequence[str], *, each_line_alone: bool, window: Windows
) -> AsyncIterator[tuple[Window, Window]]:
    """Start a hub with stock of all SKUs at all nodes, and an echo of its quote; give the window of each."""

    def request(number: int) -> promising_pb2.QuotePromisesRequest:
        asked = promising_pb2.QuotePromisesRequest(
            channel_id=CHANNEL, to_country_code="NL", service_codes=services, each_line_alone=each_line_alone
        )
        for line in range(lines):
            asked.lines.add(sku=sku(1 + (number * lines + line) % SKUS), quantity=1)
        return asked

    def asking(served: Served) -> Work:
        stub, numbers = promising_pb2_grpc.PromisingServiceStub(served.channel), count()

        async def ask() -> int:
            await stub.QuotePromises(request(next(numbers)), metadata=served.metadata)
            return 1

        return ask

    with postgres() as server:
        url = await database_on(server, "ours", nodes=NODES, skus=SKUS, services=SERVICES)
        async with hub_served(url) as hub:
            stub = promising_pb2_grpc.PromisingServiceStub(hub.channel)
            answer = await stub.QuotePromises(request(0), metadata=hub.metadata)
            async with echo_served("PromisingService.QuotePromises", answer) as echo:
                yield window(asking(hub)), window(asking(echo))


@asynccontextmanager
async def quoted_across(lines: int, nodes: int, *, window: Windows) -> AsyncIterator[tuple[Window, Window]]:
    """Start a hub whose nodes are all abroad; give the window of quotes with landed costs, and of the same without."""

    def request(number: int, *, landed: bool) -> promising_pb2.QuotePromisesRequest:
        asked = promising_pb2.QuotePromisesRequest(channel_id=CHANNEL, to_country_code=HOME)
        for line in range(lines):
            value = money_pb2.Money(currency_code="EUR", units=10 + line) if landed else None
            asked.lines.add(sku=sku(1 + (number * lines + line) % SKUS), quantity=1, value=value)
        if landed:
            asked.landed_cost.flow, asked.landed_cost.currency_code = trade_pb2.TRADE_FLOW_EXPRESS, "EUR"
        return asked

    with postgres() as server:
        url = await database_on(server, "ours", nodes=nodes, skus=SKUS)
        await _put_abroad(url, nodes)
        async with hub_served(url) as hub:
            stub = promising_pb2_grpc.PromisingServiceStub(hub.channel)

            def asking(*, landed: bool) -> Work:
                numbers = count()

                async def ask() -> int:
                    answer = await stub.QuotePromises(request(next(numbers), landed=landed), metadata=hub.metadata)
                    if bool(answer.quotes[0].options[0].landed_costs) is not landed:
                        raise Unmeasurable("a quote has no landed cost where it was asked for one")
                    return 1

                return ask

            yield window(asking(landed=True)), window(asking(landed=False))


async def _put_abroad(url: str, nodes: int) -> None:
    """Has all nodes be abroad, and goods say what customs must know."""
    network = network_of(nodes)
    moved = [replace(node, address=replace(node.address, country_code=ABROAD)) for node in network.nodes.values()]
    goods = [
        Item(sku(number), title="A shirt", hs_code=SHIRTS[number % len(SHIRTS)], origin_country="CN", weight_grams=300)
        for number in range(1, SKUS + 1)
    ]
    async with Database(url, max_connections=1) as database, database.transaction() as tx:
        known = await networks.current(tx)
        await networks.put(tx, HUB, replace(known, nodes={node.node_id: node for node in moved}), at=BEGAN)
        await catalog.put(tx, HUB, goods, at=BEGAN)
        await trade.load_rules(tx, HUB, trade.default_files(), at=BEGAN)
