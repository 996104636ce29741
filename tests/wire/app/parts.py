"""Parts of a hub as processes of their own, each started by its command."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from tests.wire.app.running import CROSSDOCK, Running


@contextmanager
def part(*arguments: str, environment: Mapping[str, str], ready: str, folder: Path) -> Iterator[Running]:
    """Start `crossdock` with arguments; give it once it printed `ready`, end it at the end."""
    with process([*CROSSDOCK, *arguments], environment=environment, ready=ready, folder=folder) as running:
        yield running


@contextmanager
def process(command: list[str], *, environment: Mapping[str, str], ready: str, folder: Path) -> Iterator[Running]:
    """Start a command; give it once it printed `ready`, end it at the end."""
    child = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=dict(environment), cwd=folder
    )
    running = Running(folder, child)
    running.listen()
    try:
        running.until(ready)
        yield running
    finally:
        if child.poll() is None:
            running.end()
