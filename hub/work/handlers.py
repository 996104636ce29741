"""What `app` binds message kinds to: tasks run a flow of ours, calls ask a partner and hand its answer to a flow.

`apply` runs in the transaction that settles the messages. It may answer one entry per message: None, or the Refusal
that makes a dead letter of it. What it raises is narrowed down to the messages that raise it when applied alone.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any, Generic, Protocol, TypeVar

from msgspec import Struct

from hub.database.pool import Database
from hub.database.tx import Tx
from hub.kernel.errors import Refusal
from hub.kernel.instant import Instant
from hub.kernel.trace import TraceContext
from hub.messages.payload import Payload
from hub.messages.timers import PollDue
from hub.outbox import operations as outbox
from hub.outbox.model import Answer, Claim, DeadLetter, Message, Outcome

P = TypeVar("P", bound=Payload)
"""The payload of the messages that a handler takes."""
R = TypeVar("R")
"""The result in the answers that a handler takes."""

Messages = Sequence[Message[P]]
Answered = Sequence[tuple[Message[P], Answer[R]]]
Refused = Sequence[Refusal | None] | None
"""One entry per message, or None when none was refused."""
ApplyAnswers = Callable[[Tx, Answered[P, R], Instant], Awaitable[Refused]]
ApplyTask = Callable[[Tx, Messages[P], Sequence[Any], Instant], Awaitable[Refused]]
Prepare = Callable[[Database, Messages[P], Instant], Awaitable[Sequence[Any]]]
Ask = Callable[[Message[P], Instant], Awaitable[Answer[R]]]
OnDead = Callable[[Tx, Sequence[DeadLetter], Instant], Awaitable[None]]
"""Told, in the transaction that gives messages up, which and why."""


class Misanswers(Protocol):
    """Hears, in the transaction that notes it, of messages whose partner answers with what breaks the contract."""

    async def named(self, tx: Tx, claim: Claim, failure: str, at: Instant) -> None:
        """A message was answered so several times, and is asked on."""
        ...

    async def ended(self, tx: Tx, messages: Messages[Any], at: Instant) -> None:
        """Messages that may have been named have their answer."""
        ...


class Task(Protocol):
    """A flow of ours that runs after the commit of its cause."""

    @property
    def kind(self) -> str:
        """Kind of the messages it handles."""
        ...

    async def prepare(self, database: Database, messages: Messages[Any], at: Instant) -> Sequence[Any]:
        """What is thought out before the transaction: one value per message."""
        ...

    async def apply(self, tx: Tx, messages: Messages[Any], prepared: Sequence[Any], at: Instant) -> Refused:
        """Runs the flow for many."""
        ...


class Call(Protocol):
    """An operation at a partner. `repeatable`: it has no effect there, so it may be repeated without asking first.

    `send` and `find` raise what `connect.failures` names.
    """

    @property
    def kind(self) -> str:
        """Kind of the messages it handles."""
        ...

    @property
    def together(self) -> str:
        """What its answers are taken in with: calls of one word share a flow, and one's `apply` does for all."""
        ...

    @property
    def repeatable(self) -> bool:
        """Whether the operation has no effect at the partner."""
        ...

    async def send(self, message: Message[Any], at: Instant) -> Answer[Any]:
        """Does the operation at the partner; never NOT_FOUND."""
        ...

    async def find(self, message: Message[Any], at: Instant) -> Answer[Any]:
        """Asks what became of the operation."""
        ...

    async def apply(self, tx: Tx, answered: Answered[Any, Any], at: Instant) -> Refused:
        """Hands answers to a flow."""
        ...


class FlowTask(Struct, Generic[P], frozen=True):
    """A task made of functions; without `prepare` the flow gets the messages themselves as prepared."""

    payload: type[P]
    run: ApplyTask[P]
    plan: Prepare[P] | None = None

    @property
    def kind(self) -> str:
        """Kind of the messages it handles."""
        return self.payload.KIND

    async def prepare(self, database: Database, messages: Messages[P], at: Instant) -> Sequence[Any]:
        """Plans, where there is something to plan."""
        return messages if self.plan is None else await self.plan(database, messages, at)

    async def apply(self, tx: Tx, messages: Messages[P], prepared: Sequence[Any], at: Instant) -> Refused:
        """Runs the flow."""
        return await self.run(tx, messages, prepared, at)


_TOLD_LATER = frozenset({Outcome.DONE, Outcome.PENDING})
"""Outcomes after which a partner has something to tell: what was done there, or what it decided."""


class PartnerCall(Struct, Generic[P, R], frozen=True):
    """A call made of functions. `polled_by`: after a DONE or PENDING its account is asked for updates, by that kind.

    `later`: is handed all answers first, and waits for what is PENDING; without it these are for `take`, as all others.
    `shares`: a word for calls that are alike in all three, so that their answers are taken in together.
    """

    payload: type[P]
    ask: Ask[P, R]
    look_up: Ask[P, R]
    take: ApplyAnswers[P, R]
    polled_by: type[Payload] | None = None
    later: ApplyAnswers[P, R] | None = None
    shares: str = ""
    repeatable: bool = False

    @property
    def kind(self) -> str:
        """Kind of the messages it handles."""
        return self.payload.KIND

    @property
    def together(self) -> str:
        """Its word, or its kind where it shares no flow."""
        return self.shares or self.kind

    async def send(self, message: Message[P], at: Instant) -> Answer[R]:
        """Does the operation."""
        return await self.ask(message, at)

    async def find(self, message: Message[P], at: Instant) -> Answer[R]:
        """Asks what became of it."""
        return await self.look_up(message, at)

    async def apply(self, tx: Tx, answered: Answered[P, R], at: Instant) -> Refused:
        """Hands answers to the flow, and has the partners' updates fetched that follow from them."""
        refused = await self._taken(tx, answered, at)
        if self.polled_by is not None:
            accounts = {message.account_id for message, answer in answered if answer.outcome in _TOLD_LATER}
            kind = self.polled_by.KIND
            await outbox.poll_at(tx, [PollDue(account_id, at, kind) for account_id in sorted(filter(None, accounts))])
        return refused

    async def _taken(self, tx: Tx, answered: Answered[P, R], at: Instant) -> Refused:
        if self.later is None:
            return await self.take(tx, answered, at)
        await self.later(tx, answered, at)
        final = [(message, answer) for message, answer in answered if answer.outcome is not Outcome.PENDING]
        refusals = iter(await self.take(tx, final, at) or [None] * len(final))
        return [None if answer.outcome is Outcome.PENDING else next(refusals) for _, answer in answered]


def flow_task(payload: type[P], run: ApplyTask[P], plan: Prepare[P] | None = None) -> Task:
    """Return the task for the messages with a payload. Its functions are checked to take that payload.

    In a list of handlers the class by itself is not: there its payload is taken for `Any`.
    """
    return FlowTask(payload, run, plan)


def partner_call(
    payload: type[P],
    ask: Ask[P, R],
    look_up: Ask[P, R],
    take: ApplyAnswers[P, R],
    *,
    polled_by: type[Payload] | None = None,
    later: ApplyAnswers[P, R] | None = None,
    shares: str = "",
    repeatable: bool = False,
) -> Call:
    """Return the call for the messages with a payload, checked as `flow_task` is."""
    return PartnerCall(payload, ask, look_up, take, polled_by, later, shares, repeatable)


Handlers = Mapping[str, Task | Call]
"""Kind of message -> its handler."""


class Delivery(Struct, frozen=True):
    """One attempt at a message, for traces: its own place in the trace, and how it went. Times are machine time."""

    message: Message[Payload]
    context: TraceContext
    attempt: int
    started_at: Instant
    ended_at: Instant
    outcome: str


Recorder = Callable[[Delivery], None]
