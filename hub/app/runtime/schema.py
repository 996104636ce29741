"""Whether the database is there and its schema far enough for this release; and the migrations themselves."""

from __future__ import annotations

import asyncio
from typing import Final

import psycopg

from hub.database import migrate
from hub.database.migrate import MigrationStatus, Phase

_CONNECT_SECONDS: Final = 5


def obstacle(url: str) -> str | None:
    """Why this release cannot serve from a database, as a sentence with the command that helps; None when it can."""
    try:
        with psycopg.connect(url, connect_timeout=_CONNECT_SECONDS) as connection:
            missing = migrate.behind(connection)
    except psycopg.OperationalError:
        return "The database cannot be reached; is it running, and is CROSSDOCK_DATABASE_URL right?"
    return migrate.advice(missing) if missing else None


async def obstacle_now(url: str) -> str | None:
    """The same, without holding up the loop."""
    return await asyncio.to_thread(obstacle, url)


def migrated(url: str, phase: Phase) -> list[str]:
    """Applies the migrations of a phase; answers their names. Raises MigrationError, and psycopg's OperationalError."""
    with psycopg.connect(url, connect_timeout=_CONNECT_SECONDS) as connection:
        return migrate.apply(connection, phase)


def status(url: str) -> list[MigrationStatus]:
    """What became of every migration. Raises psycopg's OperationalError."""
    with psycopg.connect(url, connect_timeout=_CONNECT_SECONDS) as connection:
        return migrate.status(connection)
