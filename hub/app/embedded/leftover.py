"""What a killed owner left behind: its server, found by the pid file and ended, and everything it had made."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from hub.app.embedded import cluster as clusters
from hub.app.embedded import files, pidfile
from hub.app.embedded import place as places
from hub.app.embedded.account import Account, server_account
from hub.app.embedded.errors import StrangeServer
from hub.app.embedded.pidfile import Verdict
from hub.app.embedded.place import Place


def end_left_behind(place: Place, account: Account, echo: Callable[[str], None]) -> None:
    """End the server of an owner that was killed, if there is one; remove a pid file that names a stranger's process.

    Only for who holds the lock of the data folder. A server that may or may not be ours is left alone.

    Raises:
        StrangeServer: Such a server runs on the cluster.
        DidNotStop: The server still runs after it was told to end.
    """
    found = pidfile.judge(place.cluster, place.executable, account)
    if found.verdict is Verdict.UNCLEAR:
        raise StrangeServer(place.cluster, found.pid, f"another {found.differs}")
    if found.verdict is Verdict.OURS:
        echo(f"database: ending PostgreSQL (process {found.pid}), which was left behind")
        clusters.end(found.pid, gone=lambda: not pidfile.alive(found.pid))
        found = pidfile.judge(place.cluster, place.executable, account)
    if found.verdict is Verdict.STRANGER:
        pidfile.remove(place.cluster)


def discard(data: Path) -> None:
    """Remove a database with all the launcher made for it, ending a server that was left behind.

    Raises:
        AlreadyRunning: Its owner lives.
    """
    folder = places.data_folder(data)
    locks = [files.lock(folder / "postgres.lock", folder)]
    try:
        place = places.recorded(folder)
        if place.shelter is not None:
            locks.append(files.lock(place.shelter / "postgres.lock", folder))
        if place.cluster.exists():
            end_left_behind(place, server_account(place.cluster), echo=lambda _: None)
        places.removed(place)
    finally:
        files.unlock(locks)
