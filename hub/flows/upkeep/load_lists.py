"""Puts a version of a denied-party list in force, and has open orders that it touches screened again."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from msgspec import Struct

from hub.cases.context import FlowContext
from hub.kernel.errors import Refusal
from hub.messages.tasks import ScreenAgain
from hub.outbox import operations as outbox
from hub.outbox.model import Message
from hub.screening import operations as screening
from hub.screening.model import DeniedEntry, ListVersion

_FIRST = UUID(int=0)
"""Less than any identity."""


class NewList(Struct, frozen=True):
    """Entries that a list is to have; `expected_version` is the one to be replaced, 0 for any."""

    list_name: str
    entries: tuple[DeniedEntry, ...]
    expected_version: int = 0

    def __repr__(self) -> str:
        return f"NewList({self.list_name!r}, {len(self.entries)} entries)"


async def load_lists(flow: FlowContext, lists: Sequence[NewList]) -> list[ListVersion | Refusal]:
    """Load lists in turn; the same entries again keep the version. Refuses STATE_CHANGED."""
    answers: list[ListVersion | Refusal] = []
    messages: list[Message[ScreenAgain]] = []
    for new in lists:
        try:
            loaded = await screening.load_list(
                flow.tx, flow.scope, new.list_name, new.entries, expected_version=new.expected_version, at=flow.at
            )
        except Refusal as refusal:
            answers.append(refusal)
            continue
        answers.append(loaded)
        if loaded.difference:
            payload = ScreenAgain(list_name=new.list_name, version=loaded.version, after=_FIRST)
            messages.append(Message(flow.new_id(), f"task:screening:{new.list_name}", payload))
    await outbox.append(flow.tx, messages, at=flow.at)
    return answers
