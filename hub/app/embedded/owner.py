"""The embedded PostgreSQL as its owner sees it: start it on a data folder, use its URL, stop it.

The owner holds a lock on the data folder while the server runs. When it was killed, the next owner finds the server
that was left behind, ends it and starts its own; so no server outlives the last owner.
"""

from __future__ import annotations

import atexit
import fcntl
import os
import pwd
import shutil
import subprocess
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import Self
from urllib.parse import quote

import psycopg

from hub.app.embedded import binaries as installations
from hub.app.embedded import cluster as clusters
from hub.app.embedded import pidfile
from hub.app.embedded import place as places
from hub.app.embedded.account import Account, server_account
from hub.app.embedded.binaries import Binaries
from hub.app.embedded.errors import AlreadyRunning, DataUnusable, StrangeServer, WrongMajorVersion
from hub.app.embedded.place import Place

DATABASE = "crossdock"


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
            durable: False gives up safety against a crash of the machine, for databases thrown away after use.
            binaries: The PostgreSQL to run; None takes the best installed one.
            shelters: Where a folder may be made for what the server's user cannot reach.

        Raises:
            AlreadyRunning: Another process holds `data`.
            EmbeddedError: Any other reason, said in its message.
        """
        folder = places.data_folder(data)
        locks = [_locked(folder / "postgres.lock", folder)]
        try:
            place = places.recorded(folder)
            account = server_account(place.cluster)
            chosen = _chosen(place, binaries)
            place, chosen = _within_reach(place, chosen, account, shelters, echo)
            if place.shelter is not None:
                locks.append(_locked(place.shelter / "postgres.lock", folder))
            self = cls(place, chosen, account, durable=durable, locks=locks)
            self._bring_up(echo)
        except BaseException:
            _unlock(locks)
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
    def pid(self) -> int | None:
        """The server's process; None when it does not run."""
        if self._server is None or self._server.poll() is not None:
            return None
        return self._server.pid

    def url_of(self, database: str) -> str:
        """Answer the URL of another database of this server."""
        host = quote(str(self.socket_folder), safe="")
        return f"postgresql://{clusters.ROLE}@/{quote(database, safe='')}?host={host}"

    def restart(self, *, echo: Callable[[str], None]) -> None:
        """Start the server again, after it ended (as when it was killed) or while it runs; the URL stays the same."""
        self._end()
        self._bring_up(echo)

    def stop(self) -> None:
        """End the server and let go of the data folder; a second call does nothing."""
        atexit.unregister(self._stop_at_exit)
        try:
            self._end()
        finally:
            _unlock(self._locks)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def _bring_up(self, echo: Callable[[str], None]) -> None:
        place, account = self._place, self._account
        _end_left_behind(place, account, echo)
        if not place.cluster.exists():
            clusters.make(place.cluster, self._binaries, account, log=place.log, durable=self._durable)
        clusters.admit(place.cluster, account, pwd.getpwuid(os.geteuid()).pw_name)
        sockets = places.socket_folder(place, account)
        if sockets.parent != place.data and sockets != place.sockets:
            echo(f"database socket: in {sockets}, because its path in {place.data} cannot be used")
        self._place = place = replace(place, sockets=sockets, executable=self._binaries.postgres.resolve())
        place.save()
        self._server = clusters.start(
            place.cluster, self._binaries, account, sockets=sockets, log=place.log, durable=self._durable
        )
        try:
            _make_database(self.url_of("postgres"))
        except BaseException:
            self._end()
            raise

    def _end(self) -> None:
        server, self._server = self._server, None
        if server is not None and server.poll() is None:
            clusters.end(server.pid, gone=lambda: server.poll() is not None)

    def _stop_at_exit(self) -> None:
        if os.getpid() == self._owner_pid:
            self.stop()


def discard(data: Path) -> None:
    """Remove a database with all the launcher made for it, ending a server that was left behind.

    Raises:
        AlreadyRunning: Its owner lives.
    """
    folder = places.data_folder(data)
    locks = [_locked(folder / "postgres.lock", folder)]
    try:
        place = places.recorded(folder)
        if place.cluster.exists():
            account = server_account(place.cluster)
            _end_left_behind(place, account, echo=lambda _: None)
        for made in (place.cluster, place.sockets, place.shelter):
            if made is not None:
                shutil.rmtree(made, ignore_errors=True)
        for file in (place.log, place.log.with_name(place.log.name + ".1"), place.record, place.lock):
            file.unlink(missing_ok=True)
        if not any(folder.iterdir()):
            folder.rmdir()
    finally:
        _unlock(locks)


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
    if blocked is not None:
        echo(f"database: kept in {place.cluster}, because the user {account.name} may not enter {blocked}")
    if binaries_blocked:
        chosen = installations.copied(chosen, shelter)
        echo(f"PostgreSQL {chosen.version}: copied to {chosen.bin.parent}, where the user {account.name} can run it")
    return place, chosen


def _end_left_behind(place: Place, account: Account, echo: Callable[[str], None]) -> None:
    """End the server of an owner that was killed; remove a pid file that names somebody else."""
    found = pidfile.judge(place.cluster, place.executable, account)
    if found.verdict is pidfile.Verdict.UNCLEAR:
        raise StrangeServer(place.cluster, found.pid, f"another {found.differs}")
    if found.verdict is pidfile.Verdict.STRANGER:
        pidfile.remove(place.cluster)
    if found.verdict is pidfile.Verdict.OURS:
        echo(f"database: ending PostgreSQL (process {found.pid}), which was left behind")
        clusters.end(found.pid, gone=lambda: not pidfile.alive(found.pid))
        if pidfile.judge(place.cluster, place.executable, account).verdict is pidfile.Verdict.STRANGER:
            pidfile.remove(place.cluster)


def _make_database(url: str) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        if connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone() is None:
            connection.execute(f"CREATE DATABASE {DATABASE}")


def _locked(path: Path, data: Path) -> int:
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        owner = os.pread(descriptor, 32, 0).decode("ascii", errors="replace").strip()
        os.close(descriptor)
        raise AlreadyRunning(data, owner) from None
    os.ftruncate(descriptor, 0)
    os.pwrite(descriptor, f"{os.getpid()}\n".encode("ascii"), 0)
    return descriptor


def _unlock(locks: list[int]) -> None:
    while locks:
        os.close(locks.pop())
