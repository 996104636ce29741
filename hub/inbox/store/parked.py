"""Rows of parked events: kept as they came until what they wait for is there."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final
from uuid import UUID

from msgspec.structs import asdict
from sqlalchemy import BigInteger, Column, DateTime, Table, Text, Uuid
from sqlalchemy.dialects.postgresql import JSONB

from hub.database import sets
from hub.database.arrays import texts, uuids
from hub.database.schema import METADATA
from hub.database.tx import Row, Tx
from hub.inbox.model import ParkedEvent, ParkedState, SourceSequence
from hub.kernel.instant import Instant
from hub.kernel.scope import Role, Scope

PARKED_EVENT = Table(
    "parked_event",
    METADATA,
    Column("parked_event_id", Uuid, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("waits_for", Text, nullable=False),
    Column("source", Text),
    Column("number", BigInteger),
    Column("state", Text, nullable=False),
    Column("scope", JSONB, nullable=False),
    Column("payload", JSONB, nullable=False),
    Column("reason", Text, nullable=False),
    Column("parked_at", DateTime(timezone=True), nullable=False),
    Column("deadline_at", DateTime(timezone=True), nullable=False),
)

WAITING: Final = "state IN ('PARKED', 'UNMATCHED')"
_COUNT: Final = """
SELECT count(*) FROM (
    SELECT 1 FROM parked_event WHERE scope ->> 'principal' = %(principal)s AND state = 'PARKED' LIMIT %(most)s
) AS parked
"""
_KEYS_OF_CLASS: Final = 7301
"""Class of the advisory locks on what events wait for."""


async def lock_keys(tx: Tx, keys: Sequence[str]) -> None:
    """Keeps others from parking for keys, or from waking who waits for them, until the commit."""
    await tx.fetch(
        "SELECT pg_advisory_xact_lock(%(class)s, hashtext(key)) FROM unnest(%(keys)s) AS key",
        {"class": _KEYS_OF_CLASS, "keys": texts(sorted(set(keys)))},
    )


async def put(tx: Tx, events: Sequence[ParkedEvent]) -> None:
    """Keeps events; one that is kept already stays as it is."""
    rows = {event.parked_event_id: _row(event) for event in events}
    await sets.insert(tx, PARKED_EVENT, [rows[key] for key in sorted(rows)], on_conflict="DO NOTHING")


async def save(tx: Tx, events: Sequence[ParkedEvent]) -> None:
    """Writes what became of events: state and reason, and what they wait for."""
    rows = [
        {
            "parked_event_id": one.parked_event_id,
            "state": one.state.value,
            "reason": one.reason,
            "waits_for": one.waits_for,
        }
        for one in sorted(events, key=lambda one: one.parked_event_id)
    ]
    await sets.update(tx, PARKED_EVENT, rows, key=("parked_event_id",))


async def load(tx: Tx, ids: Sequence[UUID], *, lock: bool = False) -> dict[UUID, ParkedEvent]:
    """Parked events by id; with `lock` nobody else changes them until the transaction ends."""
    if not ids:
        return {}
    tail = " ORDER BY parked_event_id FOR UPDATE" if lock else ""
    rows = await tx.fetch(
        f"SELECT * FROM parked_event WHERE parked_event_id = ANY(%(ids)s){tail}", {"ids": uuids(sorted(set(ids)))}
    )
    return {row["parked_event_id"]: _event(row) for row in rows}


async def count(tx: Tx, principal: str, most: int) -> int:
    """Return how many events of a principal are PARKED, counted up to `most`."""
    (row,) = await tx.fetch(_COUNT, {"principal": principal, "most": most})
    return int(row["count"])


async def waiting(tx: Tx, keys: Sequence[str]) -> list[ParkedEvent]:
    """The events that wait for keys, numbered ones by their number, others as they came; locked."""
    rows = await tx.fetch(
        f"SELECT * FROM parked_event WHERE waits_for = ANY(%(keys)s) AND {WAITING}"
        " ORDER BY waits_for, number, parked_at, parked_event_id FOR UPDATE",
        {"keys": texts(sorted(set(keys)))},
    )
    return [_event(row) for row in rows]


async def waited_for(tx: Tx, keys: Sequence[str]) -> list[str]:
    """Those of the keys that some event waits for, sorted."""
    rows = await tx.fetch(
        f"SELECT DISTINCT waits_for FROM parked_event WHERE waits_for = ANY(%(keys)s) AND {WAITING} ORDER BY waits_for",
        {"keys": texts(sorted(set(keys)))},
    )
    return [row["waits_for"] for row in rows]


async def numbers(tx: Tx, keys: Sequence[str]) -> dict[str, list[tuple[int, Instant]]]:
    """Numbers that wait for feeds, and when they came, by key, lowest first."""
    rows = await tx.fetch(
        f"SELECT waits_for, number, parked_at FROM parked_event WHERE waits_for = ANY(%(keys)s) AND {WAITING}"
        " ORDER BY waits_for, number",
        {"keys": texts(sorted(set(keys)))},
    )
    found: dict[str, list[tuple[int, Instant]]] = {}
    for row in rows:
        found.setdefault(row["waits_for"], []).append((row["number"], row["parked_at"]))
    return found


async def page(
    tx: Tx,
    principal: str | None,
    state: ParkedState | None,
    source: str,
    after: tuple[Instant, UUID] | None,
    size: int,
) -> list[ParkedEvent]:
    """Parked events, newest first, at most `size`, from behind `after` (parked_at, id).

    Of one principal (None for all), in one state (None leaves out those that were applied), of one source where given.
    """
    conditions = ["state = %(state)s" if state else "state <> 'APPLIED'"]
    parameters: dict[str, Any] = {"size": size} | ({"state": state.value} if state else {})
    if principal is not None:
        conditions.append("scope->>'principal' = %(principal)s")
        parameters["principal"] = principal
    if source:
        conditions.append("source = %(source)s")
        parameters["source"] = source
    if after is not None:
        conditions.append("(parked_at, parked_event_id) < (%(after_at)s, %(after_id)s)")
        parameters |= {"after_at": after[0], "after_id": after[1]}
    rows = await tx.fetch(
        f"SELECT * FROM parked_event WHERE {' AND '.join(conditions)}"
        " ORDER BY parked_at DESC, parked_event_id DESC LIMIT %(size)s",
        parameters,
    )
    return [_event(row) for row in rows]


async def forget(tx: Tx, *, before: Instant) -> int:
    """Forgets events that were applied and came before an instant."""
    return await tx.execute(
        "DELETE FROM parked_event WHERE state = 'APPLIED' AND parked_at < %(before)s", {"before": before}
    )


def _row(event: ParkedEvent) -> dict[str, Any]:
    scope = asdict(event.scope) | {"roles": sorted(role.value for role in event.scope.roles)}
    return {
        "parked_event_id": event.parked_event_id,
        "kind": event.kind,
        "waits_for": event.waits_for,
        "source": event.sequence.source if event.sequence else None,
        "number": event.sequence.number if event.sequence else None,
        "state": event.state.value,
        "scope": {name: sorted(value) if isinstance(value, frozenset) else value for name, value in scope.items()},
        "payload": dict(event.payload),
        "reason": event.reason,
        "parked_at": event.parked_at,
        "deadline_at": event.deadline_at,
    }


def _event(row: Row) -> ParkedEvent:
    scope = row["scope"]
    channels, nodes, sellers, accounts = (
        None if scope.get(name) is None else frozenset(scope[name])
        for name in ("channels", "nodes", "sellers", "accounts")
    )
    return ParkedEvent(
        parked_event_id=row["parked_event_id"],
        kind=row["kind"],
        waits_for=row["waits_for"],
        state=ParkedState(row["state"]),
        payload=row["payload"],
        scope=Scope(scope["principal"], frozenset(map(Role, scope["roles"])), channels, nodes, sellers, accounts),
        parked_at=row["parked_at"],
        deadline_at=row["deadline_at"],
        sequence=SourceSequence(row["source"], row["number"]) if row["source"] else None,
        reason=row["reason"],
    )
