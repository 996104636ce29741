"""Finds a trace in the files that the processes of one machine write."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from hub.observability.spans import Span, span_of


def spans_of(folder: Path, trace_id: str) -> list[Span]:
    """The spans of a trace in all files of a folder; none where there is no folder."""
    return [span for file in files(folder) for span in _spans_in(file, trace_id)]


def files(folder: Path) -> list[Path]:
    """The trace files of a folder, those put aside before the ones in use."""
    return [*sorted(folder.glob("*.jsonl.1")), *sorted(folder.glob("*.jsonl"))]


def _spans_in(file: Path, trace_id: str) -> Iterator[Span]:
    wanted = trace_id.encode()
    with file.open("rb") as opened:
        for line in opened:
            if wanted in line:
                span = span_of(line)
                if span is not None and span.trace_id == trace_id:
                    yield span
