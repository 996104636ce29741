"""What an account says of a warehouse's mailbox and files. README.md lists the settings."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from adapters.file_mailbox.layouts import Layout, read_layouts
from adapters.sdk.mailbox.settings import MailboxSettings, mailbox_settings
from adapters.sdk.profile import Profile

MOST_FILES: Final = 20
LOOK_EVERY_MINUTES: Final = 5


@dataclass(frozen=True, kw_only=True)
class Settings:
    """A profile, read.

    Attributes:
        mailbox: Where files are exchanged.
        layouts: How they look, the first that fits a name.
        source: Who counts; counts of one source supersede each other. Empty: the account.
        files_at_once: Most files that one pull hands to the hub.
        look_every: When the mailbox is looked at again.
    """

    mailbox: MailboxSettings
    layouts: tuple[Layout, ...]
    source: str
    files_at_once: int
    look_every: timedelta

    def of_kind(self, kind: str) -> Layout | None:
        """Return the first layout of a kind; None where there is none."""
        return next((layout for layout in self.layouts if layout.kind == kind), None)

    def of_file(self, name: str) -> Layout | None:
        """Return the layout of a file of theirs; None where none has its name."""
        return next((layout for layout in self.layouts if layout.names(name)), None)


def read_settings(profile_json: str) -> Settings:
    """Read a profile. Raises BadCall naming the setting that is wrong."""
    profile = Profile.read(profile_json)
    return Settings(
        mailbox=mailbox_settings(profile),
        layouts=read_layouts(profile),
        source=profile.text("source", ""),
        files_at_once=profile.whole("files_at_once", MOST_FILES, at_least=1),
        look_every=timedelta(minutes=profile.whole("look_every_minutes", LOOK_EVERY_MINUTES, at_least=1)),
    )
