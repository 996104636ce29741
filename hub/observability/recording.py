"""Takes spans from the hot path and hands them on in the background: to a file of JSON lines, to a collector.

The path that records only appends to a bounded buffer. What does not fit is dropped and counted: telling must never
slow what is told of.
"""

from __future__ import annotations

import logging
import os
import threading
from collections import deque
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final, Self

from hub.observability.otlp import Exporter
from hub.observability.spans import Span, line_of

log = logging.getLogger(__name__)

CAPACITY: Final = 65_536
"""Spans that wait for one sink at most."""
EVERY_SECONDS: Final = 0.2
CLOSING_SECONDS: Final = 5.0
LARGEST_FILE_BYTES: Final = 256 * 1024 * 1024
"""A trace file that has grown beyond becomes NAME.1, and that one is forgotten."""

Write = Callable[[Sequence[Span]], None]


class Sink:
    """Where spans go: a bounded buffer, and a thread that writes what is in it every so often."""

    def __init__(
        self, name: str, write: Write, *, capacity: int = CAPACITY, every_seconds: float = EVERY_SECONDS
    ) -> None:
        self.dropped = 0
        self._name, self._write = name, write
        self._capacity, self._every_seconds = capacity, every_seconds
        self._waiting: deque[Span] = deque()
        self._ending = threading.Event()
        self._writing = threading.Lock()
        self._thread = threading.Thread(target=self._run, name=f"spans-{name}", daemon=True)
        self._thread.start()

    def put(self, span: Span) -> None:
        """Takes a span, or counts it as dropped."""
        if len(self._waiting) < self._capacity:
            self._waiting.append(span)
        else:
            self.dropped += 1

    def flush(self) -> None:
        """Writes what waits now; what cannot be written is dropped and counted."""
        with self._writing:
            batch = [self._waiting.popleft() for _ in range(len(self._waiting))]
            if not batch:
                return
            try:
                self._write(batch)
            except Exception as error:  # whatever a file or a collector does must not end the telling
                self.dropped += len(batch)
                log.warning("%d spans were not written to the %s (%s)", len(batch), self._name, type(error).__name__)

    def close(self) -> None:
        """Writes what waits and ends the thread, within a few seconds."""
        self._ending.set()
        self._thread.join(CLOSING_SECONDS)
        if self.dropped:
            log.warning("%d spans did not reach the %s", self.dropped, self._name)

    def _run(self) -> None:
        while not self._ending.wait(self._every_seconds):
            self.flush()
        self.flush()


class SpanRecorder:
    """A recorder over sinks; as a context manager it is closed at the end."""

    def __init__(self, sinks: Sequence[Sink]) -> None:
        self._sinks = tuple(sinks)

    def add(self, span: Span) -> None:
        """Takes a span that has ended."""
        for sink in self._sinks:
            sink.put(span)

    def flush(self) -> None:
        """Writes all that was added."""
        for sink in self._sinks:
            sink.flush()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for sink in self._sinks:
            sink.close()


def recorder_of(service: str, *, traces: Path | None, endpoint: str | None) -> SpanRecorder:
    """The recorder of a process: to `traces`/SERVICE.jsonl where a folder is given, to a collector where one is."""
    sinks = []
    if traces is not None:
        traces.mkdir(mode=0o700, parents=True, exist_ok=True)
        sinks.append(Sink("file", FileWriter(traces / f"{service}.jsonl")))
    if endpoint is not None:
        sinks.append(Sink("collector", Exporter(endpoint)))
    return SpanRecorder(sinks)


class FileWriter:
    """Appends spans to a file in one write, so that lines of several processes never mix."""

    def __init__(self, file: Path, *, largest_bytes: int = LARGEST_FILE_BYTES) -> None:
        self._file, self._largest_bytes = file, largest_bytes

    def __call__(self, spans: Sequence[Span]) -> None:
        """Writes spans, a line each."""
        lines = "".join(f"{line_of(span)}\n" for span in spans).encode()
        descriptor = os.open(self._file, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        try:
            os.write(descriptor, lines)
        finally:
            os.close(descriptor)
        put_aside(self._file, largest_bytes=self._largest_bytes)


def put_aside(file: Path, *, largest_bytes: int = LARGEST_FILE_BYTES) -> None:
    """Renames a file that has grown beyond to NAME.1; the one of that name before is forgotten."""
    with suppress(FileNotFoundError):  # another process that writes to it may have put it aside just now
        if file.stat().st_size > largest_bytes:
            file.replace(file.with_name(f"{file.name}.1"))
