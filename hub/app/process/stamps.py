"""Whether a file changed since it was looked at."""

from __future__ import annotations

from pathlib import Path

Stamp = tuple[int, int] | None
"""What a file had when it was looked at: another one means that it was written since. None where there is none."""


def stamp_of(path: Path) -> Stamp:
    """Return what a file has now: when it was changed, and which file it is."""
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_mtime_ns, status.st_ino
