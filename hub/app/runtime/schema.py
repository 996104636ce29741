"""Whether the database is there and its schema far enough for this release; and the migrations themselves."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

import psycopg
from psycopg_pool import PoolTimeout

from hub.app.runtime.clock import SystemMachine
from hub.database import grants, installation, migrate
from hub.database.migrate import MigrationStatus, Phase
from hub.database.pool import Database
from hub.database.trouble import SILENT, trouble
from hub.kernel.instant import Instant

CHECK_SECONDS: Final = 2.0
"""How long a check may wait for a connection, and for each statement."""
LARGEST_SKEW_SECONDS: Final = 2.0
"""Two machines are then at most 4 s apart; a lease holds 15 s and is renewed each 5 s."""
_CONNECT_SECONDS: Final = 5


class DatabaseUnusable(Exception):
    """The database cannot be used; the message says why and what helps. `reachable`: it answered at least."""

    def __init__(self, error: psycopg.Error) -> None:
        super().__init__(trouble(error))
        self.reachable = not isinstance(error, psycopg.OperationalError)


def obstacle(url: str) -> str | None:
    """Why this release cannot serve from a database, as a sentence with the command that helps; None when it can."""
    try:
        with _connected(url) as connection:
            missing = migrate.behind(connection)
            lacking = grants.lacking(connection)
            ((now,),) = connection.execute("SELECT clock_timestamp()").fetchall()
    except DatabaseUnusable as error:
        return str(error)
    return migrate.advice(missing) if missing else lacking or skewed(SystemMachine().now(), now)


async def obstacle_now(url: str) -> str | None:
    """The same, without holding up the loop."""
    return await asyncio.to_thread(obstacle, url)


async def impediment(database: Database) -> str | None:
    """Why the database cannot be worked with now, as a sentence with what helps; None when it can.

    Writes, by a connection of the pool, so it meets what calls would meet.
    """
    try:
        async with asyncio.timeout(2 * CHECK_SECONDS), database.within(CHECK_SECONDS) as tx:
            now = await installation.check_writes(tx)
    except PoolTimeout as error:  # all are in use, or none can be made: who connects anew is told which
        return await obstacle_now(database.url) or trouble(error)
    except psycopg.Error as error:
        return trouble(error)
    except TimeoutError:
        return SILENT
    return skewed(SystemMachine().now(), now)


def skewed(machine: Instant, database: Instant) -> str | None:
    """Return that a machine's clock and the database's are too far apart, with what helps; None when they are not.

    Leases of messages compare the clocks of the machines on which workers run.
    """
    seconds = (machine - database).total_seconds()
    if abs(seconds) <= LARGEST_SKEW_SECONDS:
        return None
    return (
        f"The clock of this machine is {abs(seconds):.1f} s {'ahead of' if seconds > 0 else 'behind'} the database's;"
        f" {LARGEST_SKEW_SECONDS:g} s are allowed. Synchronize both (NTP)."
    )


def migrated(url: str, phase: Phase, *, grant_to: str | None = None) -> list[str]:
    """Apply the migrations of a phase; return their names. `grant_to`: the role that is then let to run the hub.

    Raises MigrationError, DatabaseUnusable, and RoleUnknown for `grant_to`.
    """
    with _connected(url) as connection:
        applied = migrate.apply(connection, phase)
        if grant_to is not None:
            grants.grant(connection, grant_to)
        return applied


def status(url: str) -> list[MigrationStatus]:
    """Return what became of every migration. Raises DatabaseUnusable."""
    with _connected(url) as connection:
        return migrate.status(connection)


@contextmanager
def _connected(url: str) -> Iterator[psycopg.Connection[Any]]:
    """Connect while the block runs. A pooler may be between: nothing is prepared. Raises DatabaseUnusable."""
    try:
        with psycopg.connect(url, connect_timeout=_CONNECT_SECONDS, prepare_threshold=None) as connection:
            yield connection
    except psycopg.Error as error:
        raise DatabaseUnusable(error) from error
