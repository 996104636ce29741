"""A hub as `crossdock up` runs it, in a data folder of its own, for a test to speak to and to hurt."""

from __future__ import annotations

import json
import os
import queue
import secrets
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import grpc
from tenacity import Retrying, retry_if_exception, stop_after_delay, wait_fixed

from hub.app.client import HubClient, connected
from hub.app.embedded import discard
from tests.support.postgres import scratch_folder

CROSSDOCK: Final = (sys.executable, "-P", "-m", "hub.app.main")
START_SECONDS: Final = 90.0
_PASSING: Final = (grpc.StatusCode.UNAVAILABLE, grpc.StatusCode.INTERNAL)


@dataclass
class Running:
    """A process of `crossdock up`: what it printed, where it serves, what it runs."""

    data: Path
    process: subprocess.Popen[str]
    printed: list[str] = field(default_factory=list)
    _lines: queue.Queue[str | None] = field(default_factory=queue.Queue)

    def listen(self) -> None:
        """Reads what it prints, in a thread of its own."""

        def read() -> None:
            assert self.process.stdout is not None
            for line in self.process.stdout:
                self._lines.put(line)
            self._lines.put(None)

        threading.Thread(target=read, daemon=True).start()

    def until(self, text: str, *, seconds: float = START_SECONDS) -> str:
        """The next line it prints that has the text."""
        while True:
            line = self._lines.get(timeout=seconds)
            if line is None:
                raise AssertionError(f"it ended without {text!r}: {''.join(self.printed)}")
            self.printed.append(line)
            if text in line:
                return line

    @property
    def note(self) -> dict[str, Any]:
        """What it says of itself in the data folder."""
        note: dict[str, Any] = json.loads((self.data / "hub.json").read_text())
        return note

    @property
    def token(self) -> str:
        """The administrator's token."""
        return (self.data / "admin.token").read_text().strip()

    def pid(self, name: str) -> int:
        """The process of a part."""
        return int(self.note["processes"][name])

    @contextmanager
    def client(self) -> Iterator[HubClient]:
        """A client with the administrator's token."""
        with connected(self.note["address"], self.token) as client:
            yield client

    def patiently(self, rpc: str, request: Any) -> Any:
        """Makes a call (`orders.PlaceOrder`), again while what it needs is being started again."""
        with self.client() as client:
            service, method = rpc.split(".")
            call = getattr(getattr(client, service), method)
            retrying = Retrying(
                retry=retry_if_exception(lambda error: isinstance(error, grpc.RpcError) and _passes(error)),
                stop=stop_after_delay(30),
                wait=wait_fixed(0.2),
                reraise=True,
            )
            return retrying(call, request, timeout=30, metadata=client.metadata(), wait_for_ready=True)

    def crossdock(self, *arguments: object) -> subprocess.CompletedProcess[str]:
        """Runs a command against it, as on its own machine: without address or token."""
        command = [*CROSSDOCK, "--data", str(self.data), *map(str, arguments)]
        return subprocess.run(command, capture_output=True, text=True, timeout=120, check=False, env=environment())

    def end(self) -> int:
        """Tells it to end; answers its exit code."""
        self.process.terminate()
        return self.process.wait(60)


@contextmanager
def up(*flags: object, data: Path | None = None, **settings: object) -> Iterator[Running]:
    """Starts `crossdock up` and gives it once it is ready; ends it, and removes the data folder it made.

    `settings` are variables of the environment that hold for it, without their prefix.
    """
    folder = data or scratch_folder() / f"crossdock-tests-{secrets.token_hex(6)}"
    command = [*CROSSDOCK, "up", "--data", str(folder), "--grpc", "127.0.0.1:0", *map(str, flags)]
    process = subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env=environment(**settings),
        start_new_session=True,
    )
    running = Running(folder, process)
    running.listen()
    try:
        running.until("READY")
        yield running
    finally:
        if process.poll() is None:
            running.end()
        if data is None:
            discard(folder)


def environment(**settings: object) -> dict[str, str]:
    """The environment with the settings given, ours without their prefix, and none of whoever runs the tests."""
    foreign = {name: value for name, value in os.environ.items() if not name.startswith(("CROSSDOCK_", "OTEL_"))}
    named = {name if name.startswith("OTEL_") else f"CROSSDOCK_{name}": value for name, value in settings.items()}
    return foreign | {name: str(value) for name, value in named.items()}


def _passes(error: BaseException) -> bool:
    code: Any = getattr(error, "code", None)
    return callable(code) and code() in _PASSING
