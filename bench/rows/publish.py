"""What it costs to tell 25 channels what 10,000 changes touched beside 3,000,000 rows of stock, against beside 30,000.

Both sides change the same rows: 10 nodes of each of 1,000 SKUs. What is timed is the publication that follows, with the
flow and in the transactions that the worker runs; rules are the same nine.
"""

from __future__ import annotations

import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Final

from bench.chain import FULL, QUICK, Size, fill, network_of, sku
from bench.ratio import Row, Sides
from bench.scene import Hub, empty_database, hub_on, postgres
from hub.flows.stock.publish_stock import publish_stock
from hub.inventory import operations as inventory
from hub.inventory.model import StockChange
from hub.kernel.scope import HUB

CHANGED_SKUS: Final = 1_000
CHANGED_ROWS: Final = 10
"""Of each of these SKUs."""
SEED: Final = 7
_DUE: Final = "DELETE FROM timer WHERE kind = 'publish_stock' RETURNING subject"
_FORGET: Final = "DELETE FROM message WHERE kind = 'channel.stock'"
_ROWS: Final = """
SELECT sku, node_id FROM (
    SELECT sku, node_id, row_number() OVER (PARTITION BY sku ORDER BY node_id) AS place
    FROM stock WHERE sku = ANY(%(skus)s)
) AS ranked WHERE place <= %(rows)s ORDER BY sku, node_id
"""


@asynccontextmanager
async def prepare(large: Size = FULL, small: Size = QUICK) -> AsyncIterator[Sides]:
    """Make both scenes and tell all channels everything once."""
    async with AsyncExitStack() as stack:
        server = stack.enter_context(postgres())
        sides = []
        for name, size in (("large", large), ("small", small)):
            hub = await stack.enter_async_context(hub_on(await empty_database(server, name)))
            await fill(hub.database, size, SEED)
            publishing = Publishing(hub, size)
            await publishing.tell_all()
            sides.append(publishing)
        ours, theirs = sides
        yield Sides(ours.window, theirs.window)


class Publishing:
    """Changes stock and tells channels of it."""

    def __init__(self, hub: Hub, size: Size) -> None:
        self._hub, self._channels = hub, sorted(network_of(size).channels)
        self._skus = [sku(number) for number in range(1, min(CHANGED_SKUS, size.skus) + 1)]
        self._up = True

    async def window(self, seconds: float) -> float:
        """Seconds that a publication took, on average."""
        spent, times = 0.0, 0
        while not times or spent < seconds:
            await self._change()
            began = time.perf_counter()
            await self.tell_all()
            spent += time.perf_counter() - began
            times += 1
        return spent / times

    async def tell_all(self) -> None:
        """Tell all channels, transaction after transaction as the worker does; what they were sent is removed."""
        due = self._channels
        while due:
            async with self._hub.database.transaction() as tx:
                await publish_stock(await self._hub.surroundings.flow_context(tx, HUB), due)
            async with self._hub.database.transaction() as tx:
                due = sorted(row["subject"] for row in await tx.fetch(_DUE))
                await tx.execute(_FORGET)

    async def _change(self) -> None:
        delta, self._up = (1 if self._up else -1), not self._up
        async with self._hub.database.transaction() as tx:
            flow = await self._hub.surroundings.flow_context(tx, HUB)
            rows = await tx.fetch(_ROWS, {"skus": self._skus, "rows": CHANGED_ROWS})
            changes = [[StockChange(row["sku"], row["node_id"], "bench", flow.new_id(), on_hand=delta)] for row in rows]
            await inventory.change(flow.tx, changes, at=flow.at)


ROW: Final = Row(
    name="publish",
    says="time to publish what 10,000 changes touched beside 3,000,000 rows and 25 channels, against beside 30,000",
    bar=2,
    aim=1.2,
    at_most=True,
    prepare=prepare,
    seconds=(300.0, 12.0),
)
