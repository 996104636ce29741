"""Forwards what hosted adapters wrote of traces to the collector: adapters write files and know no collector."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from hub.app.supervisor.hosting import TRACE_FILE
from hub.observability.otlp import Exporter
from hub.observability.recording import Sink
from hub.observability.spans import Span, span_of

EVERY_SECONDS: Final = 0.5


class Forwarding:
    """Follows the adapters' trace file from its present end, until closed."""

    def __init__(self, traces: Path, endpoint: str) -> None:
        self._file = traces / TRACE_FILE
        self._position = self._file.stat().st_size if self._file.exists() else 0
        self._sink = Sink("collector", Exporter(endpoint))
        self._ending = threading.Event()
        self._thread = threading.Thread(target=self._run, name="forwarding", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Forwards the rest and ends."""
        self._ending.set()
        self._thread.join()
        self._sink.close()

    def _run(self) -> None:
        while not self._ending.wait(EVERY_SECONDS):
            self._forward()
        self._forward()

    def _forward(self) -> None:
        for span in self._new():
            self._sink.put(span)

    def _new(self) -> Iterator[Span]:
        """The spans of the lines that were finished since the last look."""
        size = self._file.stat().st_size if self._file.exists() else 0
        if size < self._position:
            self._position = 0  # it was put aside, and a new one begun
        if size == self._position:
            return
        with self._file.open("rb") as opened:
            opened.seek(self._position)
            for line in opened:
                if not line.endswith(b"\n"):
                    return
                self._position += len(line)
                if (span := span_of(line)) is not None:
                    yield span
