"""`python -m bench.retailer [--quick] [--seed N]`: what a mid-size retailer's numbers cost, step by step, as a table.

The scene has 338 nodes, 30,420 lanes, 25 channels, 100,000 SKUs and 3,000,000 rows of stock; `--quick` a hundredth of
the SKUs and rows. Each step tells its seconds, how long it held the process at most, and how many rows of stock it
read. Absolute numbers are of this machine on this day.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from msgspec import Struct
from rich.console import Console
from rich.table import Table

from bench.chain import FULL, QUICK, Size, fill, network_of, scenario, sku
from bench.counting import rows_read
from bench.scene import Hub, empty_database, hub_on, postgres
from hub.app.runtime.availability_follower import Follower
from hub.app.runtime.clock import SystemMachine
from hub.app.runtime.networks import NetworkInForce
from hub.availability import operations as availability
from hub.availability.model import Asking, Method
from hub.cases.context import FlowContext
from hub.flows.stock.judge_availability import Switch, plan_switches, switch_scenarios
from hub.flows.stock.preview_availability import preview
from hub.flows.stock.publish_stock import publish_stock
from hub.inventory import operations as inventory
from hub.inventory.model import StockChange
from hub.kernel.errors import Refusal
from hub.kernel.scope import HUB
from hub.wire.setup.network import network_page_to_pb
from hub.wire.stock.availability import piece

_TICK_SECONDS: Final = 0.001
_DUE: Final = "DELETE FROM timer WHERE kind = 'publish_stock' RETURNING subject"


class Cost(Struct, frozen=True):
    """What a step cost: seconds, the longest time that nothing else could run, rows of stock read, and a count."""

    step: str
    seconds: float
    longest_hold_seconds: float
    stock_rows: int
    count: int
    of: str
    resident_megabytes: int


Work = Callable[[FlowContext], Awaitable[int]]


class Steps:
    """Runs steps one after the other, and keeps what each cost."""

    def __init__(self, hub: Hub) -> None:
        self.costs: list[Cost] = []
        self._hub = hub
        self.database = hub.database

    async def take(self, step: str, of: str, work: Work) -> int:
        """Runs a step in a transaction of its own; returns its count."""
        with _holds() as longest:
            began = time.perf_counter()
            async with self._hub.database.transaction() as tx:
                flow = await self._hub.surroundings.flow_context(tx, HUB)
                before = await rows_read(tx, "stock")
                count = await work(flow)
                read = await rows_read(tx, "stock") - before
            seconds = time.perf_counter() - began
            await asyncio.sleep(0)
        self.costs.append(Cost(step, seconds, longest[0], read, count, of, _resident()))
        return count


@contextmanager
def _holds() -> Iterator[list[float]]:
    """The longest time in seconds between two turns of the loop while the block runs."""
    longest = [0.0]

    async def watch() -> None:
        while True:
            before = time.perf_counter()
            await asyncio.sleep(_TICK_SECONDS)
            longest[0] = max(longest[0], time.perf_counter() - before - _TICK_SECONDS)

    task = asyncio.create_task(watch())
    try:
        yield longest
    finally:
        task.cancel()


async def measured(url: str, size: Size, seed: int) -> list[Cost]:
    """Makes the scene in an empty database and takes every step; returns what each cost."""
    async with hub_on(url) as hub:
        steps = Steps(hub)

        async def load(_: FlowContext) -> int:
            await fill(hub.database, size, seed)
            return size.skus

        await steps.take("load", "SKUs", load)
        await _read(steps, hub, url, size)
        await _rules(steps, size)
        await _publication(steps, size)
        return steps.costs


async def _read(steps: Steps, hub: Hub, url: str, size: Size) -> None:
    follower = Follower(url, NetworkInForce(hub.database), piece, SystemMachine())

    async def restart(_: FlowContext) -> int:
        await follower.ready(asyncio.get_running_loop().time() + 600)
        return len(follower.board)

    async def page_of_network(flow: FlowContext) -> int:
        return len(network_page_to_pb(flow.network, (), 0, 2_000)[0].lanes)

    async def page_of_node(flow: FlowContext) -> int:
        return len(await inventory.page(flow.tx, HUB, [], ["N-007"], None, 100))

    async def views(_: FlowContext) -> int:
        asked = [Asking(HUB, method=Method.SHIP, node_ids=(name,)) for name in follower.board.network.nodes]
        return sum(bool(follower.board.view(one).pieces([sku(1)])) for one in asked)

    async with follower.following():
        await steps.take("restart", "cells in memory", restart)
        await steps.take("GetNetwork, a page", "lanes", page_of_network)
        await steps.take("ListStock of a node, a page", "rows", page_of_node)
        await steps.take("views never asked for, a node each", "views", views)


async def _rules(steps: Steps, size: Size) -> None:
    async def previewed(flow: FlowContext) -> int:
        await availability.put(flow.tx, HUB, scenario(), at=flow.at)
        looked, _ = await preview(flow, "nine", 0, off=False, examples=10)
        return looked.changed

    async def activated(flow: FlowContext) -> int:
        planned = [one for one in await plan_switches(flow, [Switch("nine")]) if not isinstance(one, Refusal)]
        await switch_scenarios(flow, planned)
        (row,) = await flow.tx.fetch("SELECT count(*) AS patterns FROM availability_pattern")
        return int(row["patterns"])

    await steps.take("preview of nine rules", "cells that would change", previewed)
    await steps.take("activation of nine rules", "stored values", activated)


async def _publication(steps: Steps, size: Size) -> None:
    channels = sorted(network_of(size).channels)
    changed = max(1, size.skus // 100)

    async def change(flow: FlowContext) -> int:
        changes = [
            [StockChange(sku(number), "N-001", "bench", flow.new_id(), on_hand=1)] for number in range(1, changed + 1)
        ]
        await inventory.change(flow.tx, changes, at=flow.at)
        return len(changes)

    await _published(steps, "first publication", channels)
    await steps.take("changes of stock", "SKUs", change)
    await _published(steps, "publication of the changes", channels)


async def _published(steps: Steps, name: str, channels: list[str]) -> None:
    """Tells channels, transaction after transaction as the worker does; the costs are summed up."""
    first = len(steps.costs)
    due = channels

    async def told(flow: FlowContext) -> int:
        await publish_stock(flow, due)
        return 1

    while due:
        await steps.take(name, "transactions", told)
        async with steps.database.transaction() as tx:
            due = sorted(row["subject"] for row in await tx.fetch(_DUE))
    parts = steps.costs[first:]
    steps.costs[first:] = [
        Cost(
            name,
            sum(part.seconds for part in parts),
            max(part.longest_hold_seconds for part in parts),
            sum(part.stock_rows for part in parts),
            len(parts),
            "transactions",
            parts[-1].resident_megabytes,
        )
    ]


def _resident() -> int:
    """Megabytes of memory that this process holds."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * 4096 // 1_000_000


def main() -> int:
    """Run from the command line; return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m bench.retailer", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a hundredth of the SKUs and of the stock")
    parser.add_argument("--seed", type=int, default=7)
    options = parser.parse_args()
    with postgres() as server:
        size = QUICK if options.quick else FULL
        costs = asyncio.run(_run(server, size, options.seed))
    Console(file=sys.stdout, width=120).print(table(costs))
    return 0


async def _run(server: str, size: Size, seed: int) -> list[Cost]:
    return await measured(await empty_database(server, "retailer"), size, seed)


def table(costs: list[Cost]) -> Table:
    """The costs for people."""
    drawn = Table("step", "seconds", "held at most, ms", "stock rows read", "count", "of", "MB")
    for cost in costs:
        drawn.add_row(
            cost.step,
            f"{cost.seconds:.3f}",
            f"{cost.longest_hold_seconds * 1000:.0f}",
            f"{cost.stock_rows:,}",
            f"{cost.count:,}",
            cost.of,
            f"{cost.resident_megabytes:,}",
        )
    return drawn


if __name__ == "__main__":
    sys.exit(main())
