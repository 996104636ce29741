"""Values of stock as a process has them: read in pieces when a version is whole, and looked up without the database."""

from __future__ import annotations

from typing import Final

from hub.database.pool import Database
from hub.kernel.instant import Instant
from hub.network.model import Channel
from hub.sourcing.model import ValueRun
from hub.sourcing.policy.stock_values import ChannelValues, StockValue
from hub.sourcing.store import values as store

PAGE: Final = 2_000
"""Rows that are read at a time."""
MOST_REMEMBERED: Final = 500_000
"""Rows of a channel that a process keeps at most; units beyond them are worth nothing to it."""


class ValueMemory:
    """The versions that count, by channel. Plans look them up; `refresh` is called beside them, never by them."""

    def __init__(self) -> None:
        self._channels: dict[str, ChannelValues] = {}

    def worth(self, channel: Channel, sku: str, node_id: str, free: int | None, at: Instant) -> int:
        """Return what counts of the worth of the last of so many units at a node, in thousandths of a minor unit."""
        permille = channel.sourcing_policy.opportunity_permille
        known = self._channels.get(channel.channel_id) if permille else None
        return known.worth(sku, node_id, free, permille, at) if known else 0

    async def refresh(self, database: Database) -> None:
        """Reads versions that are whole and not known yet; what is known counts until a version was read to its end."""
        async with database.reading() as tx:
            runs = await store.runs(tx)
        for run in runs:
            known = self._channels.get(run.channel_id)
            if run.computed_at is None or (
                known and (known.version, known.computed_at) == (run.version, run.computed_at)
            ):
                continue
            self._channels[run.channel_id] = await _read(database, run, run.computed_at)
        self._channels = {run.channel_id: self._channels[run.channel_id] for run in runs if run.computed_at}


async def _read(database: Database, run: ValueRun, computed_at: Instant) -> ChannelValues:
    values: dict[tuple[str, str], StockValue] = {}
    after = ("", "")
    while len(values) < MOST_REMEMBERED:
        async with database.reading() as tx:
            rows = await store.page(tx, run.channel_id, run.version, after, PAGE)
        values |= {(one.sku, one.node_id): one for one in rows}
        if len(rows) < PAGE:
            break
        after = (rows[-1].sku, rows[-1].node_id)
    return ChannelValues(run.version, computed_at, values)
