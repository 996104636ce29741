"""Rows of totes, of what was scanned into and counted out of them, and of the codes of returns.

A tote lies in a scope when its drop-off point or its destination does. It holds units of many channels and sellers, so
that who is limited to some of these sees none.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final
from uuid import UUID

from msgspec.structs import asdict
from sqlalchemy import BigInteger, Column, DateTime, Integer, Table, Text, Uuid

from hub.database import sets
from hub.database.arrays import texts, uuids
from hub.database.schema import METADATA
from hub.database.tx import Row, Tx
from hub.kernel.instant import Instant
from hub.kernel.scope import Scope
from hub.totes.lifecycle import ToteState
from hub.totes.model import Count, CountKind, LineKey, ReturnCode, Scan, Tote, ToteFilter

TOTE = Table(
    "tote",
    METADATA,
    Column("tote_id", Uuid, primary_key=True),
    Column("drop_off_node_id", Text, nullable=False),
    Column("to_node_id", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("opened_at", DateTime(timezone=True), nullable=False),
    Column("tracking_number", Text, nullable=False),
    Column("closed_at", DateTime(timezone=True)),
    Column("shipped_at", DateTime(timezone=True)),
    Column("received_at", DateTime(timezone=True)),
)
TOTE_SCAN = Table(
    "tote_scan",
    METADATA,
    Column("tote_id", Uuid, primary_key=True),
    Column("reference", Text, primary_key=True),
    Column("entry_number", Integer, primary_key=True),
    Column("return_id", Uuid, nullable=False),
    Column("order_id", Uuid, nullable=False),
    Column("line_number", Integer, nullable=False),
    Column("sku", Text, nullable=False),
    Column("quantity", BigInteger, nullable=False),
    Column("at", DateTime(timezone=True), nullable=False),
)
TOTE_COUNT = Table(
    "tote_count",
    METADATA,
    Column("tote_id", Uuid, primary_key=True),
    Column("reference", Text, primary_key=True),
    Column("entry_number", Integer, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("quantity", BigInteger, nullable=False),
    Column("at", DateTime(timezone=True), nullable=False),
    Column("return_id", Uuid),
    Column("line_number", Integer, nullable=False),
    Column("sku", Text, nullable=False),
)
RETURN_CODE = Table(
    "return_code",
    METADATA,
    Column("code_hash", Text, primary_key=True),
    Column("return_id", Uuid, nullable=False),
    Column("order_id", Uuid, nullable=False),
    Column("issued_at", DateTime(timezone=True), nullable=False),
)

_HEADER: Final = tuple(column.name for column in TOTE.columns)
_CHANGES: Final = "(tote_id) DO UPDATE SET " + ", ".join(
    f"{name} = excluded.{name}" for name in ("state", "tracking_number", "closed_at", "shipped_at", "received_at")
)

_UNDER_WAY: Final = """
SELECT return_id, line_number, sum(quantity)::bigint AS units FROM tote_scan JOIN tote USING (tote_id)
WHERE return_id = ANY(%(ids)s) AND tote.state <> 'RECEIVED' GROUP BY return_id, line_number
"""


async def load(tx: Tx, scope: Scope, tote_ids: Sequence[UUID], *, lock: bool) -> dict[UUID, Tote]:
    """Totes in scope with their records, by id; with `lock` nobody else changes them until the transaction ends."""
    if not tote_ids:
        return {}
    conditions, parameters = _seen(scope)
    where = " AND ".join(["tote_id = ANY(%(ids)s)", *conditions])
    suffix = " ORDER BY tote_id FOR UPDATE" if lock else " ORDER BY tote_id"
    rows = await tx.fetch(f"SELECT * FROM tote WHERE {where}{suffix}", parameters | {"ids": uuids(tote_ids)})
    return await _with_records(tx, rows)


async def page(
    tx: Tx, scope: Scope, wanted: ToteFilter, *, after: tuple[Instant, UUID] | None, size: int
) -> list[Tote]:
    """Totes in scope that match, newest first, at most `size`, from behind `after` (opened_at, id)."""
    conditions, parameters = _seen(scope)
    if wanted.state is not None:
        conditions.append("state = %(state)s")
        parameters["state"] = wanted.state.value
    if wanted.node_id:
        conditions.append("%(node_id)s IN (drop_off_node_id, to_node_id)")
        parameters["node_id"] = wanted.node_id
    if after is not None:
        conditions.append("(opened_at, tote_id) < (%(after_at)s, %(after_id)s)")
        parameters |= {"after_at": after[0], "after_id": after[1]}
    where = f" WHERE {' AND '.join(conditions)}" if conditions else ""
    rows = await tx.fetch(
        f"SELECT * FROM tote{where} ORDER BY opened_at DESC, tote_id DESC LIMIT %(size)s", parameters | {"size": size}
    )
    return list((await _with_records(tx, rows)).values())


async def save(tx: Tx, before: Mapping[UUID, Tote], after: Sequence[Tote]) -> None:
    """Writes totes that are new or differ from `before`, and the records they have more."""
    changed = [one for one in after if before.get(one.tote_id) != one]
    await sets.insert(
        tx, TOTE, [{name: _plain(getattr(one, name)) for name in _HEADER} for one in changed], on_conflict=_CHANGES
    )
    for table, name in ((TOTE_SCAN, "scans"), (TOTE_COUNT, "counts")):
        rows = [
            {"tote_id": one.tote_id} | {field: _plain(getattr(record, field)) for field in record.__struct_fields__}
            for one in changed
            for record in getattr(one, name)[len(getattr(before.get(one.tote_id), name, ())) :]
        ]
        await sets.insert(tx, table, rows)


async def add_codes(tx: Tx, codes: Sequence[ReturnCode]) -> None:
    """Writes the codes of returns; one that is known stays as it is."""
    await sets.insert(tx, RETURN_CODE, [asdict(code) for code in codes], on_conflict="(code_hash) DO NOTHING")


async def codes(tx: Tx, hashes: Sequence[str]) -> dict[str, ReturnCode]:
    """The codes of these hashes."""
    if not hashes:
        return {}
    rows = await tx.fetch(
        "SELECT * FROM return_code WHERE code_hash = ANY(%(hashes)s)", {"hashes": texts(sorted(set(hashes)))}
    )
    return {row["code_hash"]: ReturnCode(**row) for row in rows}


async def under_way(tx: Tx, return_ids: Sequence[UUID]) -> dict[LineKey, int]:
    """Units of return lines that lie in totes which were not counted yet."""
    if not return_ids:
        return {}
    rows = await tx.fetch(_UNDER_WAY, {"ids": uuids(sorted(set(return_ids)))})
    return {(row["return_id"], row["line_number"]): row["units"] for row in rows}


async def _with_records(tx: Tx, rows: Sequence[Row]) -> dict[UUID, Tote]:
    ids = [row["tote_id"] for row in rows]
    scans = await _records(tx, TOTE_SCAN, ids)
    counts = await _records(tx, TOTE_COUNT, ids)
    return {
        row["tote_id"]: Tote(
            **(row | {"state": ToteState(row["state"])}),
            scans=tuple(Scan(**one) for one in scans.get(row["tote_id"], ())),
            counts=tuple(Count(**(one | {"kind": CountKind(one["kind"])})) for one in counts.get(row["tote_id"], ())),
        )
        for row in rows
    }


async def _records(tx: Tx, table: Table, tote_ids: Sequence[UUID]) -> dict[UUID, list[Row]]:
    if not tote_ids:
        return {}
    found: dict[UUID, list[Row]] = {}
    for row in await tx.fetch(
        f"SELECT * FROM {table.name} WHERE tote_id = ANY(%(ids)s) ORDER BY at, reference, entry_number",
        {"ids": uuids(tote_ids)},
    ):
        found.setdefault(row.pop("tote_id"), []).append(row)
    return found


def _seen(scope: Scope) -> tuple[list[str], dict[str, Any]]:
    if scope.channels is not None or scope.sellers is not None:
        return ["false"], {}
    nodes = scope.node_list()
    if nodes is None:
        return [], {}
    return ["(drop_off_node_id = ANY(%(scope_nodes)s) OR to_node_id = ANY(%(scope_nodes)s))"], {
        "scope_nodes": texts(nodes)
    }


def _plain(value: Any) -> Any:
    return getattr(value, "value", value)
