"""How an account and its partner write to each other in EDIFACT, as a profile says: ids, version, mailbox."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from adapters.sdk.calls import BadCall
from adapters.sdk.edifact.writing import Envelope, WrittenMessage, write
from adapters.sdk.letters.outgoing import Letter
from adapters.sdk.mailbox.settings import MailboxSettings, mailbox_settings
from adapters.sdk.profile import Profile

MOST_ID: Final = 35


@dataclass(frozen=True)
class Way:
    """The way to a partner: who writes to whom, and the mailbox from which documents are taken."""

    envelope: Envelope
    mailbox: MailboxSettings

    def letter(self, control: int, at: datetime, document: WrittenMessage) -> Letter:
        """Return a message as an interchange of its own."""
        return Letter(f"{control:09}.edi", write(self.envelope, control, at, document))


def read_way(profile: Profile) -> Way:
    """Return the way to the partner. Raises BadCall naming the setting that is missing or malformed."""
    version = tuple(profile.text("version", "D:96A:UN:EAN008").split(":"))
    if not 3 <= len(version) <= 4 or not all(version):
        raise BadCall(f"{profile.place}.version is no version of messages such as D:96A:UN:EAN008")
    usage = profile.text("usage", "P")
    if usage not in {"P", "T"}:
        raise BadCall(f"{profile.place}.usage is neither P (production) nor T (test)")
    envelope = Envelope(
        sender=_party(profile, "own"), receiver=_party(profile, "partner"), version=version, is_test=usage == "T"
    )
    return Way(envelope, mailbox_settings(profile))


def _party(profile: Profile, name: str) -> tuple[str, str]:
    """Return id and qualifier of a party written as 4012345000009:14."""
    identity, _, qualifier = profile.text(name, "").partition(":")
    if not 1 <= len(identity) <= MOST_ID or not 1 <= len(qualifier) <= 4 or not identity.isprintable():
        raise BadCall(f"{profile.place}.{name} is no id and qualifier such as 4012345000009:14")
    return identity, qualifier
