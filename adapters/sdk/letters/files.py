"""The way to a partner that takes each document as a file of its own, as it was made."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from adapters.sdk.letters.outgoing import Letter
from adapters.sdk.mailbox.settings import MailboxSettings


@dataclass(frozen=True)
class FileWay:
    """A mailbox, and the end of the names of its files, for example xml."""

    mailbox: MailboxSettings
    suffix: str

    def letter(self, control: int, at: datetime, document: bytes) -> Letter:
        """Return a document under its number."""
        return Letter(f"{control:09}.{self.suffix}", document)
