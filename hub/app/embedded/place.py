"""Where things lie: the cluster, its sockets, and the shelter for what the server's user could not reach.

Everything is in the data folder unless that user cannot enter it or the socket's path would be too long; then it goes
to a folder the launcher makes itself. What was decided is kept in `postgres.json`, so that the next start finds it.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import stat
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from msgspec import Struct

from hub.app.embedded.account import Account
from hub.app.embedded.errors import DataUnusable
from hub.app.embedded.files import put

SHELTERS: Final = (Path("/var/lib"), Path("/var/tmp"))  # noqa: S108 # nosec B108 - a folder with a random name is made inside
SHORT_FOLDERS: Final = (Path("/run"), Path("/tmp"), Path("/var/tmp"))  # noqa: S108 # nosec B108 - as above
PREFIX: Final = "crossdock-"
_RECORD: Final = "postgres.json"
_SOCKET: Final = ".s.PGSQL.5432"
_SOCKET_PATH_BYTES: Final = 103
"""The shortest limit of the systems we run on (macOS; Linux takes 107)."""


class Place(Struct, frozen=True):
    """Where one embedded database lies, all paths absolute.

    `shelter` is the folder made outside of `data`, `sockets` is None until the first start, and `executable` is the
    server program last started.
    """

    data: Path
    cluster: Path
    sockets: Path | None = None
    shelter: Path | None = None
    executable: Path | None = None

    @property
    def log(self) -> Path:
        """The server's log."""
        return self.data / "postgres.log"

    @property
    def old_log(self) -> Path:
        """What came before `log`, which is begun anew when it has grown long."""
        return self.log.with_name(f"{self.log.name}.1")

    @property
    def lock(self) -> Path:
        """The file whose lock the owner of the data folder holds."""
        return self.data / "postgres.lock"

    @property
    def record(self) -> Path:
        """The file in which these paths are kept."""
        return self.data / _RECORD

    def save(self) -> None:
        """Keep these paths for the next start; a cluster in the data folder is kept as relative, so it may be moved."""
        inside = self.cluster.parent == self.data
        told = {
            "cluster": self.cluster.name if inside else str(self.cluster),
            "sockets": _text(self.sockets),
            "shelter": _text(self.shelter),
            "executable": _text(self.executable),
        }
        put(self.record, json.dumps(told, indent=2) + "\n")


def data_folder(data: Path) -> Path:
    """Answer `data` resolved, made where it does not exist.

    A folder made here may be passed through by the server's user but not listed; one that exists stays as it is.

    Raises:
        DataUnusable: It is no folder, or this process may not write to it.
    """
    resolved = data.expanduser().resolve()
    try:
        if not resolved.exists():
            resolved.mkdir(parents=True)
            resolved.chmod(0o711 if os.geteuid() == 0 else 0o700)
    except OSError as error:
        raise DataUnusable(f"The data folder {resolved} cannot be made: {error.strerror}.") from error
    if not resolved.is_dir():
        raise DataUnusable(f"{resolved} is not a folder.")
    if not os.access(resolved, os.W_OK | os.X_OK):
        raise DataUnusable(f"This user may not write to the data folder {resolved}.")
    return resolved


def recorded(data: Path) -> Place:
    """Answer where the database of `data` (resolved) lies, or would lie at its first start.

    Raises:
        DataUnusable: The record cannot be read, or the cluster was in a shelter that is gone.
    """
    record = data / _RECORD
    if not record.exists():
        return Place(data=data, cluster=data / "postgres")
    try:
        told = json.loads(record.read_text(encoding="utf-8"))
        cluster = data / told["cluster"]
        sockets, shelter, executable = (_path(told[key]) for key in ("sockets", "shelter", "executable"))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise DataUnusable(f"{record} cannot be read: {error}.") from error
    if not cluster.parent.is_dir():
        raise DataUnusable(f"The database of {data} was in {cluster}, which is gone. Remove {record} to begin anew.")
    if shelter is not None and not shelter.is_dir():
        shelter = None
    return Place(data=data, cluster=cluster, sockets=sockets, shelter=shelter, executable=executable)


def made_shelter(account: Account, candidates: Sequence[Path]) -> Path:
    """Make a folder for what `account` cannot reach, in the first of `candidates` where that is possible.

    Raises:
        DataUnusable: In none of them.
    """
    for parent in candidates:
        if not parent.is_dir() or account.blocked_at(parent) is not None or not os.access(parent, os.W_OK):
            continue
        shelter = Path(tempfile.mkdtemp(prefix=PREFIX, dir=parent.resolve()))
        shelter.chmod(0o711)
        return shelter
    raise DataUnusable(f"No folder for the server's user {account.name} can be made in {_listed(candidates)}.")


def socket_folder(place: Place, account: Account, candidates: Sequence[Path] = SHORT_FOLDERS) -> Path:
    """Answer a folder for the server's socket that only `account` and root may enter.

    It is the recorded one while it is fit; else it is made, in the data folder, or with a short path in `candidates`.

    Raises:
        DataUnusable: None could be made.
    """
    if place.sockets is not None and _private_to(place.sockets, account) and _reachable(place.sockets, account):
        return place.sockets
    inside = place.data / "sockets"
    if not inside.exists() and _reachable(inside, account):
        inside.mkdir(mode=0o700)
        account.own(inside)
        return inside
    if _private_to(inside, account) and _reachable(inside, account):
        return inside
    for parent in candidates:
        short = parent.resolve()
        if not short.is_dir() or not os.access(short, os.W_OK) or not _reachable(short / f"{PREFIX}12345678", account):
            continue
        made = Path(tempfile.mkdtemp(prefix=PREFIX, dir=short))
        account.own(made)
        return made
    raise DataUnusable(f"No folder with a path short enough for a socket can be made in {_listed(candidates)}.")


def removed_sockets(place: Place) -> None:
    """Remove the folder made for the socket outside of the data folder, after the server has ended."""
    if place.sockets is not None and place.sockets.parent != place.data and place.sockets.name.startswith(PREFIX):
        with contextlib.suppress(OSError):
            for file in (_SOCKET, f"{_SOCKET}.lock"):
                (place.sockets / file).unlink(missing_ok=True)
            place.sockets.rmdir()


def removed(place: Place) -> None:
    """Remove all that was made for `place`, and the data folder when nothing else is in it."""
    removed_sockets(place)
    trees = [place.data / "postgres", place.data / "sockets", *place.data.glob("postgres.new-*")]
    if place.shelter is not None and place.shelter.name.startswith(PREFIX):
        trees.append(place.shelter)
    for tree in trees:
        shutil.rmtree(tree, ignore_errors=True)
    for file in (place.log, place.old_log, place.record, place.lock):
        file.unlink(missing_ok=True)
    if not any(place.data.iterdir()):
        place.data.rmdir()


def _reachable(folder: Path, account: Account) -> bool:
    """Answer whether the server can listen in `folder`, and libpq be told its path (a comma would part two hosts)."""
    path = os.fsencode(folder / _SOCKET)
    odd = any(character in str(folder) for character in ',"\\')
    return len(path) <= _SOCKET_PATH_BYTES and not odd and account.blocked_at(folder) is None


def _private_to(folder: Path, account: Account) -> bool:
    try:
        status = folder.lstat()
    except OSError:
        return False
    return stat.S_ISDIR(status.st_mode) and status.st_uid == account.uid and stat.S_IMODE(status.st_mode) == 0o700


def _text(path: Path | None) -> str | None:
    return None if path is None else str(path)


def _path(told: str | None) -> Path | None:
    return None if told is None else Path(told)


def _listed(folders: Sequence[Path]) -> str:
    return ", ".join(str(folder) for folder in folders)
