"""Whether the database is there and its schema far enough for this release; and the migrations themselves."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

import psycopg

from hub.database import grants, migrate
from hub.database.migrate import MigrationStatus, Phase
from hub.database.trouble import trouble

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
    except DatabaseUnusable as error:
        return str(error)
    return migrate.advice(missing) if missing else lacking


async def obstacle_now(url: str) -> str | None:
    """The same, without holding up the loop."""
    return await asyncio.to_thread(obstacle, url)


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
