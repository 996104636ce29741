"""Rows of transfers, of their lines, and of what came. A transfer is in scope when its origin or its destination is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final
from uuid import UUID

from sqlalchemy import BigInteger, Boolean, Column, DateTime, Table, Text, Uuid

from hub.database import sets
from hub.database.arrays import texts, uuids
from hub.database.schema import METADATA
from hub.database.tx import Row, Tx
from hub.kernel.instant import Instant
from hub.kernel.scope import Scope
from hub.transfers.lifecycle import TransferState
from hub.transfers.model import Received, Transfer, TransferFilter, TransferLine

TRANSFER = Table(
    "transfer",
    METADATA,
    Column("transfer_id", Uuid, primary_key=True),
    Column("reference", Text, nullable=False),
    Column("from_node_id", Text, nullable=False),
    Column("to_node_id", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("requested_at", DateTime(timezone=True), nullable=False),
    Column("ship_by", DateTime(timezone=True), nullable=False),
    Column("service_code", Text, nullable=False),
    Column("tracking_number", Text, nullable=False),
    Column("shipped_at", DateTime(timezone=True)),
    Column("expected_at", DateTime(timezone=True), nullable=False),
    Column("ended_at", DateTime(timezone=True)),
    Column("counted", Boolean, nullable=False),
    Column("order_id", Uuid),
)
TRANSFER_LINE = Table(
    "transfer_line",
    METADATA,
    Column("transfer_id", Uuid, primary_key=True),
    Column("sku", Text, primary_key=True),
    Column("quantity", BigInteger, nullable=False),
    Column("shipped", BigInteger, nullable=False),
    Column("received", BigInteger, nullable=False),
    Column("damaged", BigInteger, nullable=False),
    Column("missing", BigInteger, nullable=False),
    Column("excess", BigInteger, nullable=False),
    Column("claimed", BigInteger, nullable=False),
)
TRANSFER_RECEIPT = Table(
    "transfer_receipt",
    METADATA,
    Column("transfer_id", Uuid, primary_key=True),
    Column("reference", Text, primary_key=True),
    Column("sku", Text, primary_key=True),
    Column("quantity", BigInteger, nullable=False),
    Column("damaged", BigInteger, nullable=False),
    Column("final", Boolean, nullable=False),
    Column("at", DateTime(timezone=True), nullable=False),
)

_HEADER: Final = tuple(column.name for column in TRANSFER.columns)
_CHANGES: Final = "(transfer_id) DO UPDATE SET " + ", ".join(
    f"{name} = excluded.{name}"
    for name in ("state", "tracking_number", "shipped_at", "expected_at", "ended_at", "counted")
)
_LINE: Final = ("sku", "quantity", "shipped", "received", "damaged", "missing", "excess")
_LINE_CHANGES: Final = "(transfer_id, sku) DO UPDATE SET " + ", ".join(
    f"{name} = excluded.{name}" for name in ("shipped", "received", "damaged", "missing", "excess", "claimed")
)
_FOR_ORDERS: Final = """
SELECT order_id, sku, from_node_id,
    sum(claimed + shipped + excess - received - damaged - missing)::bigint AS coming,
    sum(quantity - claimed - shipped)::bigint AS unsent
FROM transfer JOIN transfer_line USING (transfer_id) WHERE order_id = ANY(%(ids)s)
GROUP BY order_id, sku, from_node_id
"""
_WAIT: Final = "SELECT pg_advisory_xact_lock(hashtextextended(name, 0)) FROM unnest(%(names)s) AS name"


async def announce(tx: Tx, references: Iterable[str]) -> dict[str, UUID]:
    """The ids of transfers by reference, as far as there are any; whoever else comes with one of these waits."""
    wanted = sorted(set(references))
    await tx.fetch(_WAIT, {"names": texts([f"transfer/{one}" for one in wanted])})
    rows = await tx.fetch(
        "SELECT reference, transfer_id FROM transfer WHERE reference = ANY(%(names)s)", {"names": texts(wanted)}
    )
    return {row["reference"]: row["transfer_id"] for row in rows}


async def load(tx: Tx, scope: Scope, transfer_ids: Iterable[UUID], *, lock: bool) -> dict[UUID, Transfer]:
    """Transfers in scope with what came, by id; with `lock` nobody else changes them until the transaction ends."""
    ids = sorted(set(transfer_ids))
    if not ids:
        return {}
    conditions, parameters = _seen(scope)
    where = " AND ".join(["transfer_id = ANY(%(ids)s)", *conditions])
    suffix = " ORDER BY transfer_id FOR UPDATE" if lock else " ORDER BY transfer_id"
    rows = await tx.fetch(f"SELECT * FROM transfer WHERE {where}{suffix}", parameters | {"ids": uuids(ids)})
    return await _with_records(tx, rows)


async def page(
    tx: Tx, scope: Scope, wanted: TransferFilter, *, after: tuple[Instant, UUID] | None, size: int
) -> list[Transfer]:
    """Transfers in scope that match, newest first, at most `size`, from behind `after` (requested_at, id)."""
    conditions, parameters = _seen(scope)
    if wanted.state is not None:
        conditions.append("state = %(state)s")
        parameters["state"] = wanted.state.value
    if wanted.node_id:
        conditions.append("%(node_id)s IN (from_node_id, to_node_id)")
        parameters["node_id"] = wanted.node_id
    if after is not None:
        conditions.append("(requested_at, transfer_id) < (%(after_at)s, %(after_id)s)")
        parameters |= {"after_at": after[0], "after_id": after[1]}
    where = f" WHERE {' AND '.join(conditions)}" if conditions else ""
    rows = await tx.fetch(
        f"SELECT * FROM transfer{where} ORDER BY requested_at DESC, transfer_id DESC LIMIT %(size)s",
        parameters | {"size": size},
    )
    return list((await _with_records(tx, rows)).values())


async def to_ship_for_orders(tx: Tx) -> dict[UUID, UUID]:
    """The transfers for orders of which nothing has left, each with its order."""
    rows = await tx.fetch(
        "SELECT transfer_id, order_id FROM transfer WHERE state = 'REQUESTED' AND order_id IS NOT NULL"
    )
    return {row["transfer_id"]: row["order_id"] for row in rows}


async def for_orders(tx: Tx, order_ids: Iterable[UUID]) -> list[tuple[UUID, str, str, int, int]]:
    """What transfers bring for orders: (order, SKU, origin, units still to come, units that the origin kept)."""
    rows = await tx.fetch(_FOR_ORDERS, {"ids": uuids(sorted(set(order_ids)))})
    return [(row["order_id"], row["sku"], row["from_node_id"], row["coming"], row["unsent"]) for row in rows]


async def save(tx: Tx, before: Mapping[UUID, Transfer], after: Iterable[Transfer]) -> None:
    """Writes transfers that are new or differ from `before`, with their lines, and what came since."""
    changed = [one for one in after if before.get(one.transfer_id) != one]
    headers = [{name: _plain(getattr(one, name)) for name in _HEADER} for one in changed]
    await sets.insert(tx, TRANSFER, headers, on_conflict=_CHANGES)
    lines = [
        {"transfer_id": one.transfer_id, "claimed": one.claimed(line)} | {name: getattr(line, name) for name in _LINE}
        for one in changed
        for line in one.lines
    ]
    await sets.insert(tx, TRANSFER_LINE, lines, on_conflict=_LINE_CHANGES)
    receipts = [
        {"transfer_id": one.transfer_id} | {name: getattr(record, name) for name in record.__struct_fields__}
        for one in changed
        for record in one.receipts[len(before[one.transfer_id].receipts) if one.transfer_id in before else 0 :]
    ]
    await sets.insert(tx, TRANSFER_RECEIPT, receipts)


async def _with_records(tx: Tx, rows: Sequence[Row]) -> dict[UUID, Transfer]:
    ids = [row["transfer_id"] for row in rows]
    lines = await _records(tx, "SELECT * FROM transfer_line WHERE transfer_id = ANY(%(ids)s) ORDER BY sku", ids)
    receipts = await _records(
        tx, "SELECT * FROM transfer_receipt WHERE transfer_id = ANY(%(ids)s) ORDER BY at, reference, sku", ids
    )
    return {
        row["transfer_id"]: Transfer(
            **(row | {"state": TransferState(row["state"])}),
            lines=tuple(
                TransferLine(**{name: one[name] for name in _LINE}) for one in lines.get(row["transfer_id"], ())
            ),
            receipts=tuple(Received(**one) for one in receipts.get(row["transfer_id"], ())),
        )
        for row in rows
    }


async def _records(tx: Tx, sql: str, transfer_ids: Sequence[UUID]) -> dict[UUID, list[Row]]:
    found: dict[UUID, list[Row]] = {}
    for row in await tx.fetch(sql, {"ids": uuids(transfer_ids)}) if transfer_ids else ():
        found.setdefault(row.pop("transfer_id"), []).append(row)
    return found


def _seen(scope: Scope) -> tuple[list[str], dict[str, Any]]:
    if scope.channels is not None or scope.sellers is not None:
        return ["false"], {}
    nodes = scope.node_list()
    if nodes is None:
        return [], {}
    return ["(from_node_id = ANY(%(scope_nodes)s) OR to_node_id = ANY(%(scope_nodes)s))"], {"scope_nodes": texts(nodes)}


def _plain(value: Any) -> Any:
    return getattr(value, "value", value)
