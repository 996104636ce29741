"""How an account and its partner write to each other, as a profile says: ids, release, separators, acknowledgments."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from adapters.sdk.calls import BadCall
from adapters.sdk.letters.outgoing import Letter
from adapters.sdk.mailbox.settings import MailboxSettings, mailbox_settings
from adapters.sdk.profile import Profile
from adapters.sdk.x12.writing import Envelope, Separators, WrittenSet, write

MOST_ID = 15


@dataclass(frozen=True)
class Way:
    """The way to a partner: who writes to whom, and the mailbox from which documents are taken."""

    envelope: Envelope
    mailbox: MailboxSettings

    def letter(self, control: int, at: datetime, document: WrittenSet) -> Letter:
        """Return a set as an interchange of its own. Raises NotWritable."""
        return Letter(f"{control:09}.x12", write(self.envelope, control, at, document))


def read_way(profile: Profile) -> Way:
    """Return the way to the partner. Raises BadCall naming the setting that is missing or malformed."""
    return Way(_envelope(profile), mailbox_settings(profile))


def _envelope(profile: Profile) -> Envelope:
    own, theirs = _party(profile, "own"), _party(profile, "partner")
    signs = profile.text("separators", "*>~^")
    if len(set(signs)) != 4 or len(signs) != 4 or any(sign.isalnum() or sign.isspace() for sign in signs):
        raise BadCall(f"{profile.place}.separators is not four signs: of elements, components, segments, repetitions")
    usage = profile.text("usage", "P")
    if usage not in {"P", "T"}:
        raise BadCall(f"{profile.place}.usage is neither P (production) nor T (test)")
    version = profile.text("version", "004010")
    if len(version) < 6 or not version[:6].isdigit():
        raise BadCall(f"{profile.place}.version is no release of X12 such as 004010")
    return Envelope(
        sender_qualifier=own[0],
        sender=own[1],
        receiver_qualifier=theirs[0],
        receiver=theirs[1],
        version=version,
        usage=usage,
        separators=Separators(*signs),
    )


def _party(profile: Profile, name: str) -> tuple[str, str]:
    """Return qualifier and id of a party written as ZZ:CROSSDOCK."""
    qualifier, _, identity = profile.text(name, "").partition(":")
    if len(qualifier) != 2 or not 1 <= len(identity) <= MOST_ID or not identity.isprintable():
        raise BadCall(f"{profile.place}.{name} is no qualifier and id of at most {MOST_ID} characters, as ZZ:CROSSDOCK")
    return qualifier, identity
