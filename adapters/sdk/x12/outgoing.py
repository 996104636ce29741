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
from typing import Final
from uuid import UUID, uuid5

from adapters.sdk.mailbox.settings import opened
from adapters.sdk.state.client import AdapterState, StateChanged
from adapters.sdk.x12.acknowledgments import Acknowledgment
from adapters.sdk.x12.agreement import Way
from adapters.sdk.x12.writing import MOST_CONTROL, WrittenSet, write

NUMBERED: Final = "NUMBERED"
WRITTEN: Final = "WRITTEN"
ACCEPTED: Final = "ACCEPTED"
REJECTED: Final = "REJECTED"
SERIES: Final = "x12 interchanges"
"""Numbers of an account, whoever of its partners a document is for: acknowledgments name nothing else."""
OPEN: Final = frozenset({NUMBERED, WRITTEN})
"""States of a document that its partner has not judged."""
_DOCUMENTS: Final = UUID("6f1f3c1e-8f0b-5c57-9a63-1b1d3d0a7c11")


@dataclass(frozen=True)
class Sent:
    """A document that was sent: its control number, when its operation was asked for, and what became of it."""

    control: int
    at: str
    state: str = NUMBERED
    code: str = ""


class Outgoing:
    """What an adapter sends: kept at the hub, and put into the mailboxes of its partners."""

    def __init__(self, state: AdapterState) -> None:
        self._state = state

    async def send(
        self, account_id: str, key: str, way: Way, at: datetime, document: Callable[[datetime], WrittenSet]
    ) -> Sent:
        """Write a document unless it was, and return how it stands.

        Args:
            account_id: Account with the partner.
            key: Key of the operation, a UUID.
            way: Who writes to whom, and where to.
            at: When the operation was asked for; a repeat is written as of the first time.
            document: Makes the document as of an instant.

        Raises NotWritable, and what a mailbox raises.
        """
        sent = await self._numbered(account_id, key, at)
        if sent.state == NUMBERED:
            first = datetime.fromisoformat(sent.at)
            content = write(way.envelope, sent.control, first, document(first))
            async with opened(way.mailbox) as mailbox:
                await mailbox.put(f"{sent.control:09}.x12", content)
            sent = await self._change(account_id, key, {NUMBERED}, replace(sent, state=WRITTEN))
        return sent

    async def tell(self, account_id: str, name: str, way: Way, at: datetime, document: WrittenSet) -> None:
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
