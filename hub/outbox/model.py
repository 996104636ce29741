"""What the outbox holds: messages in lanes, timers, events, and what is known of them once stored."""

from __future__ import annotations

from datetime import timedelta
from enum import Enum
from typing import Generic, TypeVar
from uuid import UUID

from msgspec import Struct

from hub.kernel.instant import Instant
from hub.messages.events.facts import EventFacts, type_of
from hub.messages.payload import Payload, TimerPayload, Unread

P_co = TypeVar("P_co", bound=Payload, covariant=True)
"""The payload of a message: what its kind says."""
R_co = TypeVar("R_co", covariant=True)
"""What the answer to a kind of message says beside its outcome; None where that is all."""


class MessageState(Enum):
    """Where a message stands. A DEAD one holds up its lane until a person retries or drops it."""

    DUE = "DUE"
    SETTLED = "SETTLED"
    DEAD = "DEAD"


class Message(Struct, Generic[P_co], frozen=True):
    """Something to do once the transaction has committed: a task of our own, or a call to a partner.

    `lane` orders: of one lane only the oldest unsettled message is worked, whatever becomes of it; a lane is a partner
    account with a fulfillment order, a payment or a document, or the subject of a task. `account_id` is the partner's
    account for a call, None for a task. `priority` runs from 0 (first) to 9 (last). `message_id` is the operation key
    at the partner: a message appended again under the same id is the same message. `answered_before`: the partner has
    answered it PENDING, and is asked again. `appended_at`: business time at which it was appended; None before.
    """

    message_id: UUID
    lane: str
    payload: P_co
    account_id: str | None = None
    order_id: UUID | None = None
    traceparent: str | None = None
    priority: int = 5
    answered_before: bool = False
    appended_at: Instant | None = None

    @property
    def kind(self) -> str:
        """What is done with it; its payload's kind."""
        payload: Payload = self.payload
        return payload.kind if isinstance(payload, Unread) else payload.KIND


class Revival(Struct, frozen=True):
    """Which dead letters are to live again: those of an account, made at `since` or later; None: all of it."""

    account_id: str
    since: Instant | None = None


class Revived(Struct, frozen=True):
    """How many dead letters live again, and how many of the same are still dead."""

    retried: int
    remaining: int


class Overdue(Struct, frozen=True):
    """Messages to an account that wait too long: how many, and of the oldest its kind, since when, how it failed."""

    account_id: str
    messages: int
    kind: str
    since: Instant
    last_failure: str


class Outcome(Enum):
    """How a message ended. NOT_FOUND: a partner that is asked what became of an operation does not know it.

    DROPPED: no partner said it; a person dropped the message.
    """

    DONE = "DONE"
    REFUSED = "REFUSED"
    PENDING = "PENDING"
    NOT_FOUND = "NOT_FOUND"
    DROPPED = "DROPPED"


class Answer(Struct, Generic[R_co], frozen=True):
    """A partner's answer to a message. `result` says what belongs to the message's kind, without personal data."""

    outcome: Outcome
    result: R_co
    partner_reference: str = ""
    code: str = ""
    message: str = ""


class KeptAnswer(Struct, frozen=True):
    """What stays with a message of its answer, as JSON: all but the result."""

    outcome: Outcome
    partner_reference: str = ""
    code: str = ""
    message: str = ""


class MessageRecord(Struct, frozen=True):
    """A message as stored; `last_failure` is one sentence for people."""

    message: Message[Payload]
    lane_number: int
    state: MessageState
    attempts: int
    last_failure: str
    created_at: Instant
    settled_at: Instant | None
    answer: KeptAnswer | None


class DeadLetter(Struct, frozen=True):
    """A message given up, and why in one sentence for people; `fence` is that of the claim under which it was."""

    message: Message[Payload]
    failure: str
    fence: int


class Claim(Struct, frozen=True):
    """A message that one worker holds for a while. `fence` is its token: who has an older one can settle nothing.

    `attempts` counts this one. `unknown`: what became of the attempt before is not known: the partner is asked first.
    `probe`: the account's breaker is open, and this one message tries whether the partner is back.
    """

    message: Message[Payload]
    fence: int
    attempts: int
    unknown: bool
    probe: bool = False

    @property
    def key(self) -> tuple[UUID, int]:
        """What tells it from every other claim."""
        return self.message.message_id, self.fence


class Timer(Struct, frozen=True):
    """Something to do at an instant of business time; one per subject and kind, set again replaces it."""

    payload: TimerPayload
    order_id: UUID | None = None
    traceparent: str | None = None


class TimerRecord(Struct, frozen=True):
    """A timer as stored; `payload` is what its message will say."""

    subject: str
    kind: str
    due_at: Instant
    payload: Payload
    order_id: UUID | None
    traceparent: str | None


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


class EventFilter(Struct, frozen=True):
    """Which events of the feed a reader wants: those of `types` and of the channel; empty means all."""

    types: tuple[str, ...] = ()
    channel_id: str = ""


class OutboxCounts(Struct, frozen=True):
    """How much there is: `due` counts messages due or in flight, `last_position` the end of the feed."""

    due: int
    in_flight: int
    dead: int
    timers: int
    last_position: int


class AccountState(Struct, frozen=True):
    """How an account stands: whether a person paused it (machine time), its breaker, and what waits for it.

    `failing` are due messages that failed before; `settled` and `last_settled_at` are those since an instant.
    """

    account_id: str
    paused_at: Instant | None = None
    pause_reason: str = ""
    breaker_until: Instant | None = None
    due: int = 0
    in_flight: int = 0
    failing: int = 0
    dead: int = 0
    oldest_at: Instant | None = None
    last_failure: str = ""
    settled: int = 0
    last_settled_at: Instant | None = None


class Pace(Struct, frozen=True):
    """What became of messages in a span: how many were `settled`, and how many fewer are due than at its beginning."""

    settled: int
    drained: int

    def span_for(self, due: int, span: timedelta) -> timedelta | None:
        """How long so many due messages take at this pace of a span; None where there is no end to see."""
        return span * (due / self.drained) if due and self.drained > 0 else None


class Waiting(Struct, frozen=True):
    """Messages of an account and a kind that wait or were given up: how many, and since when the oldest is there."""

    account_id: str
    kind: str
    state: MessageState
    count: int
    oldest_at: Instant


class BusinessTime(Struct, frozen=True):
    """The row of the business clock: `at` counts only where `virtual`. `fired_timers` counts all that ever fired."""

    virtual: bool
    at: Instant
    fired_timers: int = 0
