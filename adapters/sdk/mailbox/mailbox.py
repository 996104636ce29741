"""Files handed to a partner and taken from one: each whole, each once, and none lost.

A file is written under a hidden name and renamed, so that a partner sees no half of it. A file is taken by renaming it
into the folder of taken files, so that of two processes one has it; from there it goes to the archive, or to the
refused ones. A process that ends in between leaves it in the folder of taken files, where `left_behind` shows it.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from adapters.sdk.documents.reading import shown
from adapters.sdk.mailbox.arrivals import Arrivals
from adapters.sdk.mailbox.files import Entry, FileGone, Files, MailboxUnavailable, NameTaken
from adapters.sdk.mailbox.names import check_name, why_refused

LARGEST_BYTES: Final = 32 * 1024 * 1024
MOST_FILES: Final = 1_000
_MARK: Final = "~"
"""Between the token that makes the name of a taken file unique and the name it came with."""


class TooLarge(Exception):
    """The file has more bytes than the mailbox carries."""


class StillGrowing(Exception):
    """The file was still being written when it was taken; it is where it was."""


class PutUnsure(Exception):
    """The connection broke as the file got its name: it may be there, or may have been taken by the partner already."""


@dataclass(frozen=True, kw_only=True)
class Folders:
    """The folders of a mailbox, as paths in its place.

    Attributes:
        incoming: What the partner writes and we take.
        outgoing: What we write and the partner takes.
        taken: What is being read.
        archive: What was read.
        refused: What could not be read.
    """

    incoming: str
    outgoing: str
    taken: str
    archive: str
    refused: str


@dataclass(frozen=True, kw_only=True)
class Limits:
    """What a mailbox carries.

    Attributes:
        largest_bytes: Bytes of the largest file.
        most_files: Names that are looked at in one look; what is beyond comes at a later one.
        unfinished_suffixes: Ends of names that partners give to files which they still write.
    """

    largest_bytes: int = LARGEST_BYTES
    most_files: int = MOST_FILES
    unfinished_suffixes: tuple[str, ...] = (".tmp", ".part", ".filepart", ".partial", ".uploading")


@dataclass(frozen=True)
class Left:
    """A name that is left in the incoming folder, or an empty one for the folder itself, and why, for people."""

    name: str
    reason: str


@dataclass(frozen=True)
class Look:
    """What the incoming folder shows: files to take, the oldest first, and what a person should look at."""

    whole: tuple[Entry, ...] = ()
    left: tuple[Left, ...] = ()


@dataclass(frozen=True)
class Taken:
    """A file that was taken: the name it came with, its name among the taken files, and its bytes."""

    name: str
    place: str
    content: bytes


@dataclass(frozen=True, kw_only=True)
class Mailbox:
    """A partner's mailbox over a place of files. All methods raise MailboxUnavailable or MailboxRefused as well.

    Attributes:
        files: The place.
        folders: Its folders.
        limits: What it carries.
        token: Returns a text that it never returned before, of letters and digits.
    """

    files: Files
    folders: Folders
    limits: Limits = Limits()
    token: Callable[[], str] = lambda: secrets.token_hex(8)

    async def put(self, name: str, content: bytes) -> None:
        """Hand a file to the partner; the same file that is still there is handed over once.

        Raises NameRefused, TooLarge, NameTaken where another file has the name, and PutUnsure.
        """
        check_name(name)
        self._check_size(name, len(content))
        if await self._is_there(name, content):
            return
        token = self.token()
        await self.files.write(self.folders.outgoing, _hidden(token), content)
        try:
            await self.publish(token, name)
        except NameTaken:
            await self.files.remove(self.folders.outgoing, _hidden(token))
            await self._is_there(name, content)

    async def stage(self, token: str, name: str, content: bytes) -> None:
        """Write a file that no partner sees yet, in place of one staged under the token before.

        Who must know whether a file was handed over stages it, notes that, and then publishes it: as long as
        `is_staged`, it was not. Raises NameRefused, TooLarge.
        """
        check_name(name)
        self._check_size(name, len(content))
        await self.files.remove(self.folders.outgoing, _hidden(token))
        await self.files.write(self.folders.outgoing, _hidden(token), content)

    async def is_staged(self, token: str) -> bool:
        """Return whether the file staged under the token was not published yet."""
        try:
            await self.files.entry(self.folders.outgoing, _hidden(token))
        except FileGone:
            return False
        return True

    async def publish(self, token: str, name: str) -> None:
        """Give a staged file its name. Raises NameRefused, NameTaken, PutUnsure."""
        check_name(name)
        try:
            await self.files.publish(self.folders.outgoing, _hidden(token), name)
        except MailboxUnavailable as error:
            raise PutUnsure(f"the connection broke as {shown(name)} got its name: {error}") from error

    async def look(self, arrivals: Arrivals, at: datetime) -> Look:
        """Return what can be taken; `at` is the time of this look, `arrivals` what earlier looks saw."""
        entries = await self.files.entries(self.folders.incoming, self.limits.most_files)
        fit, left = [], []
        for entry in entries:
            if not self._is_meant(entry):
                continue
            reason = why_refused(entry.name) or self._too_large(entry.size_bytes)
            if reason:
                left.append(Left(entry.name, reason))
            else:
                fit.append(entry)
        if len(entries) == self.limits.most_files:
            left.append(Left("", f"the folder has {len(entries):,} names or more, and not all were looked at"))
        return Look(tuple(arrivals.whole(fit, at)), tuple(left))

    async def take(self, entry: Entry) -> Taken:
        """Take a file that `look` returned. Raises FileGone where another process has it, StillGrowing."""
        check_name(entry.name)
        if await self.files.entry(self.folders.incoming, entry.name) != entry:
            raise StillGrowing(f"{shown(entry.name)} changed since it was looked at")
        place = f"{self.token()}{_MARK}{entry.name}"
        await self.files.move(self.folders.incoming, entry.name, self.folders.taken, place)
        content = await self.files.read(self.folders.taken, place, entry.size_bytes + 1)
        if len(content) != entry.size_bytes:
            await self.files.move(self.folders.taken, place, self.folders.incoming, entry.name)
            raise StillGrowing(f"{shown(entry.name)} grew as it was taken")
        return Taken(entry.name, place, content)

    async def left_behind(self) -> tuple[str, ...]:
        """Return the places of files that were taken and neither archived nor refused.

        Ask only where no other process reads this mailbox: under a lease.
        """
        entries = await self.files.entries(self.folders.taken, self.limits.most_files)
        return tuple(sorted(entry.name for entry in entries if entry.is_file and _MARK in entry.name))

    async def read_again(self, place: str) -> Taken:
        """Return a taken file. Raises FileGone, TooLarge."""
        name = place.partition(_MARK)[2]
        check_name(name)
        content = await self.files.read(self.folders.taken, place, self.limits.largest_bytes + 1)
        self._check_size(name, len(content))
        return Taken(name, place, content)

    async def archive(self, place: str) -> None:
        """Put a taken file among those that were read; one that is there already is no error."""
        await self._finish(place, self.folders.archive)

    async def refuse(self, place: str) -> None:
        """Put a taken file among those that could not be read; one that is there already is no error."""
        await self._finish(place, self.folders.refused)

    async def _finish(self, place: str, folder: str) -> None:
        try:
            await self.files.move(self.folders.taken, place, folder, place)
        except FileGone:
            await self.files.entry(folder, place)

    async def _is_there(self, name: str, content: bytes) -> bool:
        """Return whether this very file waits for the partner. Raises NameTaken where another one does."""
        try:
            present = await self.files.read(self.folders.outgoing, name, len(content) + 1)
        except FileGone:
            return False
        if present != content:
            raise NameTaken(f"another file called {shown(name)} waits for the partner")
        return True

    def _is_meant(self, entry: Entry) -> bool:
        """Return whether an entry is meant for us: no folder or link, not hidden, not still being written."""
        hidden = entry.name.startswith(".") or entry.name.lower().endswith(self.limits.unfinished_suffixes)
        return entry.is_file and not hidden

    def _too_large(self, size_bytes: int) -> str:
        most = self.limits.largest_bytes
        return f"the file has {size_bytes:,} bytes, more than {most:,}" if size_bytes > most else ""

    def _check_size(self, name: str, size_bytes: int) -> None:
        if reason := self._too_large(size_bytes):
            raise TooLarge(f"{shown(name)}: {reason}")


def _hidden(token: str) -> str:
    return f".{token}.part"
