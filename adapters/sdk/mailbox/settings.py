"""What a profile says of a mailbox, under `mailbox`, and how it is opened.

docs/adapters.md lists the settings.
"""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Final

from adapters.sdk.calls import BadCall
from adapters.sdk.mailbox.files import MailboxRefused
from adapters.sdk.mailbox.folder import ROOT_VARIABLE, FolderFiles
from adapters.sdk.mailbox.mailbox import LARGEST_BYTES, MOST_FILES, Folders, Limits, Mailbox
from adapters.sdk.mailbox.names import folder_path
from adapters.sdk.mailbox.sftp import PORT, STEP_SECONDS, SftpLogin, sftp_files
from adapters.sdk.profile import Profile

DIRECTORY: Final = "directory"
SFTP: Final = "sftp"
SETTLE_SECONDS: Final = 10


@dataclass(frozen=True, kw_only=True)
class MailboxSettings:
    """A mailbox as a profile describes it.

    Attributes:
        folders: Its folders.
        limits: What it carries.
        settle: How long a file stays the same before it is taken.
        login: The SFTP server; None: folders of this machine, below the folder that CROSSDOCK_MAILBOX_ROOT names.
    """

    folders: Folders
    limits: Limits
    settle: timedelta
    login: SftpLogin | None


def mailbox_settings(profile: Profile) -> MailboxSettings:
    """Read the section `mailbox` of a profile. Raises BadCall naming the setting that is wrong."""
    section = profile.section("mailbox")
    kind = section.text("kind", "")
    if kind not in (DIRECTORY, SFTP):
        raise BadCall(f"{section.place}.kind is neither {DIRECTORY} nor {SFTP}")
    return MailboxSettings(
        folders=_folders(section, absolute=kind == SFTP),
        limits=_limits(section),
        settle=timedelta(seconds=section.whole("settle_seconds", SETTLE_SECONDS)),
        login=_login(section) if kind == SFTP else None,
    )


@asynccontextmanager
async def opened(settings: MailboxSettings) -> AsyncIterator[Mailbox]:
    """Open the mailbox, and close it in the end. Raises MailboxUnavailable, MailboxRefused, BadCall."""
    if settings.login is None:
        yield Mailbox(files=FolderFiles(_root()), folders=settings.folders, limits=settings.limits)
        return
    async with sftp_files(settings.login) as files:
        yield Mailbox(files=files, folders=settings.folders, limits=settings.limits)


def _folders(section: Profile, *, absolute: bool) -> Folders:
    base = folder_path(section.text("folder", ""), f"{section.place}.folder", absolute=absolute)

    def path(setting: str) -> str:
        return f"{base}/{folder_path(section.text(setting, setting), f'{section.place}.{setting}')}"

    folders = Folders(
        incoming=path("incoming"),
        outgoing=path("outgoing"),
        taken=path("taken"),
        archive=path("archive"),
        refused=path("refused"),
    )
    named = [folders.incoming, folders.outgoing, folders.taken, folders.archive, folders.refused]
    if len(set(named)) < len(named):
        raise BadCall(f"{section.place} names one folder for two purposes")
    return folders


def _limits(section: Profile) -> Limits:
    largest_bytes = section.whole("largest_bytes", LARGEST_BYTES, at_least=1)
    if largest_bytes > LARGEST_BYTES:
        raise BadCall(f"{section.place}.largest_bytes is more than {LARGEST_BYTES}")
    suffixes = section.texts("unfinished_suffixes", Limits.unfinished_suffixes)
    return Limits(
        largest_bytes=largest_bytes,
        most_files=section.whole("most_files", MOST_FILES, at_least=1),
        unfinished_suffixes=tuple(suffix.lower() for suffix in suffixes if suffix),
    )


def _login(section: Profile) -> SftpLogin:
    login = SftpLogin(
        host=section.text("host", ""),
        port=section.whole("port", PORT, at_least=1),
        username=section.text("username", ""),
        host_keys=section.texts("host_keys"),
        password=section.secret("password"),
        private_key=section.secret("private_key"),
        passphrase=section.secret("passphrase"),
        step_seconds=section.whole("step_seconds", STEP_SECONDS, at_least=1),
    )
    if not (login.host and login.username and login.host_keys):
        raise BadCall(f"{section.place} names no host, no username or no host_keys: an unknown server is not trusted")
    if not (login.password or login.private_key):
        raise BadCall(f"{section.place} refers to neither a password nor a private_key")
    return login


def _root() -> Path:
    root = os.environ.get(ROOT_VARIABLE, "")
    if not root or not Path(root).is_dir():
        raise MailboxRefused(f"{ROOT_VARIABLE} names no folder at the machine of the adapter")
    return Path(root)
