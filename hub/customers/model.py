"""Codes and sessions as values."""

from __future__ import annotations

from uuid import UUID

from msgspec import Struct

from hub.kernel.instant import Instant


class Code(Struct, frozen=True):
    """A code that was sent to the buyer of an order. `number` counts the order's codes; only the last one opens.

    The code itself is kept nowhere: it follows from `name` and a key of the installation (`Secrets.session_code`).
    """

    order_id: UUID
    number: int
    code_id: UUID
    sent_at: Instant
    expires_at: Instant
    wrong_tries: int = 0
    used_at: Instant | None = None

    @property
    def name(self) -> str:
        """What the code is made from."""
        return f"{self.order_id}/{self.code_id}"


class Session(Struct, frozen=True):
    """A session for one order, or for the orders of a party; `opened_by` is the principal that opened it."""

    session_id: UUID
    order_id: UUID | None
    party_id: UUID | None
    opened_by: str
    opened_at: Instant
    expires_at: Instant
    ended_at: Instant | None = None

    def holds(self, at: Instant) -> bool:
        """Whether it lets its customer in at an instant."""
        return self.ended_at is None and at < self.expires_at


class Subject(Struct, frozen=True):
    """Whose sessions are meant: those of one order, or of a party."""

    order_id: UUID | None = None
    party_id: UUID | None = None
