"""The audit log: a chain to which processes add, in which each change, cut and insertion shows."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest
from psycopg.errors import RaiseException

from hub.auditlog import operations as auditlog
from hub.auditlog.model import Entry, Head, Question, Verdict
from hub.database.pool import Database
from hub.database.tx import Tx

KEY = bytes(32)
START = Head(0, b"")
NOON = datetime(2026, 11, 30, 12, tzinfo=UTC)


def entry(number: int, principal: str = "shop") -> Entry:
    return Entry(
        at=NOON + timedelta(seconds=number, microseconds=number),
        principal=principal,
        rpc="OrderService.PlaceOrder",
        outcome="OK",
        subject=f"order_id={number}",
    )


async def written(tx: Tx, count: int) -> None:
    await auditlog.append(tx, [entry(number) for number in range(1, count + 1)], KEY)


async def unguarded(tx: Tx, *statements: str) -> None:
    """Change the table as its owner can who takes the guard away."""
    await tx.execute("ALTER TABLE audit_entry DISABLE TRIGGER audit_entry_stays")
    for statement in statements:
        await tx.execute(statement)


async def verdict(tx: Tx, key: bytes = KEY) -> Verdict:
    return (await auditlog.verify(tx, START, key))[0]


async def test_entries_read_back_the_latest_first_and_by_what_is_asked(tx: Tx) -> None:
    await written(tx, 3)
    await auditlog.append(tx, [entry(4, "desk")], KEY)

    everything = await auditlog.page(tx, Question())
    later = await auditlog.page(tx, Question(principal="shop", since=NOON + timedelta(seconds=2), before=3))

    assert [(link.number, link.entry) for link in everything] == [
        (4, entry(4, "desk")),
        *((number, entry(number)) for number in (3, 2, 1)),
    ]
    assert [link.number for link in later] == [2]


async def test_what_is_as_it_was_written_is_sound(tx: Tx) -> None:
    assert await verdict(tx) == Verdict(0)
    await written(tx, 3)
    await auditlog.append(tx, [entry(4)], KEY)

    assert await verdict(tx) == Verdict(4)


@pytest.mark.parametrize(
    ("statements", "found"),
    [
        (["UPDATE audit_entry SET principal = 'somebody' WHERE number = 2"], Verdict(1, "entry 2 is not")),
        (["UPDATE audit_entry SET made_at = now() WHERE number = 3"], Verdict(2, "entry 3 is not")),
        (["DELETE FROM audit_entry WHERE number = 2"], Verdict(1, "entries 2 to 2 are missing")),
        (["DELETE FROM audit_entry WHERE number >= 3"], Verdict(2, "entries 3 to 4 are missing")),
        (["DELETE FROM audit_entry WHERE number < 3"], Verdict(0, "entries 1 to 2 are missing")),
        (
            [
                "DELETE FROM audit_entry WHERE number = 4",
                "UPDATE audit_head SET number = 3, digest = (SELECT digest FROM audit_entry WHERE number = 2)",
            ],
            Verdict(3, "the end of the log is not"),
        ),
        (
            [
                (
                    "INSERT INTO audit_entry SELECT 5, made_at, 'X', rpc, outcome, request_id, subject, trace_id,"
                    " calls, digest FROM audit_entry WHERE number = 4"
                )
            ],
            Verdict(4, "entry 5 is not"),
        ),
    ],
)
async def test_what_was_changed_removed_or_added_shows(tx: Tx, statements: Sequence[str], found: Verdict) -> None:
    await written(tx, 4)
    await tx.flush()

    await unguarded(tx, *statements)

    told = await verdict(tx)
    assert told.through == found.through
    assert told.flaw.startswith(found.flaw)


async def test_a_chain_is_sound_under_its_own_key_alone(tx: Tx) -> None:
    await written(tx, 1)

    assert (await verdict(tx, b"\1" * 32)).flaw.startswith("entry 1 is not")


@pytest.mark.parametrize(
    "statement", ["UPDATE audit_entry SET calls = 2", "DELETE FROM audit_entry", "TRUNCATE audit_entry"]
)
async def test_the_database_refuses_to_change_entries(tx: Tx, statement: str) -> None:
    await written(tx, 1)
    await tx.flush()

    with pytest.raises(RaiseException, match="never changed or removed"):
        await tx.fetch(f"{statement}" if statement.startswith("TRUNCATE") else f"{statement} RETURNING 1")


async def test_a_long_log_is_checked_in_parts(tx: Tx, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(auditlog, "MOST_AT_ONCE", 2)
    await written(tx, 5)
    await tx.flush()
    seen, at, ended = [], START, False

    while not ended:
        found, at, ended = await auditlog.verify(tx, at, KEY)
        seen.append(found)

    assert seen == [Verdict(2), Verdict(4), Verdict(5)]


async def test_several_processes_add_to_one_chain(database: Database) -> None:
    async def add(name: str) -> None:
        for number in range(10):
            async with database.transaction() as tx:
                await auditlog.append(tx, [entry(number, name), entry(number, name)], KEY)

    await asyncio.gather(*(add(f"process-{number}") for number in range(4)))

    async with database.reading() as tx:
        found, last, ended = await auditlog.verify(tx, START, KEY)
    assert (found, last.number, ended) == (Verdict(80), 80, True)
