"""What a place of files can do, and what goes wrong there. What a mailbox makes of it stands in `mailbox`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


class MailboxUnavailable(Exception):
    """The place cannot be reached now, or the connection broke; try again later."""


class MailboxRefused(Exception):
    """The place refuses us: an unknown host key, a wrong login, a missing folder or right. A person must act."""


class NameTaken(Exception):
    """A file of this name is there already."""


class FileGone(Exception):
    """The file is no longer there, for example because another process took it."""


@dataclass(frozen=True)
class Entry:
    """A name in a folder.

    Attributes:
        name: Its name, as the place spells it.
        size_bytes: Its size.
        modified_seconds: When it was last written, in seconds since 1970 by the clock of the place.
        is_file: Whether it is a regular file: no folder, no link, no device.
    """

    name: str
    size_bytes: int
    modified_seconds: float
    is_file: bool


class Files(Protocol):
    """Folders with files. A folder is a path without `..` and a name is one segment: both are checked by the caller.

    All methods raise MailboxUnavailable or MailboxRefused besides what they name.
    """

    async def entries(self, folder: str, most: int) -> list[Entry]:
        """Return the entries of a folder, at most `most` of them, in no order."""

    async def entry(self, folder: str, name: str) -> Entry:
        """Return one entry. Raises FileGone."""

    async def read(self, folder: str, name: str, most_bytes: int) -> bytes:
        """Return the first `most_bytes` bytes of a file. Raises FileGone."""

    async def write(self, folder: str, name: str, content: bytes) -> None:
        """Write a new file and have it on disk. Raises NameTaken."""

    async def move(self, folder: str, name: str, to_folder: str, to_name: str) -> None:
        """Move a file in one step to a name that nobody else uses. Of two processes one succeeds. Raises FileGone."""

    async def publish(self, folder: str, hidden: str, name: str) -> None:
        """Give a file its name in one step, over no other file. Raises NameTaken."""

    async def remove(self, folder: str, name: str) -> None:
        """Remove a file; one that is gone is no error."""
