"""The machine that figures come from, and the page that shows them: figures without it mean little."""

from __future__ import annotations

import importlib.metadata
import os
import platform
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from bench.plot import bounds
from bench.ratio import Row, keeps

BEGIN: Final = "<!-- figures: drawn by `python -m bench --all --plot` -->"
END: Final = "<!-- end of figures -->"


class NoPlace(Exception):
    """A page has no place for figures."""


def load() -> float:
    """How many programs wanted a processor during the last minute."""
    return os.getloadavg()[0]


def described() -> str:
    """Processor, cores, and the versions that matter."""
    return (
        f"{_processor()}, {len(os.sched_getaffinity(0))} cores, Python {platform.python_version()},"
        f" grpcio {importlib.metadata.version('grpcio')}, psycopg {importlib.metadata.version('psycopg')}"
    )


def put_figures(
    page: str, told: Mapping[str, Mapping[str, Any]], rows: Mapping[str, Row], reasons: Mapping[str, str], about: str
) -> str:
    """The page with figures as the bench prints them between its two marks. Raises NoPlace when it has none."""
    head, begin, rest = page.partition(BEGIN)
    _, end, tail = rest.partition(END)
    if not begin or not end:
        raise NoPlace(f"the page has no lines {BEGIN} and {END}")
    lines = ["| row | median | least | greatest | bar | aim | |", "|---|---|---|---|---|---|---|"]
    for name, row in told.items():
        figures = ("-" if row[key] is None else f"{row[key]:g}" for key in ("value", "min", "max"))
        lines.append(
            f"| `{name}` | {' | '.join((*figures, *bounds(rows[name])))} | {_word(row, rows[name], reasons[name])} |"
        )
    return "\n".join([f"{head}{begin}", "", f"{about}.", "", *lines, "", f"{end}{tail}"])


def _word(figures: Mapping[str, Any], row: Row, reason: str) -> str:
    if not figures["judged"]:
        return f"not judged: {reason}"
    if not keeps(figures["value"], row.bar, at_most=row.at_most):
        return "below its bar"
    reached = row.aim is not None and keeps(figures["value"], row.aim, at_most=row.at_most)
    return "reaches its aim" if reached else "keeps to its bar"


def _processor() -> str:
    known = Path("/proc/cpuinfo")
    lines = known.read_text("utf-8").splitlines() if known.exists() else []
    return next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), platform.machine())
