"""Sends documents under control numbers, once per operation, and remembers whether their acknowledgment came.

An operation has its number for ever, so a repeat writes the same interchange into the same file: whoever took it away
before the adapter could note that it was written knows the second by its control number.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Final, Protocol, TypeVar
from uuid import UUID, uuid5

from adapters.sdk.documents.reading import Findings, shown
from adapters.sdk.mailbox.settings import MailboxSettings, opened
from adapters.sdk.state.client import AdapterState, StateChanged

MOST_CONTROL: Final = 999_999_999
NUMBERED: Final = "NUMBERED"
WRITTEN: Final = "WRITTEN"
ACCEPTED: Final = "ACCEPTED"
REJECTED: Final = "REJECTED"
SERIES: Final = "interchanges"
"""Numbers of an account, whoever of its partners a document is for: acknowledgments name nothing else."""
OPEN: Final = frozenset({NUMBERED, WRITTEN})
"""States of a document that its partner has not judged."""
_DOCUMENTS: Final = UUID("6f1f3c1e-8f0b-5c57-9a63-1b1d3d0a7c11")


D_contra = TypeVar("D_contra", contravariant=True)
D = TypeVar("D")


@dataclass(frozen=True)
class Letter:
    """A document as a file: its name and its bytes."""

    name: str
    content: bytes


class Way(Protocol[D_contra]):
    """The way to a partner: how a document becomes a file, and where it is put."""

    @property
    def mailbox(self) -> MailboxSettings:
        """The mailbox from which the partner takes it."""

    def letter(self, control: int, at: datetime, document: D_contra) -> Letter:
        """Return a document under a control number, as of an instant."""


@dataclass(frozen=True)
class Acknowledgment:
    """What a partner says of an interchange of ours: its control number, whether it was accepted, and their code."""

    control: str
    accepted: bool
    code: str


@dataclass(frozen=True)
class Sent:
    """A document that was sent: its control number, when its operation was asked for, and what became of it."""

    control: int
    at: str
    state: str = NUMBERED
    code: str = ""


async def first_document(state: AdapterState, account_id: str, interchange: str, document_id: str) -> str:
    """Return the document in which an interchange came first, by its sender and control number; this one if in none."""
    key = f"came/{interchange}"
    try:
        await state.compare_and_set(account_id, key, document_id.encode(), 0)
    except StateChanged:
        return (await state.get(account_id, key)).value.decode()
    return document_id


def note(told: Sequence[Acknowledgment], strange: Sequence[Acknowledgment], findings: Findings) -> None:
    """Name for people what is about no document of ours, and what the partner refuses."""
    for acknowledgment in told:
        if acknowledgment in strange:
            findings.report("acknowledgment", "", f"{shown(acknowledgment.control)} is no document of ours")
        elif not acknowledgment.accepted:
            reason = f"it refuses our document {shown(acknowledgment.control)} by {shown(acknowledgment.code)}"
            findings.report("acknowledgment", "", f"{reason}: mend what it says, or agree on it with the partner")


class Outgoing:
    """What an adapter sends: kept at the hub, and put into the mailboxes of its partners."""

    def __init__(self, state: AdapterState) -> None:
        self._state = state

    async def send(
        self, account_id: str, key: str, way: Way[D], at: datetime, document: Callable[[datetime], D]
    ) -> Sent:
        """Write a document unless it was, and return how it stands.

        Args:
            account_id: Account with the partner.
            key: Key of the operation, a UUID.
            way: Who writes to whom, and where to.
            at: When the operation was asked for; a repeat is written as of the first time.
            document: Makes the document as of an instant.

        Raises what the way and a mailbox raise.
        """
        sent = await self._numbered(account_id, key, at)
        if sent.state == NUMBERED:
            first = datetime.fromisoformat(sent.at)
            letter = way.letter(sent.control, first, document(first))
            async with opened(way.mailbox) as mailbox:
                await mailbox.put(letter.name, letter.content)
            sent = await self._change(account_id, key, {NUMBERED}, replace(sent, state=WRITTEN))
        return sent

    async def tell(self, account_id: str, name: str, way: Way[D], at: datetime, document: D) -> None:
        """Write a document that is no operation and that nobody acknowledges, once per name."""
        await self.send(account_id, str(uuid5(_DOCUMENTS, name)), way, at, lambda _: document)

    async def sent(self, account_id: str, key: str) -> Sent | None:
        """Return how the document of an operation stands; None where none was numbered."""
        entry = await self._state.get(account_id, _operation(key))
        return Sent(**json.loads(entry.value)) if entry.version else None

    async def acknowledge(self, account_id: str, acknowledgments: Sequence[Acknowledgment]) -> list[Acknowledgment]:
        """Note what a partner acknowledged; return what is about no document of ours."""
        strange = []
        for acknowledgment in acknowledgments:
            key = await self._key_of(account_id, acknowledgment.control)
            if key is None:
                strange.append(acknowledgment)
                continue
            sent = await self.sent(account_id, key)
            if sent is not None:
                state = ACCEPTED if acknowledgment.accepted else REJECTED
                await self._change(account_id, key, OPEN, replace(sent, state=state, code=acknowledgment.code))
        return strange

    async def _numbered(self, account_id: str, key: str, at: datetime) -> Sent:
        sent = await self.sent(account_id, key)
        if sent is None:
            number = await self._state.next_number(account_id, SERIES, key)
            control = (number - 1) % MOST_CONTROL + 1
            await self._state.update(account_id, _control(control), lambda _: key.encode())
            sent = Sent(control, at.isoformat())
            try:
                await self._state.compare_and_set(account_id, _operation(key), _bytes(sent), 0)
            except StateChanged:
                sent = await self.sent(account_id, key) or sent
        return sent

    async def _key_of(self, account_id: str, control: str) -> str | None:
        if not (control.isascii() and control.isdigit() and len(control) <= 9):
            return None
        entry = await self._state.get(account_id, _control(int(control)))
        return entry.value.decode() if entry.version else None

    async def _change(self, account_id: str, key: str, before: AbstractSet[str], after: Sent) -> Sent:
        """Move a document on from one of the states `before`; one that stands elsewhere by now stays there."""

        def changed(value: bytes) -> bytes:
            return _bytes(after) if json.loads(value)["state"] in before else value

        return Sent(**json.loads(await self._state.update(account_id, _operation(key), changed)))


def _bytes(sent: Sent) -> bytes:
    return json.dumps(asdict(sent)).encode()


def _operation(key: str) -> str:
    return f"operation/{key}"


def _control(control: int) -> str:
    return f"control/{control}"
