"""Writes the audit log of an api process: what calls noted, a few times a second, as one transaction."""

from __future__ import annotations

import asyncio
import logging
from typing import Final

import psycopg
from psycopg_pool import PoolTimeout

from hub.api.edge.journal import Journal
from hub.app.process.shutdown import until
from hub.auditlog import operations as auditlog
from hub.auditlog.model import Entry
from hub.database.pool import Database

log = logging.getLogger(__name__)

LOOK_SECONDS: Final = 0.25
MOST_WAITING: Final = 100_000
"""Entries kept while the database is away; the oldest go when there are more."""


async def keep_audit_log(database: Database, journal: Journal, key: bytes, served: asyncio.Event) -> None:
    """Write what a journal has until the last call was served, then the rest; keep what cannot be written."""
    waiting: list[Entry] = []
    ended = False
    while not ended:
        ended = await until(served, LOOK_SECONDS)
        waiting += journal.take()
        if lost := max(0, len(waiting) - MOST_WAITING):
            log.error("%d entries of the audit log are lost: the database was away for too long", lost)
            del waiting[:lost]
        if waiting and await _written(database, waiting, key):
            waiting = []


async def _written(database: Database, entries: list[Entry], key: bytes) -> bool:
    try:
        async with database.transaction() as tx:
            await auditlog.append(tx, entries, key)
    except (psycopg.Error, PoolTimeout) as error:
        log.warning("%d entries of the audit log wait: they cannot be written (%s)", len(entries), type(error).__name__)
        return False
    return True
