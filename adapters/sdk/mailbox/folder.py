"""Files in folders of this machine, all below one root that the machine's operator names."""

from __future__ import annotations

import asyncio
import os
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Final, TypeVar

from adapters.sdk.mailbox.files import Entry, FileGone, MailboxRefused, MailboxUnavailable, NameTaken

ROOT_VARIABLE: Final = "CROSSDOCK_MAILBOX_ROOT"
Result = TypeVar("Result")


class FolderFiles:
    """The folders below a root. Links are not followed: neither to a folder outside the root, nor to a file."""

    def __init__(self, root: Path) -> None:
        self._root = root.resolve()

    async def entries(self, folder: str, most: int) -> list[Entry]:
        """Return the entries of a folder, at most `most` of them."""
        return await _apart(lambda: self._entries(folder, most))

    async def entry(self, folder: str, name: str) -> Entry:
        """Return one entry. Raises FileGone."""
        return await _apart(lambda: _entry(name, (self._folder(folder) / name).lstat()))

    async def read(self, folder: str, name: str, most_bytes: int) -> bytes:
        """Return the first bytes of a file. Raises FileGone."""
        return await _apart(lambda: _read(self._folder(folder) / name, most_bytes))

    async def write(self, folder: str, name: str, content: bytes) -> None:
        """Write a new file and have it on disk. Raises NameTaken."""
        await _apart(lambda: _write(self._folder(folder) / name, content))

    async def move(self, folder: str, name: str, to_folder: str, to_name: str) -> None:
        """Move a file in one step to a name that nobody else uses. Raises FileGone."""
        await _apart(lambda: _move(self._folder(folder) / name, self._folder(to_folder) / to_name))

    async def publish(self, folder: str, hidden: str, name: str) -> None:
        """Give a file its name in one step, over no other file. Raises NameTaken."""
        await _apart(lambda: _publish(self._folder(folder) / hidden, self._folder(folder) / name))

    async def remove(self, folder: str, name: str) -> None:
        """Remove a file."""
        await _apart(lambda: (self._folder(folder) / name).unlink(missing_ok=True))

    def _entries(self, folder: str, most: int) -> list[Entry]:
        with os.scandir(self._folder(folder)) as entries:
            return [_entry(entry.name, entry.stat(follow_symlinks=False)) for entry in islice(entries, most)]

    def _folder(self, folder: str) -> Path:
        path = (self._root / folder).resolve()
        if not path.is_relative_to(self._root):
            raise MailboxRefused(f"the folder {folder} is a link out of {ROOT_VARIABLE}")
        if not path.is_dir():
            raise MailboxRefused(f"there is no folder {folder}")
        return path


async def _apart(work: Callable[[], Result]) -> Result:
    """Return what `work` returns, run beside the event loop, its errors in the words of a mailbox."""
    with _in_own_words():
        return await asyncio.to_thread(work)


@contextmanager
def _in_own_words() -> Iterator[None]:
    try:
        yield
    except FileNotFoundError as error:
        raise FileGone(f"{Path(str(error.filename)).name} is not there") from error
    except FileExistsError as error:
        raise NameTaken(f"{Path(str(error.filename2 or error.filename)).name} is there already") from error
    except (PermissionError, NotADirectoryError, IsADirectoryError) as error:
        raise MailboxRefused(f"{error.strerror}: {Path(str(error.filename)).name}") from error
    except OSError as error:
        raise MailboxUnavailable(f"{error.strerror or error}") from error


def _entry(name: str, status: os.stat_result) -> Entry:
    return Entry(name, status.st_size, status.st_mtime, stat.S_ISREG(status.st_mode))


def _read(path: Path, most_bytes: int) -> bytes:
    with os.fdopen(os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK), "rb") as file:
        return file.read(most_bytes)


def _write(path: Path, content: bytes) -> None:
    with path.open("xb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _move(source: Path, target: Path) -> None:
    source.rename(target)
    _sync(target.parent)


def _publish(hidden: Path, path: Path) -> None:
    """Give a file its name by a link, which, unlike a rename, replaces no other file."""
    os.link(hidden, path, follow_symlinks=False)
    hidden.unlink()
    _sync(path.parent)


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
