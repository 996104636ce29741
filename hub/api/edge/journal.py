"""Says who did what: an entry per changing call, per look at personal data, and per call that was denied.

Calls of nobody are counted by their reason and told together, so that whoever floods the hub does not fill its log too.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable
from functools import cache
from typing import Final

from google.protobuf.descriptor import Descriptor, FieldDescriptor
from google.protobuf.message import Message
from msgspec import Struct, field

from hub.api.edge.rpcs import RPCS, Change
from hub.auditlog.model import Entry
from hub.kernel.instant import Instant
from hub.kernel.scope import Scope

CANCELED: Final = "CANCELED"
FAILED: Final = "FAILED"
"""The outcome of a call that ended by an error of the hub, or without its database."""
NOBODY: Final = "(nobody)"
_DENIED: Final = "PERMISSION_DENIED"
_REQUEST_ID: Final = "request_id"
_LONGEST_SUBJECT: Final = 200


class Note(Struct):
    """What is known of a call in hand. `outcome` is CANCELED until the call has another end.

    `began` is in seconds of the performance counter.
    """

    rpc: str
    scope: Scope | None = None
    trace_id: str = ""
    request_id: str = ""
    subject: str = ""
    outcome: str = CANCELED
    began: float = field(default_factory=time.perf_counter)

    def about(self, request: Message) -> None:
        """Take from a request what it is about."""
        if RPCS[self.rpc].change is Change.NOTHING and not RPCS[self.rpc].personal:
            return
        self.request_id = getattr(request, _REQUEST_ID, "")
        self.subject = next(
            (
                f"{name}={value}"[:_LONGEST_SUBJECT]
                for name in _names(request.DESCRIPTOR)
                if (value := getattr(request, name))
            ),
            "",
        )


class Journal:
    """Makes entries of calls that ended. `now` is the machine's clock."""

    def __init__(self, now: Callable[[], Instant]) -> None:
        self._now = now
        self._entries: list[Entry] = []
        self._strangers: Counter[tuple[str, str]] = Counter()

    def end(self, note: Note) -> None:
        """Take a call that ended."""
        row = RPCS[note.rpc]
        if note.scope is None:
            if note.outcome != CANCELED:
                self._strangers[note.rpc, note.outcome] += 1
        elif row.change is not Change.NOTHING or row.personal or note.outcome == _DENIED:
            self._entries.append(
                Entry(
                    at=self._now(),
                    principal=note.scope.principal,
                    rpc=note.rpc,
                    outcome=note.outcome,
                    request_id=note.request_id,
                    subject=note.subject,
                    trace_id=note.trace_id,
                )
            )

    def take(self) -> list[Entry]:
        """Return the entries since the last time, those of strangers last."""
        entries, self._entries = self._entries, []
        strangers, self._strangers = self._strangers, Counter()
        entries += [
            Entry(at=self._now(), principal=NOBODY, rpc=rpc, outcome=outcome, calls=calls)
            for (rpc, outcome), calls in strangers.items()
        ]
        return entries


@cache
def _names(message: Descriptor) -> tuple[str, ...]:
    """Return the fields of a request that name what it is about, in their order."""
    return tuple(
        field.name
        for field in message.fields
        if field.type == FieldDescriptor.TYPE_STRING
        and not field.is_repeated
        and field.name.endswith("_id")
        and field.name != _REQUEST_ID
    )
