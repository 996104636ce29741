"""The rows of values of stock: a version of a channel is written in pieces, and read in pieces once it is whole."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from msgspec.structs import asdict
from psycopg.types.json import Jsonb
from sqlalchemy import BigInteger, Column, DateTime, Table, Text
from sqlalchemy.dialects.postgresql import ARRAY

from hub.database.arrays import texts
from hub.database.schema import METADATA
from hub.database.tx import Row, Tx
from hub.sourcing.model import ValueRun
from hub.sourcing.policy.stock_values import StockValue

STOCK_VALUE = Table(
    "stock_value",
    METADATA,
    Column("channel_id", Text, primary_key=True),
    Column("version", BigInteger, primary_key=True),
    Column("sku", Text, primary_key=True),
    Column("node_id", Text, primary_key=True),
    Column("units", BigInteger, nullable=False),
    Column("steps", ARRAY(BigInteger), nullable=False),
)
STOCK_VALUE_RUN = Table(
    "stock_value_run",
    METADATA,
    Column("channel_id", Text, primary_key=True),
    Column("version", BigInteger, nullable=False),
    Column("computed_at", DateTime(timezone=True)),
    Column("after_sku", Text),
)
MOST_FORGOTTEN: Final = 10_000
"""Rows of versions that count no more which are deleted at a time."""


_RUNS: Final = "SELECT channel_id, version, computed_at, after_sku FROM stock_value_run"
_SAVE_RUN: Final = """
INSERT INTO stock_value_run (channel_id, version, computed_at, after_sku)
VALUES (%(channel_id)s, %(version)s, %(computed_at)s, %(after_sku)s)
ON CONFLICT (channel_id) DO UPDATE
SET version = excluded.version, computed_at = excluded.computed_at, after_sku = excluded.after_sku
"""
_INSERT: Final = """
INSERT INTO stock_value (channel_id, version, sku, node_id, units, steps)
SELECT %(channel_id)s, %(version)s, sku, node_id, units, steps
FROM jsonb_to_recordset(%(rows)s) AS value (sku text, node_id text, units bigint, steps bigint[])
ON CONFLICT (channel_id, version, sku, node_id) DO UPDATE SET units = excluded.units, steps = excluded.steps
"""
_PAGE: Final = """
SELECT sku, node_id, units, steps FROM stock_value
WHERE channel_id = %(channel_id)s AND version = %(version)s AND (sku, node_id) > (%(sku)s, %(node_id)s)
ORDER BY sku, node_id LIMIT %(size)s
"""
_FORGET: Final = """
DELETE FROM stock_value WHERE ctid = ANY(ARRAY(
    SELECT ctid FROM stock_value WHERE channel_id = %(channel_id)s AND version < %(version)s LIMIT %(size)s
))
"""


async def runs(tx: Tx) -> list[ValueRun]:
    """How far the values of each channel are; channels that never had any are left out."""
    return [_run(row) for row in await tx.fetch(_RUNS)]


async def runs_of(tx: Tx, channel_ids: Sequence[str]) -> dict[str, ValueRun]:
    """How far the values of channels are, by channel."""
    found = await tx.fetch(f"{_RUNS} WHERE channel_id = ANY(%(channels)s)", {"channels": texts(channel_ids)})
    known = {row["channel_id"]: _run(row) for row in found}
    return {channel_id: known.get(channel_id, ValueRun(channel_id)) for channel_id in channel_ids}


async def save_run(tx: Tx, run: ValueRun) -> None:
    """Writes how far the values of a channel are."""
    row = {"channel_id": run.channel_id, "version": run.version}
    await tx.execute(_SAVE_RUN, row | {"computed_at": run.computed_at, "after_sku": run.after_sku})


async def insert(tx: Tx, channel_id: str, version: int, values: Sequence[StockValue]) -> None:
    """Writes values of a version; the same again changes nothing."""
    if values:
        rows = Jsonb([asdict(one) for one in values])
        await tx.execute(_INSERT, {"channel_id": channel_id, "version": version, "rows": rows})


async def page(tx: Tx, channel_id: str, version: int, after: tuple[str, str], size: int) -> list[StockValue]:
    """Values of a version by SKU and node, at most `size`, from behind a SKU and node."""
    key = {"channel_id": channel_id, "version": version, "sku": after[0], "node_id": after[1], "size": size}
    rows = await tx.fetch(_PAGE, key)
    return [StockValue(row["sku"], row["node_id"], row["units"], tuple(row["steps"])) for row in rows]


async def forget(tx: Tx, channel_id: str, before: int) -> None:
    """Deletes some rows of versions before one."""
    await tx.execute(_FORGET, {"channel_id": channel_id, "version": before, "size": MOST_FORGOTTEN})


def _run(row: Row) -> ValueRun:
    return ValueRun(row["channel_id"], row["version"], row["computed_at"], row["after_sku"])
