"""The embedded PostgreSQL as its owner sees it: start it on a data folder, use its URL, stop it.

The owner holds a lock on the data folder while the server runs. When it was killed, the next owner finds the server
that was left behind, ends it and starts its own; so no server outlives the last owner.
"""

from __future__ import annotations

import atexit
import os
import pwd
import subprocess
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from types import TracebackType
from typing import Final, Self
from urllib.parse import quote

import psycopg
from msgspec.structs import replace

from hub.app.embedded import binaries as installations
from hub.app.embedded import cluster as clusters
from hub.app.embedded import files
from hub.app.embedded import place as places
from hub.app.embedded.account import Account, server_account
from hub.app.embedded.binaries import Binaries
from hub.app.embedded.errors import DataUnusable, PredecessorLingers, WrongMajorVersion
from hub.app.embedded.leftover import end_left_behind
from hub.app.embedded.place import Place

DATABASE: Final = "crossdock"
_ATTEMPTS: Final = 50
_ATTEMPT_PAUSE_SECONDS: Final = 0.1


class Embedded:
    """A PostgreSQL server that lives as long as its owner; as a context manager it is stopped at the end."""

    def __init__(self, place: Place, binaries: Binaries, account: Account, *, durable: bool, locks: list[int]) -> None:
        """Used by `start` alone."""
        self._place = place
        self._binaries = binaries
        self._account = account
        self._durable = durable
        self._locks = locks
        self._server: subprocess.Popen[bytes] | None = None
        self._owner_pid = os.getpid()

    @classmethod
    def start(
        cls,
        data: Path,
        *,
        echo: Callable[[str], None],
        durable: bool = True,
        binaries: Binaries | None = None,
        shelters: Sequence[Path] = places.SHELTERS,
    ) -> Self:
        """Start the server of the data folder `data`, making the folder and a new database where there are none.

        A server left behind by an owner that was killed is ended first.

        Args:
            data: The folder that keeps the database, its log and its lock.
            echo: Told, one line each, what lies elsewhere than in `data`, and what was found left behind.
            durable: False gives up safety against a crash of the machine, not of a process; for throw-away databases.
            binaries: The PostgreSQL to run; None takes the best installed one.
            shelters: Where a folder may be made for what the server's user cannot reach.

        Raises:
            AlreadyRunning: Another process holds `data`.
            EmbeddedError: Any other reason, said in its message.
        """
        folder = places.data_folder(data)
        locks: list[int] = []
        try:
            locks.append(files.lock(folder / "postgres.lock", folder))
            place = places.recorded(folder)
            account = server_account(place.cluster)
            chosen = _chosen(place, binaries)
            place, chosen = _within_reach(place, chosen, account, shelters, echo)
            if place.cluster.parent != folder:
                echo(f"database: kept in {place.cluster}, because the user {account.name} could not enter {folder}")
            if place.shelter is not None:
                locks.append(files.lock(place.shelter / "postgres.lock", folder))
            self = cls(place, chosen, account, durable=durable, locks=locks)
            self._bring_up(echo)
        except OSError as error:
            files.unlock(locks)
            raise DataUnusable(f"The database in {folder} cannot be started: {error}.") from error
        except BaseException:
            files.unlock(locks)
            raise
        atexit.register(self._stop_at_exit)
        return self

    @property
    def url(self) -> str:
        """The URL of the database for libpq; it works for the user of this process, and holds no secret."""
        return self.url_of(DATABASE)

    @property
    def data(self) -> Path:
        """The data folder."""
        return self._place.data

    @property
    def log_path(self) -> Path:
        """The server's log."""
        return self._place.log

    @property
    def cluster(self) -> Path:
        """PostgreSQL's own data directory; outside of `data` where the server's user could not reach it there."""
        return self._place.cluster

    @property
    def socket_folder(self) -> Path:
        """The folder of the server's socket."""
        return self._place.sockets or self._place.data

    @property
    def version(self) -> str:
        """The server's version, such as `18.4`."""
        return self._binaries.version

    @property
    def programs(self) -> Path:
        """The folder of the server's programs."""
        return self._binaries.bin

    @property
    def pid(self) -> int | None:
        """The server's process; None when it does not run."""
        if self._server is None or self._server.poll() is not None:
            return None
        return self._server.pid

    def url_of(self, database: str) -> str:
        """Answer the URL of another database of this server."""
        host = quote(str(self.socket_folder), safe="")
        return f"postgresql://{clusters.ROLE}@/{quote(database, safe='')}?host={host}&port={clusters.PORT}"

    def restart(self, *, echo: Callable[[str], None]) -> None:
        """Start the server again, after it ended (as when it was killed) or while it runs; the URL stays the same."""
        self._end()
        self._bring_up(echo)

    def stop(self) -> None:
        """End the server and let go of the data folder; a second call does nothing."""
        atexit.unregister(self._stop_at_exit)
        try:
            self._end()
            places.removed_sockets(self._place)
        finally:
            files.unlock(self._locks)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def _bring_up(self, echo: Callable[[str], None]) -> None:
        place, account = self._place, self._account
        end_left_behind(place, account, echo)
        if not place.cluster.exists():
            clusters.make(place.cluster, self._binaries, account, log=place.log, durable=self._durable)
        clusters.admit(place.cluster, pwd.getpwuid(os.geteuid()).pw_name)
        sockets = places.socket_folder(place, account)
        if sockets.parent != place.data:
            echo(f"database socket: in {sockets}, because its path in {place.data} cannot be used")
        self._place = replace(place, sockets=sockets, executable=self._binaries.postgres.resolve())
        self._place.save()
        self._server = self._started(sockets, echo)
        try:
            _make_database(self.url_of("postgres"))
        except BaseException:
            self._end()
            raise

    def _started(self, sockets: Path, echo: Callable[[str], None]) -> subprocess.Popen[bytes]:
        """Start the server, once more while what a killed one left behind is still going away."""
        place, patience = self._place, _ATTEMPTS
        while True:
            try:
                return clusters.start(
                    place.cluster, self._binaries, self._account, sockets=sockets, log=place.log, durable=self._durable
                )
            except PredecessorLingers:
                patience -= 1
                if patience == 0:
                    raise
                time.sleep(_ATTEMPT_PAUSE_SECONDS)
                end_left_behind(place, self._account, echo)

    def _end(self) -> None:
        server, self._server = self._server, None
        if server is not None and server.poll() is None:
            clusters.end(server.pid, gone=lambda: server.poll() is not None)

    def _stop_at_exit(self) -> None:
        if os.getpid() == self._owner_pid:
            self.stop()


def _chosen(place: Place, wanted: Binaries | None) -> Binaries:
    recorded = clusters.major_version(place.cluster)
    if wanted is None:
        return installations.choose(place.cluster, recorded)
    if recorded is not None and recorded != wanted.major:
        raise WrongMajorVersion(place.cluster, recorded, [wanted.major])
    return wanted


def _within_reach(
    place: Place, chosen: Binaries, account: Account, shelters: Sequence[Path], echo: Callable[[str], None]
) -> tuple[Place, Binaries]:
    """Answer place and binaries such that `account` reaches both, sheltering what it does not reach."""
    blocked = account.blocked_at(place.cluster.parent)
    if blocked is not None and place.cluster.exists():
        raise DataUnusable(f"The database in {place.cluster} belongs to {account.name}, who may not enter {blocked}.")
    binaries_blocked = not chosen.within_reach(account)
    if blocked is None and not binaries_blocked:
        return place, chosen
    shelter = place.shelter or places.made_shelter(account, shelters)
    place = replace(place, shelter=shelter, cluster=place.cluster if blocked is None else shelter / "postgres")
    place.save()
    if binaries_blocked:
        given, chosen = chosen, installations.copied(chosen, shelter)
        echo(
            f"PostgreSQL {chosen.version}: run from {chosen.bin}, because {account.name} cannot read {given.bin.parent}"
        )
    return place, chosen


def _make_database(url: str) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        if connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone() is None:
            connection.execute(f"CREATE DATABASE {DATABASE}")
