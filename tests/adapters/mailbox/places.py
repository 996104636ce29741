"""Mailboxes for tests: the same folders as folders of this machine and behind a real SFTP server."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from itertools import count
from pathlib import Path
from typing import Any

import asyncssh

from adapters.sdk.mailbox.folder import FolderFiles
from adapters.sdk.mailbox.mailbox import Folders, Limits, Mailbox
from adapters.sdk.mailbox.sftp import SftpLogin, sftp_files

PASSWORD = "correct horse"
NAMES = ("incoming", "outgoing", "taken", "archive", "refused")
FOLDERS = Folders(**{name: f"acme/{name}" for name in NAMES})


class OneUser(asyncssh.SSHServer):
    """Lets `crossdock` in with its password."""

    def begin_auth(self, username: str) -> bool:
        return True

    def password_auth_supported(self) -> bool:
        return True

    def validate_password(self, username: str, password: str) -> bool:
        return (username, password) == ("crossdock", PASSWORD)


@asynccontextmanager
async def sftp_server(
    root: Path, factory: type[asyncssh.SFTPServer] = asyncssh.SFTPServer, **options: Any
) -> AsyncIterator[SftpLogin]:
    """Serves a folder by SFTP until the block ends; answers the login to it."""
    host_key = asyncssh.generate_private_key("ssh-ed25519")
    server = await asyncssh.listen(
        "127.0.0.1",
        0,
        server_factory=OneUser,
        server_host_keys=[host_key],
        sftp_factory=lambda channel: factory(channel, chroot=str(root).encode()),
        **options,
    )
    async with server:
        yield SftpLogin(
            host="127.0.0.1",
            port=server.get_port(),
            username="crossdock",
            host_keys=(host_key.export_public_key().decode(),),
            password=PASSWORD,
        )


def make_folders(root: Path) -> Path:
    """Makes the folders of a mailbox; answers where they lie."""
    for name in NAMES:
        (root / "acme" / name).mkdir(parents=True)
    return root / "acme"


@asynccontextmanager
async def mailbox(kind: str, root: Path, limits: Limits | None = None) -> AsyncIterator[Mailbox]:
    """Opens a mailbox over the folders below `root`, directly or by SFTP."""
    tokens = count(1)
    settings: dict[str, Any] = {"folders": FOLDERS, "limits": limits or Limits(), "token": lambda: f"t{next(tokens)}"}
    if kind == "directory":
        yield Mailbox(files=FolderFiles(root), **settings)
        return
    async with sftp_server(root) as login, sftp_files(login) as files:
        yield Mailbox(files=files, **settings)
