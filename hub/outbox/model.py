"""What the outbox holds: messages in lanes, timers, events, and what is known of them once stored."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from typing import Any
from uuid import UUID

from msgspec import Struct, field

from hub.kernel.instant import Instant
from hub.messages.events.facts import EventFacts, type_of

POLL = "poll"
"""Kind of the timers that ask a partner for updates: their subject is the account."""


class MessageState(Enum):
    """Where a message stands. A DEAD one holds up its lane until a person retries or drops it."""

    DUE = "DUE"
    SETTLED = "SETTLED"
    DEAD = "DEAD"


class Message(Struct, frozen=True):
    """Something to do once the transaction has committed: a task of our own, or a call to a partner.

    `lane` orders: of one lane only the oldest unsettled message is worked, whatever becomes of it; a lane is a partner
    account with a fulfillment order, a payment or a document, or the subject of a task. `account_id` is the partner's
    account for a call, None for a task. `priority` runs from 0 (first) to 9 (last). `message_id` is the operation key
    at the partner: a message appended again under the same id is the same message.
    """

    message_id: UUID
    lane: str
    kind: str
    payload: Mapping[str, Any]
    account_id: str | None = None
    order_id: UUID | None = None
    traceparent: str | None = None
    priority: int = 5


class MessageRecord(Struct, frozen=True):
    """A message as stored; `last_failure` is one sentence for people."""

    message: Message
    lane_number: int
    state: MessageState
    attempts: int
    last_failure: str
    created_at: Instant
    settled_at: Instant | None
    answer: Mapping[str, Any] | None


class Outcome(Enum):
    """How a partner answered; NOT_FOUND only when asked what became of an operation."""

    DONE = "DONE"
    REFUSED = "REFUSED"
    PENDING = "PENDING"
    NOT_FOUND = "NOT_FOUND"


class Answer(Struct, frozen=True):
    """A partner's answer to a message. `extra` holds JSON values that the message's kind defines, no personal data."""

    outcome: Outcome
    partner_reference: str = ""
    code: str = ""
    message: str = ""
    extra: Mapping[str, Any] = field(default_factory=dict)


class DeadLetter(Struct, frozen=True):
    """A message given up, and why in one sentence for people."""

    message: Message
    failure: str


class Claim(Struct, frozen=True):
    """A message that one worker holds for a while. `fence` is its token: who has an older one can settle nothing.

    `attempts` counts this one. `unknown`: what became of the attempt before is not known: the partner is asked first.
    `probe`: the account's breaker is open, and this one message tries whether the partner is back.
    """

    message: Message
    fence: int
    attempts: int
    unknown: bool
    probe: bool = False


class Timer(Struct, frozen=True):
    """Something to do at an instant of business time; one per subject and kind, set again replaces it."""

    subject: str
    kind: str
    due_at: Instant
    payload: Mapping[str, Any] = field(default_factory=dict)
    order_id: UUID | None = None
    traceparent: str | None = None


class Poll(Struct, frozen=True):
    """A partner account to ask for updates by a message of `kind` (warehouse.pull), at `due_at` or sooner."""

    account_id: str
    kind: str
    due_at: Instant


class Event(Struct, frozen=True):
    """Something that happened; the type of its facts is its type.

    Who may read it: a principal limited to channels, sellers or nodes sees it only where the event names one of them.
    """

    event_id: UUID
    facts: EventFacts
    occurred_at: Instant
    order_id: UUID | None = None
    order_version: int | None = None
    traceparent: str | None = None
    channel_id: str | None = None
    seller_id: str | None = None
    node_id: str | None = None

    @property
    def type(self) -> str:
        """Its type, for example OrderPlaced."""
        return type_of(self.facts)


class EventRecord(Struct, frozen=True):
    """An event and its place in the feed; None until the sequencer has given it one."""

    event: Event
    position: int | None


class OutboxCounts(Struct, frozen=True):
    """How much there is: `due` counts messages due or in flight, `last_position` the end of the feed."""

    due: int
    in_flight: int
    dead: int
    timers: int
    last_position: int


class BusinessTime(Struct, frozen=True):
    """The row of the business clock: `at` counts only where `virtual`. `fired_timers` counts all that ever fired."""

    virtual: bool
    at: Instant
    fired_timers: int = 0
