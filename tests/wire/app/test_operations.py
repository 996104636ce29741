"""The walk of docs/operations.md through the parts of a hub: each command runs as it stands there."""

from __future__ import annotations

import re
import secrets
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest

from tests.architecture.sources import ROOT
from tests.support.postgres import let_in
from tests.wire.app.parts import process
from tests.wire.app.running import CROSSDOCK, environment
from tests.wire.app.test_figures import free_ports

HEADING = "## Part by part, on a PostgreSQL of your own"
BLOCK = re.compile(r"^```(sql|sh service|sh)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
PORTS = (7443, 7444, 7445, 7446, 7500, 7501)
READY = '"pid"'
"""In what a process prints once it serves or works."""


@dataclass
class Walk:
    """Who follows the walk: on a server of the tests, with files and ports of their own."""

    server_url: str
    folder: Path
    mark: str
    ports: dict[str, str]
    settings: str = ""

    def here(self, text: str) -> str:
        """The text with the names of this machine."""
        parts = urlsplit(self.server_url)
        there = f"@{parts.netloc.rpartition('@')[2]}/crossdock_{self.mark}?{parts.query}"
        for name, own in {
            "@db.example:5432/crossdock": there,
            "DATABASE crossdock ": f"DATABASE crossdock_{self.mark} ",
            "crossdock_owner": f"owner_{self.mark}",
            "crossdock_app": f"app_{self.mark}",
            "/var/lib/crossdock": str(self.folder / "data"),
            **self.ports,
        }.items():
            text = text.replace(name, own)
        return text

    def administer(self, sql: str) -> None:
        """Runs statements as the administrator of the server, who lets the new roles in."""
        with psycopg.connect(self.server_url, autocommit=True) as connection:
            for statement in self.here(sql).split(";"):
                connection.execute(statement)
            for role in ("owner", "app"):
                let_in(connection, f"{role}_{self.mark}")

    def run(self, commands: str) -> None:
        """Runs commands, one after the other; what they export holds from then on."""
        given = self.here(commands)
        ran = subprocess.run(
            ["/bin/sh", "-ec", self.settings + given],
            cwd=self.folder,
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert ran.returncode == 0, f"{given}\n{ran.stdout}{ran.stderr}"
        self.settings += "".join(line for line in given.splitlines(keepends=True) if line.startswith("export "))

    def keep_running(self, stack: ExitStack, command: str) -> None:
        """Starts a command that keeps running, until the stack is left."""
        shell = ["/bin/sh", "-ec", f"{self.settings}exec env {self.here(command)}"]
        stack.enter_context(process(shell, environment=self.environment, ready=READY, folder=self.folder))

    @property
    def environment(self) -> dict[str, str]:
        """The environment in which `crossdock` and `python3` are those of the tests."""
        given = environment()
        return given | {"PATH": f"{self.folder / 'bin'}:{given['PATH']}", "PYTHONPATH": f"{ROOT}:{ROOT / 'generated'}"}


@pytest.fixture
def walk(embedded_url: str, tmp_path: Path) -> Iterator[Walk]:
    programs = tmp_path / "bin"
    programs.mkdir()
    for name, command in (("crossdock", " ".join(CROSSDOCK)), ("python3", CROSSDOCK[0])):
        (programs / name).write_text(f'#!/bin/sh\nexec {command} "$@"\n')
        (programs / name).chmod(0o755)
    (tmp_path / "examples").symlink_to(ROOT / "examples")
    first, mark = free_ports(len(PORTS)), secrets.token_hex(4)
    ports = {f"{sign}{port}": f"{sign}{first + n}" for n, port in enumerate(PORTS) for sign in ":-"}
    yield Walk(embedded_url, tmp_path, mark, ports)
    with psycopg.connect(embedded_url, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS crossdock_{mark} WITH (FORCE)")
        for role in ("owner", "app"):
            connection.execute(f"DROP ROLE IF EXISTS {role}_{mark}")


def test_the_parts_are_set_up_and_run_by_the_commands_of_operations(walk: Walk) -> None:
    text = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8").partition(HEADING)[2]
    blocks = BLOCK.findall(text.partition("\n## ")[0])
    assert [kind for kind, _ in blocks].count("sh service") == 4

    with ExitStack() as stack:
        for kind, content in blocks:
            if kind == "sql":
                walk.administer(content)
            elif kind == "sh":
                walk.run(content)
            else:
                walk.keep_running(stack, content)
