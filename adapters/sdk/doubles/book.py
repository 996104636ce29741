"""The SQLite file of a stand-in: what it did, what it was asked, what it answered, what it is ordered to get wrong.

A stand-in plays the partner, so the file is the partner's memory, not the adapter's. One file per stand-in, written by
its process alone except for faults and stock that a test orders; readable by others while it is live. Everything is
committed before the answer leaves, so it survives kill -9 of the process (WAL; not a loss of power).
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Final

BUSY_SECONDS: Final = 10.0

_SCHEMA: Final = """
CREATE TABLE IF NOT EXISTS effect (
    id INTEGER PRIMARY KEY AUTOINCREMENT, operation_key TEXT NOT NULL, kind TEXT NOT NULL, subject TEXT NOT NULL,
    account_id TEXT NOT NULL, business_time TEXT NOT NULL, detail TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS effect_by_key ON effect (operation_key, kind);
CREATE TRIGGER IF NOT EXISTS effect_is_not_changed BEFORE UPDATE ON effect
    BEGIN SELECT RAISE(ABORT, 'effects are never changed'); END;
CREATE TRIGGER IF NOT EXISTS effect_is_not_removed BEFORE DELETE ON effect
    BEGIN SELECT RAISE(ABORT, 'effects are never removed'); END;
CREATE TABLE IF NOT EXISTS call (
    id INTEGER PRIMARY KEY AUTOINCREMENT, method TEXT NOT NULL, account_id TEXT NOT NULL, operation_key TEXT NOT NULL,
    business_time TEXT NOT NULL, fault TEXT NOT NULL DEFAULT '', outcome TEXT NOT NULL DEFAULT ''
);
CREATE TABLE IF NOT EXISTS fault (
    id INTEGER PRIMARY KEY AUTOINCREMENT, method TEXT NOT NULL, account_id TEXT NOT NULL, kind TEXT NOT NULL,
    argument TEXT NOT NULL, skip INTEGER NOT NULL, remaining INTEGER NOT NULL,
    start_time TEXT NOT NULL, end_time TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS operation (
    account_id TEXT NOT NULL, operation_key TEXT NOT NULL, content TEXT NOT NULL, response TEXT NOT NULL,
    PRIMARY KEY (account_id, operation_key)
) WITHOUT ROWID;
"""


class Book:
    """The file, open for writing. `schema` adds the stand-in's own tables (CREATE ... IF NOT EXISTS)."""

    def __init__(self, path: Path, schema: str = "") -> None:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.path = path
        self._connection = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None)
        self._connection.row_factory = sqlite3.Row
        self._connection.execute("PRAGMA journal_mode = WAL")
        self._connection.execute("PRAGMA synchronous = NORMAL")
        self._connection.executescript(_SCHEMA + schema)

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """Opens the one IMMEDIATE transaction of a call; commits at its end, rolls back when anything is raised."""
        self._connection.execute("BEGIN IMMEDIATE")
        try:
            yield self._connection
        except BaseException:
            self._connection.execute("ROLLBACK")
            raise
        self._connection.execute("COMMIT")

    def close(self) -> None:
        """Closes the file."""
        self._connection.close()


@contextmanager
def reading(path: Path) -> Iterator[sqlite3.Connection]:
    """Opens the file for reading, also while another process writes it. Raises FileNotFoundError when it is absent."""
    if not path.exists():
        raise FileNotFoundError(f"{path} does not exist: the stand-in has not been started there")
    with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=BUSY_SECONDS)) as connection:
        connection.row_factory = sqlite3.Row
        yield connection
