"""Keeping the audit log: nothing that calls noted is lost, neither at the end nor while it cannot be written."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime

import psycopg

from hub.api.edge.journal import Journal, Note
from hub.app.runtime.audit_log import keep_audit_log
from hub.auditlog import operations as auditlog
from hub.auditlog.model import Question
from hub.database.pool import Database
from hub.database.tx import Tx
from hub.kernel.scope import Role, Scope

KEY = bytes(32)
SHOP = Scope("shop", frozenset({Role.CHANNEL}))


class ReadOnly(Database):
    """A database that takes no writes for a while; `refused` is set once it refused one."""

    def __init__(self, url: str) -> None:
        super().__init__(url, max_connections=2)
        self.refused = asyncio.Event()
        self.writable = False

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[Tx]:
        """A transaction, once there are writes."""
        if not self.writable:
            self.refused.set()
            raise psycopg.errors.ReadOnlySqlTransaction("cannot execute INSERT in a read-only transaction")
        async with super().transaction() as tx:
            yield tx


async def test_notes_wait_while_they_cannot_be_written_and_the_last_ones_are_written_too(database_url: str) -> None:
    journal, served = Journal(lambda: datetime(2026, 11, 30, tzinfo=UTC)), asyncio.Event()
    async with ReadOnly(database_url) as database:
        keeping = asyncio.create_task(keep_audit_log(database, journal, KEY, served))
        journal.end(Note("OrderService.PlaceOrder", SHOP, subject="first", outcome="OK"))
        await asyncio.wait_for(database.refused.wait(), 10)
        database.writable = True

        journal.end(Note("OrderService.PlaceOrder", SHOP, subject="last", outcome="OK"))
        served.set()
        await keeping

        async with database.reading() as tx:
            links = await auditlog.page(tx, Question())
    assert [link.entry.subject for link in links] == ["last", "first"]
