"""One order, placed in every way there is from the same stock, is promised the same day from the same nodes.

Each way has SKUs of its own, with the same units at the same nodes, so that no order takes what another one has.
`make test` takes some orders; CROSSDOCK_TEST_FULL=1 takes 50 in each way.
"""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from pathlib import Path
from random import Random
from typing import Final
from uuid import UUID, uuid4

from msgspec import Struct

from crossdock.orders.v1 import adoption_service_pb2, order_service_pb2, orders_pb2
from crossdock.promising.v1 import promising_pb2
from hub.cases.store import read
from hub.flows.orders.release_orders import plan as plan_releases
from hub.flows.orders.release_orders import release_orders
from hub.flows.stock.adjust_stock import adjust_stock
from hub.inventory.model import StockChange
from hub.kernel.errors import Refusal
from hub.kernel.instant import Instant
from hub.kernel.scope import HUB
from tests.support.world import TUESDAY
from tests.unit.api.serving import Served, euros, placing

EXAMPLES: Final = Path(__file__).parents[4] / "examples"
WEB_NL: Final = json.loads((EXAMPLES / "profiles/shopify-web-nl.json").read_text())
DOCUMENT: Final = json.loads((EXAMPLES / "documents/web-nl-1001-plain.json").read_text())
NODES: Final = ("DC-NL", "DC-UK", "ST-AMS", "ST-BER")
WAYS: Final = ("alone", "chunk", "quoted", "document", "adopted")
SEEDS: Final = range(50 if "CROSSDOCK_TEST_FULL" in os.environ else 12)

Outcome = tuple[Counter[str | None], dict[int, Instant]]
"""Units by node, and the day promised by line."""


class Twin(Struct, frozen=True):
    """An order of a seed as one way places it."""

    seed: int
    way: str
    quantity: int
    stock: dict[str, int]

    @property
    def sku(self) -> str:
        return f"SKU-{self.seed}-{self.way}"

    @property
    def reference(self) -> str:
        return f"T-{self.seed}-{self.way}"


def twins(seed: int) -> list[Twin]:
    """The order of a seed in every way: units at some nodes, of which some are ordered."""
    random = Random(seed)
    stock = {node_id: random.randint(0, 4) for node_id in NODES}
    stock[random.choice(NODES)] += 1
    quantity = random.randint(1, sum(stock.values()))
    return [Twin(seed, way, quantity, stock) for way in WAYS]


async def test_orders_are_promised_the_same_in_every_way_in_which_they_come(hub: Served) -> None:
    orders = [twin for seed in SEEDS for twin in twins(seed)]
    await stocked(hub, orders)
    by_way = {way: [twin for twin in orders if twin.way == way] for way in WAYS}

    await received(hub, by_way["document"])
    await placed_alone(hub, by_way["alone"])
    await placed_in_chunks(hub, by_way["chunk"])
    await placed_by_quote(hub, by_way["quoted"])
    await adopted(hub, by_way["adopted"])

    found = await outcomes(hub)
    for seed in SEEDS:
        alone, *others = [found[twin.reference] for twin in twins(seed)]
        assert others == [alone] * len(others), f"seed {seed}"
    assert len({str(nodes) for nodes, _ in found.values()}) > 5, "orders of many kinds"


async def stocked(hub: Served, orders: Sequence[Twin]) -> None:
    await hub.world.network(profiles={"shopify": WEB_NL})
    await hub.world.items(*(twin.sku for twin in orders))
    changes = [
        StockChange(twin.sku, node_id, "receipt", hub.world.identity(), on_hand=units)
        for twin in orders
        for node_id, units in twin.stock.items()
        if units
    ]
    await hub.world.run(adjust_stock, changes)


def request_of(twin: Twin) -> order_service_pb2.PlaceOrderRequest:
    return placing(twin.reference, sku=twin.sku, quantity=twin.quantity)


async def placed_alone(hub: Served, orders: Sequence[Twin]) -> None:
    for twin in orders:
        await hub.rpc("OrderService.PlaceOrder", "channel")(request_of(twin))


async def placed_in_chunks(hub: Served, orders: Sequence[Twin]) -> None:
    async def chunks() -> AsyncIterator[order_service_pb2.PlaceOrdersRequest]:
        for start in range(0, len(orders), 20):
            yield order_service_pb2.PlaceOrdersRequest(orders=map(request_of, orders[start : start + 20]))

    call = hub.rpc("OrderService.PlaceOrders", "channel")(chunks())
    results = [result async for answer in call for result in answer.results]
    assert all(result.HasField("order") for result in results)


async def placed_by_quote(hub: Served, orders: Sequence[Twin]) -> None:
    for twin in orders:
        question = promising_pb2.QuotePromisesRequest(channel_id="WEB-NL", to_country_code="NL")
        question.lines.add(sku=twin.sku, quantity=twin.quantity)
        freeze = promising_pb2.FreezePromiseRequest(request_id=str(uuid4()), question=question)
        quote = (await hub.rpc("PromisingService.FreezePromise", "channel")(freeze)).quote
        request = request_of(twin)
        request.order.promise.quote_id, request.order.promise.option_number = quote.quote_id, 1
        await hub.rpc("OrderService.PlaceOrder", "channel")(request)


async def received(hub: Served, orders: Sequence[Twin]) -> None:
    for twin in orders:
        document = json.loads(json.dumps(DOCUMENT))
        document["order"] |= {"id": 7_000_000 + twin.seed, "name": twin.reference, "order_number": twin.seed}
        document["order"]["line_items"][0] |= {"sku": twin.sku, "quantity": twin.quantity}
        await hub.world.receive("shopify", json.dumps(document).encode())
    await hub.world.settle()


async def adopted(hub: Served, orders: Sequence[Twin]) -> None:
    async def chunk() -> AsyncIterator[adoption_service_pb2.AdoptOrdersRequest]:
        message = adoption_service_pb2.AdoptOrdersRequest()
        for twin in orders:
            adoption = message.orders.add(request_id=str(uuid4()))
            adoption.order.order.CopyFrom(request_of(twin).order)
            authorized = euros(50 * twin.quantity + 5)
            adoption.order.money.add(instrument_number=1, authorized=authorized, captured=euros(0))
            adoption.order.resume_time.FromDatetime(TUESDAY)
            adoption.order.units.add(line_number=1, state=orders_pb2.SLICE_STATE_BACKORDERED, quantity=twin.quantity)
        yield message

    answers = [answer async for answer in hub.rpc("AdoptionService.AdoptOrders")(chunk())]
    ids = [UUID(result.order.order_id) for answer in answers for result in answer.results]
    plans = await hub.world.run(plan_releases, ids)
    await hub.world.run(release_orders, [one for one in plans if not isinstance(one, Refusal)])


async def outcomes(hub: Served) -> dict[str, Outcome]:
    """What became of the orders, by reference."""
    rows = await hub.world.rows("SELECT order_id FROM orders")
    async with hub.world.database.reading() as tx:
        cases = await read(tx, HUB, [row["order_id"] for row in rows])
    found: dict[str, Outcome] = {}
    for case in cases.values():
        nodes = Counter[str | None]()
        for slice_ in case.slices:
            nodes[slice_.node_id] += slice_.quantity
        reference = f"T-{'-'.join(case.slices[0].sku.split('-')[1:])}"
        found[reference] = nodes, dict(case.order.promises)
    return found
