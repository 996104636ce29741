"""What processes have taken of the processors so far."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from typing import Final

_TICKS: Final = os.sysconf("SC_CLK_TCK")


def seconds_of(pid: int) -> float:
    """Return the processor seconds of a process, in itself and for it in the system."""
    return sum(_fields(pid)[:2]) / _TICKS


def family_seconds_of(pid: int) -> float:
    """Return the processor seconds of a process, of its children that live, and of those that it has buried."""
    total = sum(_fields(pid)) / _TICKS
    for task in Path(f"/proc/{pid}/task").iterdir():
        for child in (task / "children").read_text().split():
            with suppress(FileNotFoundError, ProcessLookupError):
                total += family_seconds_of(int(child))
    return total


def _fields(pid: int) -> tuple[int, ...]:
    """Ticks of a process: its own, the system's for it, and both of the children it has buried."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return tuple(int(field) for field in fields[11:15])
