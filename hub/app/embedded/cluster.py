"""One cluster on disk and its server process: made, started, waited for, ended.

Who may own it and where it lies is decided in `owner` and `place`; nothing here decides whether a process is ours.
"""

from __future__ import annotations

import os
import secrets
import shutil
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

from hub.app.embedded import pidfile
from hub.app.embedded.account import Account
from hub.app.embedded.binaries import Binaries
from hub.app.embedded.errors import DataUnusable, DidNotStart, DidNotStop, PredecessorLingers
from hub.app.embedded.files import appended, put

ROLE: Final = "crossdock"
PORT: Final = "5432"
"""No port is opened; it is a part of the socket's name."""
START_SECONDS: Final = 300.0
"""Long, for it may have to recover from a crash first."""
STOP_SECONDS: Final = 60.0
_QUIT_SECONDS: Final = 20.0
_PAUSE_SECONDS: Final = 0.01
_LOG_BYTES: Final = 16 * 1024 * 1024
_UNICODE_LOCALE_MAJOR: Final = 17
_MEMORY_LIMIT: Final = Path("/sys/fs/cgroup/memory.max")
_PREDECESSOR_LINGERS: Final = ("is still in use", 'fatal:  lock file "')

ACCESS: Final = f"""\
# Only through the socket, and only for the user who started Crossdock: the map is in pg_ident.conf.
local  all  {ROLE}  peer  map=owner
"""

LEAST_SHARED: Final = 128
MOST_SHARED: Final = 2048
"""MiB of pages that PostgreSQL keeps for all its processes: an eighth of the machine's memory between these."""

_SETTINGS: Final = """\
# Written by Crossdock when it made this database. Values may be changed here; they hold from the next start.
max_connections = 100
shared_buffers = {shared}MB
effective_cache_size = {cache}MB
work_mem = 8MB
temp_buffers = 64MB
maintenance_work_mem = 128MB
max_locks_per_transaction = 256
max_wal_size = 4GB
min_wal_size = 256MB
checkpoint_timeout = 15min
random_page_cost = 1.1
jit = off
autovacuum_naptime = 15s
timezone = 'UTC'
log_timezone = 'UTC'
datestyle = 'iso, ymd'
lc_messages = 'C'
default_text_search_config = 'pg_catalog.simple'
log_line_prefix = '%m [%p] %q%a '
log_checkpoints = off
"""


_SILENT_OF_ROWS: Final = {
    "log_error_verbosity": "terse",
    "log_min_error_statement": "panic",
    "log_parameter_max_length": "0",
    "log_parameter_max_length_on_error": "0",
}
"""What keeps values of rows, of statements and of parameters out of the server's log."""


def configuration(memory: int) -> str:
    """The configuration of a new cluster on a machine with so many bytes of memory."""
    mebibytes = memory >> 20
    shared = min(MOST_SHARED, max(LEAST_SHARED, mebibytes // 8))
    return _SETTINGS.format(shared=shared, cache=max(4 * shared, mebibytes // 2))


def memory_bytes() -> int:
    """How much memory this process may use: the machine's, or less where a container has a limit."""
    machine = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    try:
        limit = _MEMORY_LIMIT.read_text(encoding="ascii").strip()
    except OSError:
        return machine
    return min(machine, int(limit)) if limit.isdecimal() else machine


def major_version(cluster: Path) -> int | None:
    """Answer the major version that `cluster` records, None where there is no cluster yet.

    Raises:
        DataUnusable: The folder exists but is no cluster.
    """
    if not cluster.exists():
        return None
    try:
        return int((cluster / "PG_VERSION").read_text(encoding="ascii").strip())
    except (OSError, ValueError) as error:
        raise DataUnusable(
            f"{cluster} is no PostgreSQL data directory: {error}. Move it away to begin anew."
        ) from error


def make(cluster: Path, binaries: Binaries, account: Account, *, log: Path, durable: bool) -> None:
    """Make a new cluster; it appears under its name only when it is whole, so a kill leaves nothing half made.

    Raises:
        DidNotStart: initdb failed.
    """
    for leftover in cluster.parent.glob(f"{cluster.name}.new-*"):
        shutil.rmtree(leftover, ignore_errors=True)
    fresh = cluster.with_name(f"{cluster.name}.new-{secrets.token_hex(4)}")
    fresh.mkdir(mode=0o700)
    account.own(fresh)
    command = [str(binaries.initdb), "--pgdata", str(fresh), "--username", ROLE, "--auth", "peer"]
    command += ["--encoding", "UTF8", "--data-checksums", "--no-instructions", *_locale(binaries.major)]
    with appended(log) as output:
        making = account.spawn(command if durable else [*command, "--no-sync"], output=output)
        try:
            ended = making.wait()
        except BaseException:
            making.kill()
            raise
    if ended != 0:
        shutil.rmtree(fresh, ignore_errors=True)
        raise DidNotStart(f"initdb of PostgreSQL {binaries.version} ended with {ended}", log)
    put(fresh / "postgresql.conf", configuration(memory_bytes()))
    put(fresh / "pg_hba.conf", ACCESS)
    fresh.rename(cluster)


def admit(cluster: Path, user: str) -> None:
    """Let the operating system's user `user`, and nobody else, in as `ROLE`."""
    put(cluster / "pg_ident.conf", f'owner  "{user}"  {ROLE}\n')


def start(
    cluster: Path, binaries: Binaries, account: Account, *, sockets: Path, log: Path, durable: bool
) -> subprocess.Popen[bytes]:
    """Start the server and wait until it takes connections.

    Raises:
        PredecessorLingers: Another server on the cluster, or backends of one that was killed, are still there.
        DidNotStart: It ended, or was not ready within `START_SECONDS`.
    """
    if log.exists() and log.stat().st_size > _LOG_BYTES:
        log.replace(log.with_name(f"{log.name}.1"))
    with appended(log) as output:
        offset = os.fstat(output.fileno()).st_size
        server = account.spawn(_command(cluster, binaries, sockets, durable=durable), output=output)
    if _ready(server, cluster, log):
        return server
    kind = PredecessorLingers if _predecessor_lingers(log, offset) else DidNotStart
    raise kind(f"PostgreSQL {binaries.version} on {cluster} ended at once", log)


def end(pid: int, *, gone: Callable[[], bool]) -> None:
    """End the server `pid`: its clients are cut off, its data are written; where that hangs, it goes without.

    Args:
        pid: The server's process, known to be ours.
        gone: Answers whether it has ended.

    Raises:
        DidNotStop: It still runs.
    """
    for order, seconds in ((signal.SIGINT, STOP_SECONDS), (signal.SIGQUIT, _QUIT_SECONDS)):
        try:
            os.kill(pid, order)
        except ProcessLookupError:
            return
        if _until(gone, seconds):
            return
    raise DidNotStop(pid, STOP_SECONDS + _QUIT_SECONDS)


def _command(cluster: Path, binaries: Binaries, sockets: Path, *, durable: bool) -> list[str]:
    settings = {
        "listen_addresses": "",
        "port": PORT,
        "unix_socket_directories": str(sockets),
        "unix_socket_permissions": "0700",
        "logging_collector": "off",
        "log_destination": "stderr",
        **_SILENT_OF_ROWS,
    }
    if not durable:
        settings |= {"fsync": "off", "full_page_writes": "off"}
    options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
    return [str(binaries.postgres), "-D", str(cluster), *options]


def _ready(server: subprocess.Popen[bytes], cluster: Path, log: Path) -> bool:
    """Wait for `server`: True when it takes connections, False when it ended."""

    def settled() -> bool:
        told = pidfile.read(cluster)
        return server.poll() is not None or (told is not None and told.pid == server.pid and told.ready)

    try:
        if _until(settled, START_SECONDS):
            return server.poll() is None
    except BaseException:
        end(server.pid, gone=lambda: server.poll() is not None)
        raise
    end(server.pid, gone=lambda: server.poll() is not None)
    raise DidNotStart(f"PostgreSQL on {cluster} was not ready within {START_SECONDS:g} seconds", log)


def _predecessor_lingers(log: Path, offset: int) -> bool:
    with log.open("rb") as file:
        file.seek(offset)
        said = file.read().decode("utf-8", errors="replace").lower()
    return any(phrase in said for phrase in _PREDECESSOR_LINGERS)


def _until(condition: Callable[[], bool], seconds: float) -> bool:
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(_PAUSE_SECONDS)
    return True


def _locale(major: int) -> list[str]:
    if major >= _UNICODE_LOCALE_MAJOR:
        return ["--locale-provider", "builtin", "--builtin-locale", "C.UTF-8", "--locale", "C"]
    return ["--locale", "C.UTF-8"]
