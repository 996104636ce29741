"""Rows of returns and their records. Records are insert-only.

Reads the rows of orders and slices only to keep to a caller's scope. Writes none of them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final
from uuid import UUID

from msgspec import convert, to_builtins
from sqlalchemy import BigInteger, Boolean, Column, DateTime, Integer, Table, Text, Uuid
from sqlalchemy.dialects.postgresql import JSONB

from hub.database import sets, visibility
from hub.database.arrays import uuids
from hub.database.schema import METADATA
from hub.database.tx import Row, Tx
from hub.kernel.instant import Instant
from hub.kernel.scope import Scope
from hub.returns.lifecycle import ReturnState
from hub.returns.model import (
    Disposed,
    Disposition,
    Exchange,
    Inspected,
    ItemCondition,
    Outcome,
    Promotions,
    Reason,
    Received,
    Resolution,
    Return,
    ReturnFilter,
    ReturnLine,
    ShippingRefund,
    Verdict,
)
from hub.returns.store.rows import plain

RETURN_AUTHORIZATION = Table(
    "return_authorization",
    METADATA,
    Column("return_id", Uuid, primary_key=True),
    Column("order_id", Uuid, nullable=False),
    Column("state", Text, nullable=False),
    Column("node_id", Text, nullable=False),
    Column("created_at", DateTime(timezone=True), nullable=False),
    Column("return_by", DateTime(timezone=True), nullable=False),
    Column("exchange_order_id", Uuid),
    Column("exchange_minor", BigInteger, nullable=False),
    Column("document", JSONB, nullable=False),
)


def _record_table(name: str, *columns: Column[Any]) -> Table:
    return Table(
        name,
        METADATA,
        Column("return_id", Uuid, primary_key=True),
        Column("reference", Text, primary_key=True),
        Column("entry_number", Integer, primary_key=True),
        Column("line_number", Integer, nullable=False),
        Column("quantity", BigInteger, nullable=False),
        Column("at", DateTime(timezone=True), nullable=False),
        *columns,
    )


RETURN_RECEIPT = _record_table(
    "return_receipt",
    Column("outcome", Text, nullable=False),
    Column("node_id", Text, nullable=False),
    Column("found_sku", Text, nullable=False),
)
RETURN_INSPECTION = _record_table(
    "return_inspection",
    Column("verdict", Text, nullable=False),
    Column("reduction_minor", BigInteger, nullable=False),
    Column("condition", Text),
    Column("note", Text, nullable=False),
)
RETURN_DISPOSITION = _record_table(
    "return_disposition",
    Column("disposition", Text, nullable=False),
    Column("node_id", Text, nullable=False),
    Column("best_node", Boolean, nullable=False),
    Column("travels", Boolean, nullable=False),
)

_RETURN_CHANGES: Final = (
    "(return_id) DO UPDATE SET state = excluded.state, node_id = excluded.node_id,"
    " exchange_order_id = excluded.exchange_order_id, exchange_minor = excluded.exchange_minor"
)
_RECORD_ONCE: Final = "(return_id, reference, entry_number) DO NOTHING"


async def load(tx: Tx, order_ids: Sequence[UUID]) -> dict[UUID, tuple[Return, ...]]:
    """All returns of orders with their records, oldest first; orders without any are absent."""
    if not order_ids:
        return {}
    rows = await tx.fetch(
        "SELECT * FROM return_authorization WHERE order_id = ANY(%(ids)s) ORDER BY created_at, return_id",
        {"ids": uuids(order_ids)},
    )
    ids = [row["return_id"] for row in rows]
    received = await _records(tx, RETURN_RECEIPT, ids)
    inspected = await _records(tx, RETURN_INSPECTION, ids)
    disposed = await _records(tx, RETURN_DISPOSITION, ids)
    found: dict[UUID, list[Return]] = {}
    for row in rows:
        records = {
            "received": tuple(_received(one) for one in received.get(row["return_id"], ())),
            "inspected": tuple(_inspected(one) for one in inspected.get(row["return_id"], ())),
            "disposed": tuple(_disposed(one) for one in disposed.get(row["return_id"], ())),
        }
        found.setdefault(row["order_id"], []).append(_return(row, records))
    return {order_id: tuple(several) for order_id, several in found.items()}


async def save(tx: Tx, before: Sequence[Return], after: Sequence[Return]) -> None:
    """Writes returns that are new or differ from `before`, and the records they have more."""
    was = {one.return_id: one for one in before}
    changed = [one for one in after if was.get(one.return_id) != one]
    rows = [_return_row(one) for one in changed]
    await sets.insert(tx, RETURN_AUTHORIZATION, rows, on_conflict=_RETURN_CHANGES)
    for table, name in (
        (RETURN_RECEIPT, "received"),
        (RETURN_INSPECTION, "inspected"),
        (RETURN_DISPOSITION, "disposed"),
    ):
        entries = [
            {"return_id": one.return_id} | plain(entry)
            for one in changed
            for entry in getattr(one, name)[len(getattr(was.get(one.return_id), name, ())) :]
        ]
        await sets.insert(tx, table, entries, on_conflict=_RECORD_ONCE)


async def orders_of(tx: Tx, scope: Scope, return_ids: Sequence[UUID]) -> dict[UUID, UUID]:
    """The orders of returns in scope: return id -> order id. A node sees returns of its orders and those it expects."""
    if not return_ids:
        return {}
    conditions, parameters = _seen(scope)
    where = " AND ".join(["return_authorization.return_id = ANY(%(ids)s)", *conditions])
    rows = await tx.fetch(
        f"SELECT return_id, order_id FROM return_authorization WHERE {where}", parameters | {"ids": uuids(return_ids)}
    )
    return {row["return_id"]: row["order_id"] for row in rows}


async def find(
    tx: Tx, scope: Scope, wanted: ReturnFilter, *, after: tuple[Instant, UUID] | None, size: int
) -> list[tuple[Instant, UUID, UUID]]:
    """(creation time, return id, order id) of returns in scope that match, newest first.

    At most `size`, from behind `after`.
    """
    conditions, parameters = _seen(scope)
    for name in ("order_id", "state", "node_id"):
        if value := getattr(wanted, name):
            conditions.append(f"return_authorization.{name} = %({name})s")
            parameters[name] = value.value if isinstance(value, ReturnState) else value
    if after is not None:
        conditions.append("(created_at, return_id) < (%(after_at)s, %(after_id)s)")
        parameters |= {"after_at": after[0], "after_id": after[1]}
    where = f" WHERE {' AND '.join(conditions)}" if conditions else ""
    rows = await tx.fetch(
        f"SELECT created_at, return_id, order_id FROM return_authorization{where}"
        " ORDER BY created_at DESC, return_id DESC LIMIT %(size)s",
        parameters | {"size": size},
    )
    return [(row["created_at"], row["return_id"], row["order_id"]) for row in rows]


def _seen(scope: Scope) -> tuple[list[str], dict[str, Any]]:
    header, parameters = visibility.header_seen(scope, "return_authorization.order_id")
    nodes, more = visibility.nodes_seen(scope, "return_authorization.order_id")
    if nodes:
        nodes = [f"({nodes[0]} OR return_authorization.node_id = ANY(%(scope_nodes)s))"]
    return header + nodes, parameters | more


async def _records(tx: Tx, table: Table, return_ids: Sequence[UUID]) -> dict[UUID, list[Row]]:
    if not return_ids:
        return {}
    found: dict[UUID, list[Row]] = {}
    for row in await tx.fetch(
        f"SELECT * FROM {table.name} WHERE return_id = ANY(%(ids)s) ORDER BY at, reference, entry_number",
        {"ids": uuids(return_ids)},
    ):
        found.setdefault(row.pop("return_id"), []).append(row)
    return found


def _return_row(return_: Return) -> dict[str, Any]:
    return {
        "return_id": return_.return_id,
        "order_id": return_.order_id,
        "state": return_.state.value,
        "node_id": return_.node_id,
        "created_at": return_.created_at,
        "return_by": return_.return_by,
        "exchange_order_id": return_.exchange_order_id,
        "exchange_minor": return_.exchange_minor,
        "document": {
            "lines": [plain(line) for line in return_.lines],
            "resolution": return_.resolution.value,
            "policy_id": return_.policy_id,
            "policy_version": return_.policy_version,
            "promotions": return_.promotions.value,
            "shipping": return_.shipping.value,
            "fee_minor": return_.fee_minor,
            "keep": return_.keep,
            "exchange": to_builtins(return_.exchange),
            **({"claim_id": str(return_.claim_id)} if return_.claim_id else {}),
        },
    }


def _return(row: Row, records: Mapping[str, Any]) -> Return:
    document: dict[str, Any] = row["document"]
    values = {name: value for name, value in row.items() if name != "document"} | document | dict(records)
    values |= {
        "state": ReturnState(row["state"]),
        "lines": tuple(_line(line) for line in document["lines"]),
        "resolution": Resolution(document["resolution"]),
        "promotions": Promotions(document["promotions"]),
        "shipping": ShippingRefund(document["shipping"]),
        "exchange": convert(document["exchange"], Exchange | None),
        "claim_id": convert(document.get("claim_id"), UUID | None),
    }
    return Return(**values)


def _line(stored: Mapping[str, Any]) -> ReturnLine:
    values = dict(stored) | {"reason": Reason(stored["reason"]), "condition": _condition(stored["condition"])}
    return ReturnLine(**values)


def _received(row: Row) -> Received:
    return Received(**(row | {"outcome": Outcome(row["outcome"])}))


def _inspected(row: Row) -> Inspected:
    return Inspected(**(row | {"verdict": Verdict(row["verdict"]), "condition": _condition(row["condition"])}))


def _disposed(row: Row) -> Disposed:
    return Disposed(**(row | {"disposition": Disposition(row["disposition"])}))


def _condition(stored: str | None) -> ItemCondition | None:
    return None if stored is None else ItemCondition(stored)
