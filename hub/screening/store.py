"""Rows of denied-party lists, of matches and of decisions."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Final
from uuid import UUID

from msgspec import convert, to_builtins
from sqlalchemy import BigInteger, Column, DateTime, Table, Text, Uuid
from sqlalchemy.dialects.postgresql import JSONB

from hub.database import sets, visibility
from hub.database.arrays import array, uuids
from hub.database.schema import METADATA
from hub.database.tx import Row, Tx
from hub.kernel.instant import Instant
from hub.kernel.scope import Scope
from hub.screening.model import Decision, DeniedEntry, Hit, ListDifference, ListVersion, Match, MatchFilter, MatchState

DENIED_LIST = Table(
    "denied_list",
    METADATA,
    Column("list_name", Text, primary_key=True),
    Column("version", BigInteger, primary_key=True),
    Column("entries", BigInteger, nullable=False),
    Column("difference", JSONB, nullable=False),
    Column("loaded_by", Text, nullable=False),
    Column("loaded_at", DateTime(timezone=True), nullable=False),
)

DENIED_ENTRY = Table(
    "denied_entry",
    METADATA,
    Column("list_name", Text, primary_key=True),
    Column("entry_id", Text, primary_key=True),
    Column("document", JSONB, nullable=False),
)

MATCH = Table(
    "screening_match",
    METADATA,
    Column("match_id", Uuid, primary_key=True),
    Column("order_id", Uuid, nullable=False),
    Column("decision_id", Uuid, nullable=False),
    Column("list_name", Text, nullable=False),
    Column("entry_id", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("hit", JSONB, nullable=False),
    Column("found_at", DateTime(timezone=True), nullable=False),
    Column("note", Text, nullable=False),
    Column("decided_by", Text, nullable=False),
    Column("decided_at", DateTime(timezone=True)),
    Column("expires_at", DateTime(timezone=True)),
)

DECISION = Table(
    "screening_decision",
    METADATA,
    Column("decision_id", Uuid, primary_key=True),
    Column("state", Text, nullable=False),
    Column("note", Text, nullable=False),
    Column("decided_by", Text, nullable=False),
    Column("decided_at", DateTime(timezone=True), nullable=False),
    Column("expires_at", DateTime(timezone=True), nullable=False),
)

_LOCK: Final = "LOCK TABLE denied_list IN SHARE ROW EXCLUSIVE MODE"
_DECIDED: Final = ("state", "note", "decided_by", "decided_at", "expires_at")
_AS_DECIDED: Final = ", ".join(f"{name} = excluded.{name}" for name in _DECIDED)
_ON_MATCH: Final = f"(match_id) DO UPDATE SET hit = excluded.hit, {_AS_DECIDED}"
_ON_DECISION: Final = f"(decision_id) DO UPDATE SET {_AS_DECIDED}"
_ON_ENTRY: Final = "(list_name, entry_id) DO UPDATE SET document = excluded.document"
_NEWEST: Final = (
    "SELECT DISTINCT ON (list_name) * FROM denied_list"
    " WHERE %(name)s::text IS NULL OR list_name = %(name)s ORDER BY list_name, version DESC"
)
_LIVE: Final = "orders.state NOT IN ('CLOSED', 'CANCELED', 'REJECTED')"


async def lock_lists(tx: Tx) -> None:
    """Lets nobody else load a list until the transaction ends; readers go on."""
    await tx.execute(_LOCK)


async def newest(tx: Tx, list_name: str | None = None) -> list[ListVersion]:
    """Return the newest version of each list, or of one, by name."""
    return [_version(row) for row in await tx.fetch(_NEWEST, {"name": list_name})]


async def version(tx: Tx, list_name: str, number: int) -> ListVersion | None:
    """Return a version of a list; None where there is none."""
    rows = await tx.fetch(
        "SELECT * FROM denied_list WHERE list_name = %(name)s AND version = %(version)s",
        {"name": list_name, "version": number},
    )
    return _version(rows[0]) if rows else None


async def entries(tx: Tx, list_name: str) -> list[DeniedEntry]:
    """Return the entries of a list as of its newest version, by id."""
    rows = await tx.fetch(
        "SELECT document FROM denied_entry WHERE list_name = %(name)s ORDER BY entry_id", {"name": list_name}
    )
    return [convert(row["document"], DeniedEntry) for row in rows]


async def entries_named(tx: Tx, named: Collection[tuple[str, str]]) -> dict[tuple[str, str], DeniedEntry]:
    """Return entries by (list, id); those that no list has any more are absent."""
    if not named:
        return {}
    pairs = sorted(named)
    rows = await tx.fetch(
        "SELECT list_name, denied_entry.entry_id, document FROM denied_entry"
        " JOIN unnest(%(lists)s::text[], %(ids)s::text[]) AS one (list_name, entry_id) USING (list_name, entry_id)",
        {"lists": array("text", [one for one, _ in pairs]), "ids": array("text", [one for _, one in pairs])},
    )
    return {(row["list_name"], row["entry_id"]): convert(row["document"], DeniedEntry) for row in rows}


async def replace_entries(tx: Tx, new: ListVersion, kept: Sequence[DeniedEntry], *, at: Instant) -> None:
    """Write a version of a list: entries that were added or changed, without those that were removed."""
    row = {
        "list_name": new.list_name,
        "version": new.version,
        "entries": new.entries,
        "difference": to_builtins(new.difference),
        "loaded_by": new.loaded_by,
        "loaded_at": at,
    }
    await sets.insert(tx, DENIED_LIST, [row])
    gone = [{"list_name": new.list_name, "entry_id": entry_id} for entry_id in new.difference.removed]
    await sets.delete(tx, DENIED_ENTRY, gone)
    rows = [{"list_name": new.list_name, "entry_id": entry.entry_id, "document": to_builtins(entry)} for entry in kept]
    await sets.insert(tx, DENIED_ENTRY, rows, on_conflict=_ON_ENTRY)


async def matches(tx: Tx, order_ids: Collection[UUID]) -> dict[UUID, tuple[Match, ...]]:
    """Return the matches of orders, the oldest first; orders without are absent."""
    rows = await tx.fetch(
        "SELECT * FROM screening_match WHERE order_id = ANY(%(ids)s) ORDER BY found_at, match_id",
        {"ids": uuids(list(order_ids))},
    )
    known: dict[UUID, list[Match]] = {}
    for row in rows:
        known.setdefault(row["order_id"], []).append(_match(row))
    return {order_id: tuple(of_order) for order_id, of_order in known.items()}


async def find(tx: Tx, scope: Scope, match_ids: Collection[UUID]) -> dict[UUID, Match]:
    """Return the matches in scope of these ids."""
    conditions, parameters = visibility.order_seen(scope, "screening_match.order_id")
    where = " AND ".join(["match_id = ANY(%(ids)s)", *conditions])
    parameters |= {"ids": uuids(list(match_ids))}
    rows = await tx.fetch(f"SELECT * FROM screening_match WHERE {where}", parameters)
    return {row["match_id"]: _match(row) for row in rows}


async def page(
    tx: Tx, scope: Scope, wanted: MatchFilter, *, after: tuple[Instant, UUID] | None, size: int
) -> list[Match]:
    """Return matches in scope of orders that have not ended, the oldest first, at most `size`, from behind `after`."""
    conditions, parameters = visibility.order_seen(scope, "screening_match.order_id")
    conditions += [_LIVE, "screening_match.state = %(state)s"]
    parameters |= {"state": wanted.state.value, "size": size}
    if wanted.order_id is not None:
        conditions.append("screening_match.order_id = %(order_id)s")
        parameters["order_id"] = wanted.order_id
    if after is not None:
        conditions.append("(found_at, match_id) > (%(after_at)s, %(after_id)s)")
        parameters |= {"after_at": after[0], "after_id": after[1]}
    rows = await tx.fetch(
        "SELECT screening_match.* FROM screening_match JOIN orders USING (order_id)"
        f" WHERE {' AND '.join(conditions)} ORDER BY found_at, match_id LIMIT %(size)s",
        parameters,
    )
    return [_match(row) for row in rows]


async def orders_matched(tx: Tx, list_name: str, entry_ids: Collection[str]) -> set[UUID]:
    """Return the orders with matches, whatever their state, with entries of a list."""
    rows = await tx.fetch(
        "SELECT DISTINCT order_id FROM screening_match WHERE list_name = %(name)s AND entry_id = ANY(%(ids)s)",
        {"name": list_name, "ids": array("text", sorted(entry_ids))},
    )
    return {row["order_id"] for row in rows}


async def orders_decided(tx: Tx, decision_ids: Collection[UUID], states: Collection[MatchState]) -> list[UUID]:
    """Return the live orders with matches in one of the states that decisions are about."""
    rows = await tx.fetch(
        "SELECT DISTINCT order_id FROM screening_match JOIN orders USING (order_id)"
        f" WHERE decision_id = ANY(%(ids)s) AND screening_match.state = ANY(%(states)s) AND {_LIVE} ORDER BY order_id",
        {"ids": uuids(list(decision_ids)), "states": array("text", sorted(one.value for one in states))},
    )
    return [row["order_id"] for row in rows]


async def save_matches(tx: Tx, changed: Sequence[Match]) -> None:
    """Write matches: new ones, and what became of others."""
    rows = [
        {
            "match_id": one.match_id,
            "order_id": one.order_id,
            "decision_id": one.hit.decision_id,
            "list_name": one.hit.list_name,
            "entry_id": one.hit.entry_id,
            "state": one.state.value,
            "hit": to_builtins(one.hit),
            "found_at": one.found_at,
            "note": one.note,
            "decided_by": one.decided_by,
            "decided_at": one.decided_at,
            "expires_at": one.expires_at,
        }
        for one in changed
    ]
    await sets.insert(tx, MATCH, rows, on_conflict=_ON_MATCH)


async def decisions(tx: Tx, decision_ids: Collection[UUID]) -> dict[UUID, Decision]:
    """Return decisions by id, those whose time is over too."""
    rows = await tx.fetch(
        "SELECT * FROM screening_decision WHERE decision_id = ANY(%(ids)s)", {"ids": uuids(list(decision_ids))}
    )
    return {row["decision_id"]: Decision(**row | {"state": MatchState(row["state"])}) for row in rows}


async def save_decisions(tx: Tx, decided: Sequence[Decision]) -> None:
    """Write decisions; the newest about the same replaces the one before."""
    rows = [
        {"decision_id": one.decision_id, "state": one.state.value}
        | {name: getattr(one, name) for name in _DECIDED if name != "state"}
        for one in decided
    ]
    await sets.insert(tx, DECISION, rows, on_conflict=_ON_DECISION)


def _version(row: Row) -> ListVersion:
    return ListVersion(**row | {"difference": convert(row["difference"], ListDifference)})


def _match(row: Row) -> Match:
    return Match(
        match_id=row["match_id"],
        order_id=row["order_id"],
        hit=convert(row["hit"], Hit),
        state=MatchState(row["state"]),
        found_at=row["found_at"],
        note=row["note"],
        decided_by=row["decided_by"],
        decided_at=row["decided_at"],
        expires_at=row["expires_at"],
    )
