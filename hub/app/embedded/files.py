"""Writing and locking files in folders that may belong to somebody else.

Started as root, the launcher writes into folders of the server's user; so it follows no link that lies there.
"""

from __future__ import annotations

import fcntl
import os
import secrets
from pathlib import Path
from typing import BinaryIO

from hub.app.embedded.errors import AlreadyRunning

_PID_BYTES = 32


def put(path: Path, text: str) -> None:
    """Write `text` to `path` at once or not at all; as root the file is given to the owner of its folder."""
    fresh = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        _give_to_owner_of(path.parent, descriptor)
        file.write(text)
    fresh.replace(path)


def appended(path: Path) -> BinaryIO:
    """Open `path` to be appended to, making it where there is none."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
    _give_to_owner_of(path.parent, descriptor)
    return os.fdopen(descriptor, "ab", buffering=0)


def lock(path: Path, data: Path) -> int:
    """Take the lock of `path`, write this process's id into it and answer its descriptor; closing that lets go.

    No child inherits it, so it ends with this process however that ends.

    Raises:
        AlreadyRunning: Another process holds it, and so the data folder `data`.
    """
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        owner = os.pread(descriptor, _PID_BYTES, 0).decode("ascii", errors="replace").strip()
        os.close(descriptor)
        raise AlreadyRunning(data, owner) from None
    _give_to_owner_of(path.parent, descriptor)
    os.ftruncate(descriptor, 0)
    os.pwrite(descriptor, f"{os.getpid()}\n".encode("ascii"), 0)
    return descriptor


def unlock(descriptors: list[int]) -> None:
    """Let go of locks, the last one first; the list is empty afterwards."""
    while descriptors:
        os.close(descriptors.pop())


def _give_to_owner_of(folder: Path, descriptor: int) -> None:
    if os.geteuid() == 0:
        status = folder.stat()
        os.fchown(descriptor, status.st_uid, status.st_gid)
