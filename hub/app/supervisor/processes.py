"""Child processes: started, watched, started again when they die, ended in order. Known by their process ids alone.

A child says on its standard output, in one line of JSON, that it is ready and where. What it logs goes to a file of its
own. Nothing here knows what a child is for.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
import os
import signal
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from hub.app.process.shutdown import until

log = logging.getLogger(__name__)

FIRST_PAUSE_SECONDS: Final = 0.1
LONGEST_PAUSE_SECONDS: Final = 5.0
SETTLED_SECONDS: Final = 10.0
"""A child that lived so long is started again at once when it dies."""
ENDING_SECONDS: Final = 15.0
LARGEST_LOG_BYTES: Final = 32 * 1024 * 1024

Said = Mapping[str, Any]


@dataclass(frozen=True)
class Part:
    """A child as it is asked for. `command` gets what it said last when it is made again (empty the first time).

    `environment` is put over that of this process; it may hold credentials and is not shown. It has `ending_seconds`
    after SIGTERM.
    """

    name: str
    command: Callable[[Said], Sequence[str]]
    log_file: Path
    environment: Mapping[str, str] = field(default_factory=dict, repr=False)
    ending_seconds: float = ENDING_SECONDS


class Child:
    """A part that is kept running."""

    def __init__(self, part: Part, tell: Callable[[str], None]) -> None:
        self.part, self._tell = part, tell
        self.said: Said = {}
        self.starts = 0
        self.ready = asyncio.Event()
        self._process: asyncio.subprocess.Process | None = None
        self._ending = asyncio.Event()
        self._keeping: asyncio.Task[None] | None = None

    @property
    def pid(self) -> int | None:
        """Its process; None while there is none."""
        process = self._process
        return process.pid if process is not None and process.returncode is None else None

    def start(self) -> None:
        """Starts it and keeps it running until `stop`."""
        self._keeping = asyncio.create_task(self._keep())

    async def stop(self) -> None:
        """Ends it: SIGTERM, and SIGKILL after a while."""
        self._ending.set()
        if self._keeping is not None:
            await self._keeping

    async def _keep(self) -> None:
        pause, deaths = FIRST_PAUSE_SECONDS, 0
        loop = asyncio.get_running_loop()
        while not self._ending.is_set():
            began = loop.time()
            try:
                code = await self._live()
            except OSError as error:
                self._tell(f"{self.part.name} cannot be started: {error}")
                await until(self._ending, LONGEST_PAUSE_SECONDS)
                continue
            if self._ending.is_set():
                return
            settled = loop.time() - began > SETTLED_SECONDS
            pause = FIRST_PAUSE_SECONDS if settled else min(pause * 2, LONGEST_PAUSE_SECONDS)
            deaths = 1 if settled else deaths + 1
            if deaths & (deaths - 1) == 0:  # the first, second, fourth, eighth ... in a row
                self._tell(f"{self.part.name} ended ({_ended(code)}); starting it again. Its log: {self.part.log_file}")
            await until(self._ending, pause)

    async def _live(self) -> int:
        """One life of the process; answers its exit code."""
        self.starts += 1
        process = await self._spawn()
        self._process = process
        reading = asyncio.create_task(self._listen(process))
        waiting = asyncio.create_task(process.wait())
        told = asyncio.create_task(self._ending.wait())
        try:
            await asyncio.wait({waiting, told}, return_when=asyncio.FIRST_COMPLETED)
            if not waiting.done():
                _signal(process, signal.SIGTERM)
                await asyncio.wait({waiting}, timeout=self.part.ending_seconds)
            if not waiting.done():
                self._tell(f"{self.part.name} did not end in time and is killed")
                _signal(process, signal.SIGKILL)
            return await waiting
        finally:
            self.ready.clear()
            told.cancel()
            reading.cancel()

    async def _spawn(self) -> asyncio.subprocess.Process:
        with _appended(self.part.log_file) as log_file:
            return await asyncio.create_subprocess_exec(
                *self.part.command(self.said),
                stdin=asyncio.subprocess.DEVNULL,
                stdout=asyncio.subprocess.PIPE,
                stderr=log_file,
                env={**os.environ, **self.part.environment},
                start_new_session=True,
            )

    async def _listen(self, process: asyncio.subprocess.Process) -> None:
        """Reads what the child says; its first line of JSON says that it is ready."""
        assert process.stdout is not None  # noqa: S101 (it was asked for)
        async for line in process.stdout:
            with contextlib.suppress(ValueError):
                said = json.loads(line)
                if isinstance(said, dict):
                    self.said = said
                    self.ready.set()


class NotReady(Exception):
    """A child did not come up; the message names it and its log."""


async def ready(children: Sequence[Child], *, within_seconds: float) -> None:
    """Waits until all children are ready. Raises NotReady, naming those that are not."""
    waits = [asyncio.create_task(child.ready.wait()) for child in children]
    try:
        if waits:
            await asyncio.wait(waits, timeout=within_seconds)
    finally:
        for wait in waits:
            wait.cancel()
    late = [child for child in children if not child.ready.is_set()]
    if late:
        logs = ", ".join(f"{child.part.name} (log: {child.part.log_file})" for child in late)
        raise NotReady(f"Not ready within {within_seconds:g} seconds: {logs}.")


def _signal(process: asyncio.subprocess.Process, number: signal.Signals) -> None:
    with contextlib.suppress(ProcessLookupError):
        process.send_signal(number)


def _ended(code: int) -> str:
    return signal.Signals(-code).name if code < 0 else f"exit code {code}"


@contextlib.contextmanager
def _appended(file: Path) -> Any:
    """The log, to be appended to; one that has grown too large is put aside first."""
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if file.exists() and file.stat().st_size > LARGEST_LOG_BYTES:
        file.replace(file.with_name(f"{file.name}.1"))
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC, 0o600)
    try:
        yield descriptor
    finally:
        os.close(descriptor)
