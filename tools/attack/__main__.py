"""`python -m tools.attack [FLOOD...]`: flood a hub and a bare server of gRPC in turn; print what callers notice.

It starts both servers on this machine, and floods nothing else. A flood runs for ten seconds beside one caller who
places 25 orders a second. Exit code 1 where a bar is missed: the p99 of orders grows at most three times as much as the
bare server's, the hub holds at most 512 MiB more, and all is normal within 10 seconds of the flood's end.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from typing import Final

import uvloop
from rich.console import Console
from rich.table import Table

from bench.machine import described, load
from bench.rows.capture_grpc import Requests
from bench.scene import database_on, postgres
from bench.serving import child_served, hub_served
from hub.app.runtime.clock import SystemMachine
from hub.database.pool import Database
from hub.outbox import operations as outbox
from tools.attack.floods import FLOODS, Target
from tools.attack.measuring import Figures, measured

TOKENS: Final = ("attack-1", "attack-2", "attack-3", "attack-4")
MOST_TIMES: Final = 3.0
MOST_MEBIBYTES: Final = 512.0
MOST_SECONDS: Final = 10.0
POSITIONS_SECONDS: Final = 0.05


def main() -> int:
    """Run from the command line; return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tools.attack", description="Floods a hub of its own.")
    parser.add_argument("floods", nargs="*", choices=[*FLOODS, []], help="which floods; all where none is named")
    floods = parser.parse_args().floods or list(FLOODS)
    said = Console(stderr=True, highlight=False)
    before = load()
    hub, sink = uvloop.run(_flooded(floods, said))
    out = Console(width=180, highlight=False)
    out.print(_table(hub, sink))
    out.print(f"{described()}, load average {before:.1f} before and {load():.1f} after")
    return 0 if all(_kept(hub[name], sink[name]) for name in floods) else 1


async def _flooded(floods: Sequence[str], said: Console) -> tuple[dict[str, Figures], dict[str, Figures]]:
    """Return what each flood did to the hub, and to the bare server."""
    requests = Requests()
    hub: dict[str, Figures] = {}
    sink: dict[str, Figures] = {}

    def request() -> bytes:
        return requests.next().SerializeToString()

    with postgres() as server:
        url = await database_on(server, "attacked")
        async with (
            hub_served(url, tokens=TOKENS) as served,
            _numbering(url),
            child_served(("-m", "tools.attack.sink"), {}, b"") as bare,
        ):
            for name in floods:
                for target, into in ((served, hub), (bare, sink)):
                    said.print(f"{name}: {'the hub' if target is served else 'the bare server'} ...")
                    into[name] = await measured(name, Target(target.address, TOKENS), target.pid, request)
    return hub, sink


@asynccontextmanager
async def _numbering(url: str) -> AsyncIterator[None]:
    """Give events their places in the feed, as a worker does, while the block runs."""
    machine = SystemMachine()

    async def number(database: Database) -> None:
        while True:
            async with database.transaction() as tx:
                now = machine.now()
                if (fence := await outbox.take_lease(tx, outbox.SEQUENCER, "attack", now=now, until=now)) is not None:
                    await outbox.give_positions(tx, fence=fence, limit=1000)
            await asyncio.sleep(POSITIONS_SECONDS)

    async with Database(url, max_connections=1) as database:
        task = asyncio.create_task(number(database))
        try:
            yield
        finally:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task


def _kept(hub: Figures, sink: Figures) -> bool:
    """Whether the hub kept to the bars beside the same flood against the bare server."""
    return (
        hub.times <= MOST_TIMES * max(1.0, sink.times)
        and hub.memory - hub.memory_before <= MOST_MEBIBYTES
        and hub.until_normal is not None
        and hub.until_normal <= MOST_SECONDS
    )


def _table(hub: dict[str, Figures], sink: dict[str, Figures]) -> Table:
    table = Table("flood", "alone", "under flood", "times", "bare alone", "bare under flood", "times", "ratio")
    for title in ("MiB", "normal after", ""):
        table.add_column(title)
    for name, figures in hub.items():
        bare = sink[name]
        table.add_row(
            name,
            _milliseconds(figures.alone),
            _milliseconds(figures.flooded),
            f"{figures.times:.1f}",
            _milliseconds(bare.alone),
            _milliseconds(bare.flooded),
            f"{bare.times:.1f}",
            f"{figures.times / max(1.0, bare.times):.2f}",
            f"{figures.memory_before:.0f} -> {figures.memory:.0f}",
            "never" if figures.until_normal is None else f"{figures.until_normal:.0f} s",
            "kept" if _kept(figures, bare) else "MISSED",
        )
    return table


def _milliseconds(quantiles: tuple[float, float]) -> str:
    return f"{1000 * quantiles[0]:.1f} / {1000 * quantiles[1]:.1f} ms"


if __name__ == "__main__":
    sys.exit(main())
