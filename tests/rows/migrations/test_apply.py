"""Migrations as an operator meets them: in order, once, by one of many, and never half."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import psycopg
import pytest

from hub.database import migrate
from hub.database.migrate import (
    BadMigrationFile,
    MigrationBlocked,
    MigrationChanged,
    MigrationError,
    MigrationOutOfOrder,
)

Write = Callable[..., Path]
Connection = psycopg.Connection[Any]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write migrations, named by keyword: `_0001_pre_orders="CREATE TABLE ..."`."""

    def writing(**files: str) -> Path:
        for name, sql in files.items():
            (tmp_path / f"{name.removeprefix('_')}.sql").write_text(sql, encoding="utf-8")
        return tmp_path

    return writing


@pytest.fixture
def conn(bare_database_url: str) -> Iterator[Connection]:
    with psycopg.connect(bare_database_url) as connection:
        yield connection


def exists(conn: Connection, table: str) -> bool:
    with conn.transaction():
        return conn.execute("SELECT to_regclass(%s) IS NOT NULL", [table]).fetchone() == (True,)


def test_the_files_of_a_phase_are_applied_in_order_and_once(conn: Connection, write: Write) -> None:
    folder = write(
        _0001_pre_orders="CREATE TABLE orders (id int)",
        _0002_post_tidy="ALTER TABLE orders DROP COLUMN id",
        _0003_pre_lines="ALTER TABLE orders ADD COLUMN lines int; CREATE INDEX ON orders (lines)",
    )
    assert migrate.apply(conn, "pre", folder=folder) == ["0001_pre_orders.sql", "0003_pre_lines.sql"]
    assert migrate.apply(conn, "pre", folder=folder) == []
    assert migrate.apply(conn, "post", folder=folder) == ["0002_post_tidy.sql"]
    assert migrate.apply(conn, "post", folder=folder) == []


def test_status_tells_of_every_file_whether_and_when(conn: Connection, write: Write) -> None:
    folder = write(_0001_pre_orders="CREATE TABLE orders ()", _0002_post_tidy="SELECT 1")
    before = migrate.status(conn, folder=folder)
    assert [(one.name, one.phase, one.applied_at) for one in before] == [
        ("0001_pre_orders.sql", "pre", None),
        ("0002_post_tidy.sql", "post", None),
    ]
    migrate.apply(conn, "pre", folder=folder)
    after = migrate.status(conn, folder=folder)
    assert [one.applied_at is not None for one in after] == [True, False]
    assert after[0].applied_at is not None
    assert after[0].applied_at.tzinfo is not None


def test_asking_for_the_status_changes_nothing(conn: Connection, write: Write) -> None:
    migrate.status(conn, folder=write(_0001_pre_orders="CREATE TABLE orders ()"))
    assert not exists(conn, "schema_migration")


def test_a_schema_without_the_pre_files_is_behind_and_the_command_is_named(conn: Connection, write: Write) -> None:
    folder = write(_0001_pre_orders="CREATE TABLE orders ()", _0002_post_tidy="SELECT 1")
    missing = migrate.behind(conn, folder=folder)
    assert missing == ["0001_pre_orders.sql"]
    assert "0001_pre_orders.sql" in migrate.advice(missing)
    assert "crossdock migrate pre" in migrate.advice(missing)
    migrate.apply(conn, "pre", folder=folder)
    assert migrate.behind(conn, folder=folder) == []


def test_a_server_may_serve_on_the_schema_of_a_newer_release(conn: Connection, write: Write) -> None:
    folder = write(_0001_pre_orders="SELECT 1", _0002_pre_newer="SELECT 1")
    migrate.apply(conn, "pre", folder=folder)
    (folder / "0002_pre_newer.sql").unlink()
    assert migrate.behind(conn, folder=folder) == []
    newer = migrate.status(conn, folder=folder)[1]
    assert (newer.name, newer.phase, newer.known, newer.changed) == ("0002_pre_newer.sql", "pre", False, False)
    assert migrate.apply(conn, "pre", folder=folder) == []


def test_an_applied_file_that_was_changed_is_refused_and_nothing_is_applied(conn: Connection, write: Write) -> None:
    folder = write(_0001_pre_orders="CREATE TABLE orders ()")
    migrate.apply(conn, "pre", folder=folder)
    write(_0001_pre_orders="CREATE TABLE orders (id int)", _0002_pre_lines="CREATE TABLE lines ()")
    with pytest.raises(MigrationChanged, match=r"0001_pre_orders\.sql"):
        migrate.apply(conn, "pre", folder=folder)
    assert not exists(conn, "lines")
    assert [one.changed for one in migrate.status(conn, folder=folder)] == [True, False]


def test_other_line_ends_are_no_change(conn: Connection, write: Write) -> None:
    folder = write(_0001_pre_orders="SELECT 1;\nSELECT 2;\n")
    migrate.apply(conn, "pre", folder=folder)
    (folder / "0001_pre_orders.sql").write_bytes(b"SELECT 1;\r\nSELECT 2;\r\n")
    assert migrate.apply(conn, "pre", folder=folder) == []


def test_a_file_that_fails_leaves_nothing_and_those_before_it_stay(conn: Connection, write: Write) -> None:
    folder = write(
        _0001_pre_orders="CREATE TABLE orders ()", _0002_pre_broken="CREATE TABLE half (); SELECT 1/0", _0003_pre_x=""
    )
    with pytest.raises(psycopg.errors.DivisionByZero):
        migrate.apply(conn, "pre", folder=folder)
    assert exists(conn, "orders")
    assert not exists(conn, "half")
    write(_0002_pre_broken="CREATE TABLE half ()")
    assert migrate.apply(conn, "pre", folder=folder) == ["0002_pre_broken.sql", "0003_pre_x.sql"]


def test_a_file_numbered_before_an_applied_one_is_refused(conn: Connection, write: Write) -> None:
    folder = write(_0002_pre_orders="SELECT 1")
    migrate.apply(conn, "pre", folder=folder)
    write(_0001_pre_late="SELECT 1")
    with pytest.raises(MigrationOutOfOrder, match=r"0001_pre_late\.sql comes before 0002_pre_orders\.sql"):
        migrate.apply(conn, "pre", folder=folder)


def test_a_post_file_waits_for_the_pre_files_before_it(conn: Connection, write: Write) -> None:
    folder = write(_0001_pre_orders="SELECT 1", _0002_post_tidy="SELECT 1", _0003_pre_next="SELECT 1")
    with pytest.raises(MigrationOutOfOrder, match="crossdock migrate pre"):
        migrate.apply(conn, "post", folder=folder)
    migrate.apply(conn, "pre", folder=folder)
    assert migrate.apply(conn, "post", folder=folder) == ["0002_post_tidy.sql"]


@pytest.mark.parametrize("name", ["1_pre_x", "0001_before_x", "0001_pre_", "0001-pre-x", "0001_pre_X"])
def test_a_file_with_another_sort_of_name_is_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / f"{name}.sql").write_text("SELECT 1")
    with pytest.raises(BadMigrationFile, match=name):
        migrate.load(tmp_path)


def test_a_number_used_twice_is_refused(write: Write) -> None:
    with pytest.raises(BadMigrationFile, match="same number"):
        migrate.load(write(_0001_pre_a="SELECT 1", _0001_post_b="SELECT 1"))


@pytest.mark.parametrize("statement", ["BEGIN;", "commit ;", "  ROLLBACK;", "START TRANSACTION;"])
def test_a_file_that_handles_its_own_transaction_is_refused(write: Write, statement: str) -> None:
    with pytest.raises(BadMigrationFile, match="transaction"):
        migrate.load(write(_0001_pre_x=f"SELECT 1;\n{statement}\nSELECT 2;"))


def test_percent_signs_function_bodies_and_letters_of_all_kinds_are_taken_as_they_are(
    conn: Connection, write: Write
) -> None:
    body = "CREATE FUNCTION f() RETURNS text LANGUAGE plpgsql AS $$\nBEGIN\n  RETURN '100 %s ä';\nEND;\n$$;"
    migrate.apply(conn, "pre", folder=write(_0001_pre_f=body))
    assert conn.execute("SELECT f()").fetchone() == ("100 %s ä",)


def test_an_open_transaction_is_not_migrated_in(conn: Connection, write: Write) -> None:
    conn.execute("SELECT 1")
    with pytest.raises(MigrationError, match="transaction"):
        migrate.apply(conn, "pre", folder=write(_0001_pre_x="SELECT 1"))


def test_a_connection_in_autocommit_serves_as_well(bare_database_url: str, write: Write) -> None:
    folder = write(_0001_pre_broken="CREATE TABLE half (); SELECT 1/0")
    with psycopg.connect(bare_database_url, autocommit=True) as connection:
        with pytest.raises(psycopg.errors.DivisionByZero):
            migrate.apply(connection, "pre", folder=folder)
        assert not exists(connection, "half")
        write(_0001_pre_broken="CREATE TABLE whole ()")
        assert migrate.apply(connection, "pre", folder=folder) == ["0001_pre_broken.sql"]


def test_of_many_migrators_at_once_each_file_is_applied_by_one(bare_database_url: str, write: Write) -> None:
    folder = write(**{f"_{number:04}_pre_x": f"CREATE TABLE t{number} ()" for number in range(1, 9)})
    together = threading.Barrier(4)

    def migrating(_: int) -> list[str]:
        with psycopg.connect(bare_database_url) as connection:
            together.wait()
            return migrate.apply(connection, "pre", folder=folder)

    with ThreadPoolExecutor(4) as pool:
        shares = list(pool.map(migrating, range(4)))
    assert sorted(name for share in shares for name in share) == [f"{number:04}_pre_x.sql" for number in range(1, 9)]


def test_a_table_in_use_is_waited_for_only_so_long_and_nothing_is_changed(
    bare_database_url: str, conn: Connection, write: Write
) -> None:
    migrate.apply(conn, "pre", folder=write(_0001_pre_orders="CREATE TABLE orders ()"))
    folder = write(_0002_pre_column="ALTER TABLE orders ADD COLUMN id int")
    with psycopg.connect(bare_database_url) as user:
        user.execute("SELECT * FROM orders")
        with pytest.raises(MigrationBlocked, match=r"applying 0002_pre_column\.sql"):
            migrate.apply(conn, "pre", folder=folder, lock_timeout_seconds=0.05)
        assert migrate.behind(conn, folder=folder) == ["0002_pre_column.sql"]
    assert migrate.apply(conn, "pre", folder=folder) == ["0002_pre_column.sql"]


def test_another_migration_is_waited_for_only_so_long(bare_database_url: str, conn: Connection, write: Write) -> None:
    folder = write(_0001_pre_orders="CREATE TABLE orders ()")
    with psycopg.connect(bare_database_url) as other:
        other.execute("SELECT pg_advisory_xact_lock(%s)", [migrate.LOCK_KEY])
        with pytest.raises(MigrationBlocked, match="another migration"):
            migrate.apply(conn, "pre", folder=folder, lock_timeout_seconds=0.05)
    assert migrate.apply(conn, "pre", folder=folder) == ["0001_pre_orders.sql"]


def test_the_lock_timeout_is_gone_after_the_migration(conn: Connection, write: Write) -> None:
    migrate.apply(conn, "pre", folder=write(_0001_pre_x="SELECT 1"))
    assert conn.execute("SHOW lock_timeout").fetchone() == ("0",)


def test_the_files_of_this_release_are_migrations() -> None:
    assert all(file.checksum for file in migrate.load(migrate.FOLDER))
