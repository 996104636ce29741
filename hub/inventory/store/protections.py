"""Rows of what is kept for whom, with their history, and of safety stock as it is set."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import BigInteger, Column, DateTime, Identity, Table, Text, Uuid

from hub.database import sets, visibility
from hub.database.arrays import texts
from hub.database.schema import METADATA
from hub.database.tx import Row, Tx
from hub.inventory.model import UnitsByNode
from hub.inventory.model.supply import Protection, ProtectionChange, SafetyChange
from hub.inventory.store.stock import STOCK
from hub.kernel.instant import Instant
from hub.kernel.scope import Scope

PROTECTION = Table(
    "protection",
    METADATA,
    Column("node_id", Text, primary_key=True),
    Column("sku", Text, primary_key=True),
    Column("channel_id", Text, primary_key=True),
    Column("demand_class", Text, primary_key=True),
    Column("units", BigInteger, nullable=False),
)

PROTECTION_MOVE = Table(
    "protection_move",
    METADATA,
    Column("move_id", BigInteger, Identity(always=True), primary_key=True),
    Column("node_id", Text, nullable=False),
    Column("sku", Text, nullable=False),
    Column("channel_id", Text, nullable=False),
    Column("demand_class", Text, nullable=False),
    Column("units_delta", BigInteger, nullable=False),
    Column("cause_id", Uuid, nullable=False),
    Column("at", DateTime(timezone=True), nullable=False),
)

_KEY = ("node_id", "sku", "channel_id", "demand_class")
_PAGE_KEY = "(node_id, sku, channel_id, demand_class)"
_AS_OF = (
    "SELECT node_id, sku, channel_id, demand_class, sum(units_delta)::bigint AS units FROM protection_move"
    " WHERE sku IN ('', %(sku)s) AND node_id = %(node_id)s AND at <= %(at)s GROUP BY 1, 2, 3, 4"
    " HAVING sum(units_delta) > 0"
)
_UNITS = """
SELECT json_object_agg(asked.sku, there.units) FILTER (WHERE there.units IS NOT NULL) AS units,
    (SELECT json_agg(protection) FROM protection WHERE sku = ANY(%(kept)s) AND units > 0) AS kept
FROM unnest(%(skus)s) AS asked(sku) CROSS JOIN LATERAL (
    SELECT json_object_agg(node_id, {units}) AS units FROM stock WHERE stock.sku = asked.sku
) AS there
"""
"""Units by SKU and node, and what is kept for whom, as one row: a batch reads hundreds, a wide quote ten thousand."""
_FREE = _UNITS.format(units="on_hand - reserved - allocated - safety")
_CLAIMABLE = _UNITS.format(
    units="""on_hand - reserved - allocated - safety + (
        SELECT coalesce(sum(units), 0)::bigint FROM reservation_claim AS claim
        WHERE claim.sku = stock.sku AND claim.node_id = stock.node_id AND claim.expires_at <= %(at)s
    )"""
)


async def put(tx: Tx, changes: Sequence[ProtectionChange], *, at: Instant) -> list[Protection]:
    """Puts protections in force in order, the last of equals wins; what did not change leaves no row behind.

    Returns those that changed.
    """
    wanted = {_key(change.protection): change for change in changes}
    keys = sorted(wanted)
    made = [dict(zip(_KEY, key, strict=True)) | {"units": 0} for key in keys]
    await sets.insert(tx, PROTECTION, made, on_conflict=f"{_PAGE_KEY} DO NOTHING")
    before = {_key(one): one.units for one in await _locked(tx, keys)}
    changed = [wanted[key] for key in keys if wanted[key].protection.units != before[key]]
    rows = [dict(zip(_KEY, _key(one.protection), strict=True)) | {"units": one.protection.units} for one in changed]
    await sets.update(tx, PROTECTION, rows, key=_KEY)
    moves = [
        dict(zip(_KEY, _key(one.protection), strict=True))
        | {"units_delta": one.protection.units - before[_key(one.protection)], "cause_id": one.change_id, "at": at}
        for one in changed
    ]
    await sets.insert(tx, PROTECTION_MOVE, moves)
    return [one.protection for one in changed]


async def of_skus(tx: Tx, skus: Sequence[str]) -> list[Protection]:
    """What is kept of SKUs at every node, what is kept of every SKU included."""
    rows = await tx.fetch(
        "SELECT * FROM protection WHERE sku = ANY(%(skus)s) AND units > 0", {"skus": texts(["", *skus])}
    )
    return [_protection(row) for row in rows]


async def everything(tx: Tx) -> list[Protection]:
    """All that is kept."""
    return [_protection(row) for row in await tx.fetch("SELECT * FROM protection WHERE units > 0")]


async def free_stock(tx: Tx, skus: Sequence[str]) -> tuple[UnitsByNode, list[Protection]]:
    """Units not claimed nor kept back from everybody, below 0 too, and what is kept for whom: one statement.

    `skus` are different ones. Units are by SKU and node; SKUs without stock are left out.
    """
    if not skus:
        return {}, []
    return _units_and_kept(await tx.fetch(_FREE, {"skus": texts(skus), "kept": texts(["", *skus])}))


async def claimable(tx: Tx, skus: Sequence[str], *, at: Instant) -> tuple[UnitsByNode, list[Protection]]:
    """The same with the units that reservations hold beyond their time: who reserves takes them back."""
    return _units_and_kept(await tx.fetch(_CLAIMABLE, {"skus": texts(skus), "kept": texts(["", *skus]), "at": at}))


def _units_and_kept(rows: Sequence[Row]) -> tuple[UnitsByNode, list[Protection]]:
    (row,) = rows
    return row["units"] or {}, [_protection(one) for one in row["kept"] or ()]


async def as_of(tx: Tx, sku: str, node_id: str, at: Instant) -> list[Protection]:
    """What was kept of a SKU at a node at an instant."""
    return [_protection(row) for row in await tx.fetch(_AS_OF, {"sku": sku, "node_id": node_id, "at": at})]


async def page(
    tx: Tx,
    scope: Scope,
    channels: Sequence[str] | None,
    skus: Sequence[str],
    node_ids: Sequence[str],
    after: tuple[str, ...] | None,
    size: int,
) -> list[Protection]:
    """What is kept at nodes in scope and for those channels (None: all), at most `size` rows, from behind `after`.

    What is empty asks for all. What is kept for every channel is seen from each.
    """
    conditions, parameters = visibility.columns_seen(scope, nodes="node_id")
    if channels is not None:
        conditions.append("channel_id = ANY(%(channels)s)")
        parameters["channels"] = texts(["", *channels])
    conditions.append("units > 0")
    if skus:
        conditions.append("sku = ANY(%(skus)s)")
        parameters["skus"] = texts(["", *skus])
    if node_ids:
        conditions.append("node_id = ANY(%(nodes)s)")
        parameters["nodes"] = texts(node_ids)
    if after is not None:
        names = [f"after_{name}" for name in _KEY]
        conditions.append(f"{_PAGE_KEY} > ({', '.join(f'%({name})s' for name in names)})")
        parameters |= dict(zip(names, after, strict=True))
    sql = f"SELECT * FROM protection WHERE {' AND '.join(conditions)} ORDER BY {', '.join(_KEY)} LIMIT %(size)s"
    return [_protection(row) for row in await tx.fetch(sql, parameters | {"size": size})]


async def save_safety(tx: Tx, changes: Sequence[SafetyChange]) -> None:
    """Writes safety stock of rows that exist and are locked."""
    rows = [{"sku": change.sku, "node_id": change.node_id, "safety": change.units} for change in changes]
    await sets.update(tx, STOCK, rows, key=("sku", "node_id"))


async def _locked(tx: Tx, keys: Sequence[tuple[str, ...]]) -> list[Protection]:
    columns = {name: texts([key[place] for key in keys]) for place, name in enumerate(_KEY)}
    given = ", ".join(f"%({name})s" for name in _KEY)
    rows = await tx.fetch(
        f"SELECT protection.* FROM protection JOIN unnest({given}) AS given({', '.join(_KEY)})"
        f" USING ({', '.join(_KEY)}) ORDER BY {', '.join(_KEY)} FOR UPDATE OF protection",
        columns,
    )
    return [_protection(row) for row in rows]


def _key(protection: Protection) -> tuple[str, str, str, str]:
    return protection.node_id, protection.sku, protection.channel_id, protection.demand_class


def _protection(row: Row) -> Protection:
    return Protection(row["node_id"], row["sku"], row["channel_id"], row["demand_class"], row["units"])
