"""Folders for launchers: outside of pytest's own, which only its user may enter."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil
import pytest

from hub.app.embedded import Embedded, EmbeddedError, discard
from tests.support.postgres import scratch_folder

ROOT = Path(__file__).parents[3]
needs_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can run a server as another user")


@dataclass
class Owner:
    """An owner in a process of its own, and what it said when its server was ready or refused."""

    process: subprocess.Popen[str]
    said: dict[str, Any]

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()

    def leave(self) -> int:
        self.process.communicate()
        return self.process.returncode


@pytest.fixture
def folder() -> Iterator[Path]:
    """A short path in a folder that everybody may enter; no server on a data folder in it outlives the test."""
    made = Path(tempfile.mkdtemp(prefix="cd-", dir=scratch_folder())).resolve()
    made.chmod(0o755)
    (made / "shelter").mkdir()
    try:
        yield made
    finally:
        for record in list(made.rglob("postgres.json")):
            if record.exists():
                discard(record.parent)
        shutil.rmtree(made, ignore_errors=True)


@pytest.fixture
def data(folder: Path) -> Path:
    return folder / "data"


@pytest.fixture
def start(folder: Path) -> Iterator[Callable[..., Embedded]]:
    """Start a server in this process: fsync off, shelters in `folder`; all are stopped at the end."""
    servers: list[Embedded] = []

    def starting(data: Path, *, said: list[str] | None = None, **more: Any) -> Embedded:
        told = [] if said is None else said
        server = Embedded.start(data, echo=told.append, durable=False, shelters=[folder / "shelter"], **more)
        servers.append(server)
        return server

    yield starting
    for server in servers:
        server.stop()


@pytest.fixture
def owner(folder: Path) -> Iterator[Callable[..., Owner]]:
    """Start an owner as a process, by `with_command` where it needs one around it."""
    owners: list[Owner] = []

    def starting(data: Path, *, with_command: Sequence[str] = ()) -> Owner:
        command = [
            *with_command,
            sys.executable,
            "-m",
            "tests.rows.launcher.owning",
            str(data),
            str(folder / "shelter"),
        ]
        process = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        assert process.stdout is not None
        owners.append(Owner(process, said=json.loads(process.stdout.readline() or "{}")))
        return owners[-1]

    yield starting
    for one in owners:
        if one.process.poll() is None:
            one.leave()


def postmasters(cluster: Path) -> list[int]:
    """The processes that work in `cluster` and are not children of another that does."""
    found = {}
    for process in psutil.process_iter():
        try:
            if process.name() == "postgres" and process.cwd() == str(cluster):
                found[process.pid] = process.ppid()
        except psutil.Error:
            continue
    return [pid for pid, parent in found.items() if parent not in found]


def refusal(error: type[EmbeddedError], action: Callable[[], object]) -> str:
    with pytest.raises(error) as caught:
        action()
    return str(caught.value)
