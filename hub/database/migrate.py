"""Migrations of the schema: plain SQL files, forward only, each applied once in a transaction of its own.

A file is named `NNNN_pre_what.sql` (before the new release starts; the old one keeps running beside it) or
`NNNN_post_what.sql` (after the old one is gone). Within a phase the numbers give the order; a post file also waits
for every pre file with a lower number. Pooled and asynchronous connections are elsewhere: this runs on one plain
connection, from the command line, at `up`, and in tests.
"""

from __future__ import annotations

import hashlib
import itertools
import re
from datetime import datetime
from pathlib import Path
from typing import Any, Final, Literal, cast

import psycopg
from msgspec import Struct
from psycopg.pq import TransactionStatus

from hub.database.trouble import trouble

Phase = Literal["pre", "post"]
Connection = psycopg.Connection[Any]

FOLDER: Final = Path(__file__).parent / "migrations"
COMMAND: Final = "crossdock migrate pre"
LOCK_TIMEOUT_SECONDS: Final = 10.0
LOCK_KEY: Final = 0x63726F7373646F63
"""The key of the advisory lock that all migrators share: the letters "crossdoc"."""
_NAME: Final = re.compile(r"(?P<number>\d{4})_(?P<phase>pre|post)_[a-z0-9_]+\.sql")
_TRANSACTION_CONTROL: Final = re.compile(
    rb"^\s*(begin|start\s+transaction|commit|rollback)\s*;", re.IGNORECASE | re.MULTILINE
)

_TABLE: Final = """
CREATE TABLE IF NOT EXISTS schema_migration (
    name text PRIMARY KEY,
    checksum text NOT NULL,
    applied_at timestamptz NOT NULL DEFAULT clock_timestamp()
)
"""


class MigrationError(Exception):
    """The schema cannot be migrated as asked. Nothing was changed by the file named; the message says what helps."""


class BadMigrationFile(MigrationError):
    """A file's name or content is not what a migration may be."""


class MigrationChanged(MigrationError):
    """A file was changed after it had been applied."""


class MigrationOutOfOrder(MigrationError):
    """A file would be applied after one that comes later, or before one that it must follow."""


class MigrationBlocked(MigrationError):
    """Another migration runs, or a table stayed locked by its users longer than was waited."""


class MigrationNotAllowed(MigrationError):
    """The role may not change the schema, or nobody may: the database is read-only."""


class Migration(Struct, frozen=True):
    """One file."""

    name: str
    number: int
    phase: Phase
    checksum: str
    sql: bytes


class MigrationStatus(Struct, frozen=True):
    """What became of one migration; `known` is False where a newer release applied it and its file is not here."""

    name: str
    phase: Phase
    applied_at: datetime | None
    known: bool = True
    changed: bool = False


def status(conn: Connection, *, folder: Path = FOLDER) -> list[MigrationStatus]:
    """Answer every migration, by name: those of `folder` and those that the database says were applied.

    Raises:
        BadMigrationFile: A file in `folder` is not a migration.
    """
    files = {migration.name: migration for migration in load(folder)}
    applied = _applied(conn)
    answers = []
    for name in sorted(files.keys() | applied.keys()):
        file, row = files.get(name), applied.get(name)
        answers.append(
            MigrationStatus(
                name=name,
                phase=file.phase if file else _phase_of(name),
                applied_at=row.applied_at if row else None,
                known=file is not None,
                changed=file is not None and row is not None and file.checksum != row.checksum,
            )
        )
    return answers


def behind(conn: Connection, *, folder: Path = FOLDER) -> list[str]:
    """Answer the names of the files this release needs and the database lacks; empty when it may serve.

    Post files are not needed to serve. What a newer release applied does no harm.
    """
    applied = _applied(conn)
    return [file.name for file in load(folder) if file.phase == "pre" and file.name not in applied]


def advice(missing: list[str]) -> str:
    """Answer the sentence for an operator whose schema lacks `missing` (as `behind` answered, not empty)."""
    return f"The schema is behind by {len(missing)} (next: {missing[0]}). Run `{COMMAND}`."


def apply(
    conn: Connection, phase: Phase, *, folder: Path = FOLDER, lock_timeout_seconds: float = LOCK_TIMEOUT_SECONDS
) -> list[str]:
    """Apply all files of `phase` that were not applied, in order; answer their names.

    Safe to run from several processes at once: each file is applied by one of them.

    Args:
        conn: A connection with no transaction open.
        phase: Which files.
        folder: Where the files lie.
        lock_timeout_seconds: How long to wait for another migrator, and for each lock a file takes.

    Raises:
        BadMigrationFile: A file in `folder` is not a migration.
        MigrationChanged: An applied file has other content now.
        MigrationOutOfOrder: A file would be applied out of its order.
        MigrationBlocked: no lock was obtained in time; what was applied before stays applied.
        MigrationNotAllowed: the role has no right to it, or the database is read-only.
    """
    if conn.info.transaction_status is not TransactionStatus.IDLE:
        raise MigrationError("Migrations need a connection with no transaction open.")
    files = load(folder)
    applied: list[str] = []
    while (name := _apply_next(conn, phase, files, lock_timeout_seconds)) is not None:
        applied.append(name)
    return applied


def load(folder: Path) -> list[Migration]:
    """Answer the migrations of `folder`, by number.

    Raises:
        BadMigrationFile: A file has no proper name, a number is used twice, or a file ends its own transaction.
    """
    files = [_read(path) for path in sorted(folder.glob("*.sql"))]
    for one, other in itertools.pairwise(files):
        if one.number == other.number:
            raise BadMigrationFile(f"{one.name} and {other.name} have the same number.")
    return files


class _Row(Struct, frozen=True):
    checksum: str
    applied_at: datetime


def _read(path: Path) -> Migration:
    match = _NAME.fullmatch(path.name)
    if match is None:
        raise BadMigrationFile(f"{path.name} is not named NNNN_pre_what.sql or NNNN_post_what.sql.")
    sql = path.read_bytes().replace(b"\r\n", b"\n")
    if _TRANSACTION_CONTROL.search(sql):
        raise BadMigrationFile(f"{path.name} begins or ends a transaction; each file runs in one of its own.")
    return Migration(
        name=path.name,
        number=int(match["number"]),
        phase=cast("Phase", match["phase"]),
        checksum=hashlib.sha256(sql).hexdigest(),
        sql=sql,
    )


def _applied(conn: Connection) -> dict[str, _Row]:
    with conn.transaction(), conn.cursor() as cursor:
        if cursor.execute("SELECT to_regclass('schema_migration')::text").fetchone() == (None,):
            return {}
        rows = cursor.execute("SELECT name, checksum, applied_at FROM schema_migration").fetchall()
    return {name: _Row(checksum, applied_at) for name, checksum, applied_at in rows}


def _apply_next(conn: Connection, phase: Phase, files: list[Migration], lock_timeout_seconds: float) -> str | None:
    """Apply the next file of `phase` under the lock of all migrators; answer its name, None when there is none."""
    doing = "waiting for another migration"
    try:
        with conn.transaction():
            conn.execute("SELECT set_config('lock_timeout', %s, true)", [f"{round(lock_timeout_seconds * 1000)}ms"])
            conn.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK_KEY])
            conn.execute(_TABLE)
            file = _next(phase, files, _applied(conn))
            if file is None:
                return None
            doing = f"applying {file.name}"
            conn.execute(file.sql)
            conn.execute("INSERT INTO schema_migration (name, checksum) VALUES (%s, %s)", [file.name, file.checksum])
    except psycopg.errors.InsufficientPrivilege as error:
        raise MigrationNotAllowed(
            f"This database role may not change the schema: {error.diag.message_primary}, while {doing}. Nothing was"
            " changed by this file. Name the role that owns the schema in CROSSDOCK_DATABASE_URL."
        ) from error
    except psycopg.errors.ReadOnlySqlTransaction as error:
        raise MigrationNotAllowed(trouble(error)) from error
    except psycopg.errors.LockNotAvailable as error:
        raise MigrationBlocked(
            f"No lock was obtained within {lock_timeout_seconds:g} seconds while {doing}. "
            "Nothing was changed by this file; run it again."
        ) from error
    return file.name


def _next(phase: Phase, files: list[Migration], applied: dict[str, _Row]) -> Migration | None:
    for file in files:
        row = applied.get(file.name)
        if row is not None and row.checksum != file.checksum:
            raise MigrationChanged(
                f"{file.name} was changed after it was applied. Restore it, and put the change into a new file."
            )
    pending = [file for file in files if file.name not in applied]
    due = next((file for file in pending if file.phase == phase), None)
    if due is None:
        return None
    for other in files:
        if other.name in applied and other.phase == phase and other.number > due.number:
            raise MigrationOutOfOrder(f"{due.name} comes before {other.name}, which was applied. Number it higher.")
    for other in pending:
        if phase == "post" and other.phase == "pre" and other.number < due.number:
            raise MigrationOutOfOrder(f"{due.name} follows {other.name}. Run `{COMMAND}` first.")
    return due


def _phase_of(name: str) -> Phase:
    match = _NAME.fullmatch(name)
    return cast("Phase", match["phase"]) if match else "pre"
