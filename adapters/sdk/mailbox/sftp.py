"""Files at an SFTP server whose host key is known beforehand."""

from __future__ import annotations

import asyncio
import stat
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from typing import Final

import asyncssh

from adapters.sdk.calls import BadCall
from adapters.sdk.documents.reading import plain
from adapters.sdk.mailbox.files import Entry, FileGone, MailboxRefused, MailboxUnavailable, NameTaken

PORT: Final = 22
STEP_SECONDS: Final = 8
_FOLDERS: Final = (".", "..")
"""How a listing names the folder itself and the one above it."""
_LOST: Final = (asyncssh.SFTPConnectionLost, asyncssh.SFTPNoConnection, asyncssh.ConnectionLost, OSError, TimeoutError)


@dataclass(frozen=True, kw_only=True)
class SftpLogin:
    """Where a server is, how it is known, and how it knows us.

    Attributes:
        host: Its name or address.
        port: Its port.
        username: Our name there.
        host_keys: Its public keys, each as a line of OpenSSH without a host: `ssh-ed25519 AAAA...`. One must match.
        password: Our password; empty: none.
        private_key: Our private key in PEM or OpenSSH form; empty: none.
        passphrase: What opens the private key; empty: it is open.
        step_seconds: How long connecting, and each step after it, may take.
    """

    host: str
    port: int = PORT
    username: str
    host_keys: tuple[str, ...]
    password: str = field(default="", repr=False)
    private_key: str = field(default="", repr=False)
    passphrase: str = field(default="", repr=False)
    step_seconds: int = STEP_SECONDS


@asynccontextmanager
async def sftp_files(login: SftpLogin) -> AsyncIterator[SftpFiles]:
    """Connect, and disconnect in the end. Raises MailboxUnavailable, MailboxRefused, BadCall for a malformed key."""
    connection = await _connected(login)
    async with connection:
        async with _step(login.step_seconds):
            client = await connection.start_sftp_client()
        yield SftpFiles(client, login.step_seconds)


class SftpFiles:
    """The folders of a login."""

    def __init__(self, client: asyncssh.SFTPClient, step_seconds: int) -> None:
        self._client, self._step_seconds = client, step_seconds

    async def entries(self, folder: str, most: int) -> list[Entry]:
        """Return the entries of a folder, at most `most` of them."""
        entries: list[Entry] = []
        async with self._step(folder), _in_folder(folder):
            async for entry in self._client.scandir(folder):
                if len(entries) == most:
                    break
                if entry.filename not in _FOLDERS:
                    entries.append(_entry(str(entry.filename), entry.attrs))
        return entries

    async def entry(self, folder: str, name: str) -> Entry:
        """Return one entry. Raises FileGone."""
        async with self._step(name):
            return _entry(name, await self._client.lstat(_path(folder, name)))

    async def read(self, folder: str, name: str, most_bytes: int) -> bytes:
        """Return the first bytes of a file. Raises FileGone."""
        async with self._step(name), self._client.open(_path(folder, name), "rb", encoding=None) as file:
            return await file.read(most_bytes)

    async def write(self, folder: str, name: str, content: bytes) -> None:
        """Write a new file and, where the server can, have it on disk. Raises NameTaken."""
        opened = self._client.open(_path(folder, name), "xb", encoding=None)
        async with self._step(name), _in_folder(folder), opened as file:
            await file.write(content)
            with suppress(asyncssh.SFTPOpUnsupported):
                await file.fsync()

    async def move(self, folder: str, name: str, to_folder: str, to_name: str) -> None:
        """Move a file in one step to a name that nobody else uses. Raises FileGone."""
        async with self._step(name):
            await self._rename(_path(folder, name), _path(to_folder, to_name))

    async def publish(self, folder: str, hidden: str, name: str) -> None:
        """Give a file its name in one step, over no other file. Raises NameTaken."""
        async with self._step(name):
            await self._rename(_path(folder, hidden), _path(folder, name))

    async def remove(self, folder: str, name: str) -> None:
        """Remove a file."""
        with suppress(FileGone):
            async with self._step(name):
                await self._client.remove(_path(folder, name))

    async def _rename(self, source: str, target: str) -> None:
        """Rename a file; servers of the third version of SFTP say of every failure no more than that it is one."""
        try:
            await self._client.rename(source, target)
        except (asyncssh.SFTPFailure, asyncssh.SFTPNoSuchFile) as error:
            if not await self._client.exists(source):
                raise FileGone(f"{source} is not there") from None
            if await self._client.exists(target):
                raise NameTaken(f"{target} is there already") from None
            raise MailboxRefused(f"the server does not rename to {target}: {plain(error.reason, 200)}") from error

    @asynccontextmanager
    async def _step(self, name: str) -> AsyncIterator[None]:
        try:
            async with _step(self._step_seconds):
                yield
        except asyncssh.SFTPNoSuchFile as error:
            raise FileGone(f"{name} is not there") from error
        except asyncssh.SFTPFileAlreadyExists as error:
            raise NameTaken(f"{name} is there already") from error
        except asyncssh.SFTPError as error:
            raise MailboxRefused(f"the server refuses {name}: {plain(error.reason, 200)}") from error


@asynccontextmanager
async def _step(seconds: int) -> AsyncIterator[None]:
    """Bound a step and name a lost connection."""
    try:
        async with asyncio.timeout(seconds):
            yield
    except _LOST as error:
        reason = plain(str(error), 200) or "it took too long"
        raise MailboxUnavailable(f"the connection to the SFTP server broke: {reason}") from error


@asynccontextmanager
async def _in_folder(folder: str) -> AsyncIterator[None]:
    """Name a folder that is missing; else it would read as a file that another process took."""
    try:
        yield
    except asyncssh.SFTPNoSuchFile as error:
        raise MailboxRefused(f"there is no folder {folder}") from error


async def _connected(login: SftpLogin) -> asyncssh.SSHClientConnection:
    host_keys, own_keys = _host_keys(login), _own_keys(login)
    try:
        async with _step(login.step_seconds):
            return await asyncssh.connect(
                login.host,
                login.port,
                username=login.username,
                password=login.password or None,
                client_keys=own_keys,
                known_hosts=(host_keys, [], []),
                config=None,
                agent_path=None,
            )
    except asyncssh.HostKeyNotVerifiable as error:
        raise MailboxRefused(f"{login.host} shows none of the host_keys of the profile") from error
    except asyncssh.PermissionDenied as error:
        raise MailboxRefused(f"{login.host} does not let {login.username} in") from error
    except asyncssh.Error as error:
        raise MailboxUnavailable(f"{login.host} cannot be reached: {plain(error.reason, 200)}") from error


def _host_keys(login: SftpLogin) -> list[asyncssh.SSHKey]:
    try:
        return [asyncssh.import_public_key(key) for key in login.host_keys]
    except asyncssh.KeyImportError as error:
        raise BadCall(f"a key in host_keys is no public key of OpenSSH: {error}") from error


def _own_keys(login: SftpLogin) -> list[asyncssh.SSHKey] | None:
    if not login.private_key:
        return None
    try:
        return [asyncssh.import_private_key(login.private_key, login.passphrase or None)]
    except (asyncssh.KeyImportError, asyncssh.KeyEncryptionError):
        raise BadCall("private_key refers to no private key, or passphrase does not open it") from None


def _path(folder: str, name: str) -> str:
    return f"{folder}/{name}"


def _entry(name: str, attributes: asyncssh.SFTPAttrs) -> Entry:
    is_file = stat.S_ISREG(attributes.permissions or 0) or attributes.type == asyncssh.FILEXFER_TYPE_REGULAR
    return Entry(name, attributes.size or 0, float(attributes.mtime or 0), is_file)
