"""Who the server runs as, and which folders that user can reach.

PostgreSQL refuses to run as root. Started as root, the launcher gives the server to an unprivileged user that exists
already; it makes no user and changes no mode of a folder it did not make, so reach is only ever computed here.
"""

from __future__ import annotations

import os
import pwd
import stat
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import IO, Final

from msgspec import Struct

from hub.app.embedded.errors import NoAccount

CANDIDATES: Final = ("nobody", "postgres")
_ENTER: Final = stat.S_IXOTH
_READ: Final = stat.S_IROTH
_LIBRARY_PATH: Final = "LD_LIBRARY_PATH"


class Account(Struct, frozen=True):
    """The user the server runs as; `switches` when that is not the user of this process."""

    name: str
    uid: int
    gid: int
    switches: bool

    def blocked_at(self, path: Path) -> Path | None:
        """Answer the first folder on the way to the folder `path`, itself included, that this user may not enter."""
        if not self.switches:
            return None
        resolved = path.resolve()
        for folder in (*reversed(resolved.parents), resolved):
            if folder.exists() and not self._permits(folder, _ENTER):
                return folder
        return None

    def reads_all(self, tree: Path) -> bool:
        """Answer whether this user can reach and read every file under `tree`."""
        if not self.switches:
            return True
        if self.blocked_at(tree) is not None or not self._permits(tree, _READ):
            return False
        return all(self._permits(entry, _READ | (_ENTER if entry.is_dir() else 0)) for entry in tree.rglob("*"))

    def own(self, path: Path) -> None:
        """Give `path`, which the launcher has just made, to this user."""
        if self.switches:
            os.chown(path, self.uid, self.gid)

    def spawn(self, command: Sequence[str], *, output: IO[bytes] | int) -> subprocess.Popen[bytes]:
        """Start `command` as this user, in a session of its own (a Ctrl-C at the terminal is not for it).

        Its environment is bare: no PG* variable or locale of the caller changes what the server does.
        """
        return subprocess.Popen(  # noqa: S603 - the command is made of our own constants and paths
            list(command),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            cwd="/",
            env=_environment(),
            start_new_session=True,
            user=self.uid if self.switches else None,
            group=self.gid if self.switches else None,
            extra_groups=[] if self.switches else None,
        )

    def _permits(self, path: Path, bits: int) -> bool:
        status = path.stat()
        if status.st_uid == self.uid:
            granted = status.st_mode >> 6
        elif status.st_gid == self.gid:
            granted = status.st_mode >> 3
        else:
            granted = status.st_mode
        return granted & bits == bits


def server_account(cluster: Path) -> Account:
    """Answer the user to run the server of `cluster` as (the folder need not exist yet).

    Not as root: this process's own user. As root: the owner of the cluster where there is one, else the first of
    `CANDIDATES` that has a name in the passwd file (initdb refuses a user without one).

    Raises:
        NoAccount: As root, no such user exists, or the cluster belongs to root or to a user without a name.
    """
    if os.geteuid() != 0:
        return Account(name=_name_of(os.geteuid()), uid=os.geteuid(), gid=os.getegid(), switches=False)
    if cluster.exists():
        return _owner_of(cluster)
    for name in CANDIDATES:
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        if entry.pw_uid != 0:
            return Account(name=name, uid=entry.pw_uid, gid=entry.pw_gid, switches=True)
    raise NoAccount(
        f"PostgreSQL does not run as root, and none of the users {', '.join(CANDIDATES)} exists. "
        "Run as another user, or point CROSSDOCK_DATABASE_URL to a running server."
    )


def _owner_of(cluster: Path) -> Account:
    uid = cluster.stat().st_uid
    try:
        entry = pwd.getpwuid(uid)
    except KeyError:
        raise NoAccount(f"{cluster} belongs to user {uid}, who has no name on this machine.") from None
    if uid == 0:
        raise NoAccount(f"{cluster} belongs to root, as whom PostgreSQL does not run. Give it back to its user.")
    return Account(name=entry.pw_name, uid=uid, gid=entry.pw_gid, switches=True)


def _name_of(uid: int) -> str:
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        raise NoAccount(f"User {uid} has no name on this machine; initdb refuses to run as it.") from None


def _environment() -> dict[str, str]:
    bare = {"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC"}
    if _LIBRARY_PATH in os.environ:
        bare[_LIBRARY_PATH] = os.environ[_LIBRARY_PATH]
    return bare
