"""What the payloads of messages have in common: a kind, and for those of timers a subject and the instant they are due.

Instants and identities are texts in JSON. Fields that stand at their default are left out where a struct says so.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar, Protocol

from msgspec import Struct

from hub.kernel.instant import Instant


class Payload(Protocol):
    """What a message says. `KIND` names what is done with it: `warehouse.release`, `order.confirm`, `timer.release`.

    Unread has no kind of its own: it stands for one of any kind.
    """

    KIND: ClassVar[str]


class TimerPayload(Payload, Protocol):
    """What a timer says once it fires: a task about the field that is stored as `subject`."""

    @property
    def due_at(self) -> Instant:
        """Instant of business time at which it fires."""
        ...


class Unread(Struct, frozen=True):
    """A stored payload that no struct of this version reads; `failure` says why, in one sentence for people."""

    KIND: ClassVar[str] = ""

    kind: str
    stored: Mapping[str, object]
    failure: str
