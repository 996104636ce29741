"""Whose server is it? PostgreSQL's own pid file, judged against the process it names.

A pid file outlives a kill -9 and still says "ready"; by then its number may belong to anybody. So a process counts as
our server only when directory, start time, executable and working directory all match. Ending it is left to
`cluster`.
"""

from __future__ import annotations

import enum
import os
import subprocess
from pathlib import Path
from typing import Final

import psutil
from msgspec import Struct

from hub.app.embedded.account import Account

NAME: Final = "postmaster.pid"
_START_TOLERANCE_SECONDS: Final = 15.0
_MIN_LINES: Final = 3
_STATUS_LINE: Final = 7


class PidFile(Struct, frozen=True):
    """What a running, or dead, server wrote of itself: `started_at` in seconds since 1970."""

    pid: int
    directory: str
    started_at: int
    ready: bool


class Verdict(enum.Enum):
    """Whom the pid file names."""

    NOBODY = "nobody"
    """There is no file, or the process has ended; PostgreSQL itself deals with the file."""
    OURS = "ours"
    STRANGER = "stranger"
    """A living process that is no server of this cluster, or one that ended and was never reaped."""
    UNCLEAR = "unclear"
    """A PostgreSQL working in this cluster that does not match in all points."""


class Judgment(Struct, frozen=True):
    """The verdict on process `pid`, and for UNCLEAR what did not match."""

    verdict: Verdict
    pid: int = 0
    differs: str = ""


def read(cluster: Path) -> PidFile | None:
    """Answer the pid file of `cluster`; None where there is none or it is not whole (yet)."""
    try:
        lines = (cluster / NAME).read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return None
    if len(lines) < _MIN_LINES or not lines[0].strip().isdigit() or not lines[2].strip().isdigit():
        return None
    status = lines[_STATUS_LINE].strip() if len(lines) > _STATUS_LINE else ""
    return PidFile(pid=int(lines[0]), directory=lines[1], started_at=int(lines[2]), ready=status == "ready")


def remove(cluster: Path) -> None:
    """Remove the pid file of `cluster`; only for a file judged STRANGER."""
    (cluster / NAME).unlink(missing_ok=True)


def alive(pid: int) -> bool:
    """Answer whether process `pid` runs; one that ended and waits to be reaped does not."""
    try:
        return psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False
    except psutil.AccessDenied:
        return True


def judge(cluster: Path, executable: Path | None, account: Account) -> Judgment:
    """Answer whom the pid file of `cluster` names.

    Args:
        cluster: The data directory of the server, resolved.
        executable: The server program this launcher last started on it; None when it never started one.
        account: The user the server runs as.
    """
    told = read(cluster)
    if told is None:
        return Judgment(Verdict.NOBODY)
    try:
        process = psutil.Process(told.pid)
        if process.status() == psutil.STATUS_ZOMBIE:
            return Judgment(Verdict.STRANGER, told.pid)
        created_at = process.create_time()
        program = _link(told.pid, "exe", account)
        folder = _link(told.pid, "cwd", account)
    except psutil.NoSuchProcess:
        return Judgment(Verdict.NOBODY)
    if program is None or folder != cluster or program.name != "postgres":
        return Judgment(Verdict.STRANGER, told.pid)
    differs = [
        name
        for name, matches in (
            ("directory", Path(told.directory) == cluster),
            ("start time", abs(created_at - told.started_at) <= _START_TOLERANCE_SECONDS),
            ("executable", executable is not None and program == executable),
        )
        if not matches
    ]
    if differs:
        return Judgment(Verdict.UNCLEAR, told.pid, " and ".join(differs))
    return Judgment(Verdict.OURS, told.pid)


def _link(pid: int, which: str, account: Account) -> Path | None:
    """Answer where /proc/PID/`which` points, or None when neither we nor the server's user may know.

    Root without CAP_SYS_PTRACE (the rule in containers) may not look at another user's process; that user may.
    """
    process = psutil.Process(pid)
    try:
        told = process.exe() if which == "exe" else process.cwd()
    except psutil.AccessDenied:
        if not account.switches:
            return None
        told = _asked_as(account, pid, which)
    return Path(told.removesuffix(" (deleted)")) if told else None


def _asked_as(account: Account, pid: int, which: str) -> str:
    asking = account.spawn(["readlink", f"/proc/{pid}/{which}"], output=subprocess.PIPE)
    answer, _ = asking.communicate()
    return os.fsdecode(answer.rstrip(b"\n")) if asking.returncode == 0 else ""
