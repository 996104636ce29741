"""PostgreSQL for tests: one server for a pytest run, and from a migrated template a fresh database per test or module.

With CROSSDOCK_TEST_DATABASE_URL a server that runs already is used; its user must be allowed to create databases.
"""

from __future__ import annotations

import os
import secrets
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit, urlunsplit

import psycopg
import pytest
from psycopg import sql

from hub.app.embedded import AlreadyRunning, Embedded, EmbeddedError, discard
from hub.database import grants, migrate

SETTING = "CROSSDOCK_TEST_DATABASE_URL"
APPLICATION = "crossdock_application"
"""The role that runs the hub where a role of its own owns the schema."""
PASSWORD = "of the/application"
_PREFIX = "crossdock-tests-"
_LEFT_BEHIND_AFTER_SECONDS = 120.0
_ENOUGH_MEMORY_BYTES = 8 * 1024**3


@pytest.fixture(scope="session")
def embedded_url() -> Iterator[str]:
    """The URL of a server for this run, whose user may create databases; it forgets all in a crash of the machine."""
    if given := os.environ.get(SETTING):
        yield given
        return
    folder = scratch_folder()
    _sweep(folder)
    data = folder / f"{_PREFIX}{secrets.token_hex(6)}"
    try:
        with Embedded.start(data, echo=print, durable=False) as server:
            yield server.url
    finally:
        discard(data)


@pytest.fixture(scope="session")
def database_template(embedded_url: str) -> Iterator[str]:
    """The name of a database with every migration applied, from which others are copied."""
    with _created(embedded_url, f"template_{secrets.token_hex(6)}") as url:
        with psycopg.connect(url) as connection:
            migrate.apply(connection, "pre")
            migrate.apply(connection, "post")
            _make_application_role(connection)
            grants.grant(connection, APPLICATION)
        yield _name_in(url)


@pytest.fixture
def database_url(embedded_url: str, database_template: str) -> Iterator[str]:
    """The URL of a migrated, empty database for one test."""
    with fresh_database(embedded_url, database_template) as url:
        yield url


@pytest.fixture(scope="module")
def module_database_url(embedded_url: str, database_template: str) -> Iterator[str]:
    """The URL of a migrated, empty database that the tests of one module share."""
    with fresh_database(embedded_url, database_template) as url:
        yield url


@pytest.fixture
def application_url(database_url: str) -> str:
    """The URL of the same database for the role that runs the hub: it may not change the schema."""
    return as_role(database_url, APPLICATION)


@pytest.fixture
def bare_database_url(embedded_url: str) -> Iterator[str]:
    """The URL of a database without any table, for one test."""
    with _created(embedded_url, f"bare_{secrets.token_hex(6)}") as url:
        yield url


@contextmanager
def fresh_database(server_url: str, template: str) -> Iterator[str]:
    """Give the URL of a copy of `template`, dropped at the end."""
    with _created(server_url, f"test_{secrets.token_hex(6)}", template=template) as url:
        yield url


def scratch_folder() -> Path:
    """Answer where to put databases that are thrown away: in memory where there is room, else with temporary files."""
    memory = Path("/dev/shm")
    if memory.is_dir() and os.access(memory, os.W_OK) and shutil.disk_usage(memory).free >= _ENOUGH_MEMORY_BYTES:
        return memory
    return Path(tempfile.gettempdir())


def url_of(server_url: str, database: str) -> str:
    """Answer `server_url` with another database in it."""
    return urlunsplit(urlsplit(server_url)._replace(path=f"/{quote(database, safe='')}"))


def as_role(url: str, role: str, password: str = PASSWORD) -> str:
    """Answer `url` for another role with a password."""
    parts = urlsplit(url)
    return urlunsplit(parts._replace(netloc=f"{role}:{quote(password, safe='')}@{parts.netloc.rpartition('@')[2]}"))


def _make_application_role(connection: psycopg.Connection[Any]) -> None:
    """Make the role that runs the hub, where the server has none."""
    name, password = sql.Identifier(APPLICATION), sql.Literal(PASSWORD)
    if connection.execute("SELECT FROM pg_roles WHERE rolname = %s", [APPLICATION]).fetchone() is None:
        connection.execute(sql.SQL("CREATE ROLE {} LOGIN PASSWORD {}").format(name, password))
    let_in(connection, APPLICATION)


def let_in(connection: psycopg.Connection[Any], role: str) -> None:
    """Have a server of ours, which lets in nobody but its owner, take the password of a role."""
    if SETTING in os.environ:
        return
    ((access,),) = connection.execute("SHOW hba_file").fetchall()
    with Path(access).open("a", encoding="utf-8") as file:
        file.write(f"local all {role} scram-sha-256\n")
    connection.execute("SELECT pg_reload_conf()")


@contextmanager
def _created(server_url: str, name: str, *, template: str = "template1") -> Iterator[str]:
    create = sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), sql.Identifier(template))
    drop = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
    _run(server_url, create)
    try:
        yield url_of(server_url, name)
    finally:
        _run(server_url, drop)


def _run(server_url: str, statement: sql.Composed) -> None:
    with psycopg.connect(server_url, autocommit=True) as connection:
        connection.execute(statement)


def _name_in(url: str) -> str:
    return urlsplit(url).path.removeprefix("/")


def _sweep(folder: Path) -> None:
    """Remove what runs that were killed left behind; a run that lives holds its folder's lock."""
    for data in folder.glob(f"{_PREFIX}*"):
        try:
            if time.time() - data.stat().st_mtime > _LEFT_BEHIND_AFTER_SECONDS:
                discard(data)
        except (AlreadyRunning, EmbeddedError, OSError):
            continue
