"""What `app` binds message kinds to: tasks run a flow of ours, calls ask a partner and hand its answer to a flow.

`apply` runs in the transaction that settles the messages. It may answer one entry per message: None, or the Refusal
that makes a dead letter of it. What it raises is narrowed down to the messages that raise it when applied alone.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any, Protocol

from msgspec import Struct

from hub.database.pool import Database
from hub.database.tx import Tx
from hub.kernel.errors import Refusal
from hub.kernel.instant import Instant
from hub.kernel.trace import TraceContext
from hub.outbox import operations as outbox
from hub.outbox.model import Answer, DeadLetter, Message, Outcome, Poll

Refused = Sequence[Refusal | None] | None
"""One entry per message, or None when none was refused."""
ApplyAnswers = Callable[[Tx, Sequence[tuple[Message, Answer]], Instant], Awaitable[Refused]]
ApplyTask = Callable[[Tx, Sequence[Message], Sequence[Any], Instant], Awaitable[Refused]]
Prepare = Callable[[Database, Sequence[Message], Instant], Awaitable[Sequence[Any]]]
Ask = Callable[[Message, Instant], Awaitable[Answer]]
OnDead = Callable[[Tx, Sequence[DeadLetter], Instant], Awaitable[None]]
"""Told, in the transaction that gives messages up, which and why."""


class Task(Protocol):
    """A flow of ours that runs after the commit of its cause."""

    @property
    def kind(self) -> str:
        """Kind of the messages it handles."""
        ...

    async def prepare(self, database: Database, messages: Sequence[Message], at: Instant) -> Sequence[Any]:
        """What is thought out before the transaction: one value per message."""
        ...

    async def apply(self, tx: Tx, messages: Sequence[Message], prepared: Sequence[Any], at: Instant) -> Refused:
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
    def repeatable(self) -> bool:
        """Whether the operation has no effect at the partner."""
        ...

    async def send(self, message: Message, at: Instant) -> Answer:
        """Does the operation at the partner; never NOT_FOUND."""
        ...

    async def find(self, message: Message, at: Instant) -> Answer:
        """Asks what became of the operation."""
        ...

    async def apply(self, tx: Tx, answered: Sequence[tuple[Message, Answer]], at: Instant) -> Refused:
        """Hands answers to a flow."""
        ...


class FlowTask(Struct, frozen=True):
    """A task made of functions; without `prepare` the flow gets the messages themselves as prepared."""

    kind: str
    run: ApplyTask
    plan: Prepare | None = None

    async def prepare(self, database: Database, messages: Sequence[Message], at: Instant) -> Sequence[Any]:
        """Plans, where there is something to plan."""
        return messages if self.plan is None else await self.plan(database, messages, at)

    async def apply(self, tx: Tx, messages: Sequence[Message], prepared: Sequence[Any], at: Instant) -> Refused:
        """Runs the flow."""
        return await self.run(tx, messages, prepared, at)


class PartnerCall(Struct, frozen=True):
    """A call made of functions. `polled_by`: after a DONE its account is asked for updates, by that kind."""

    kind: str
    ask: Ask
    look_up: Ask
    take: ApplyAnswers
    polled_by: str = ""
    repeatable: bool = False

    async def send(self, message: Message, at: Instant) -> Answer:
        """Does the operation."""
        return await self.ask(message, at)

    async def find(self, message: Message, at: Instant) -> Answer:
        """Asks what became of it."""
        return await self.look_up(message, at)

    async def apply(self, tx: Tx, answered: Sequence[tuple[Message, Answer]], at: Instant) -> Refused:
        """Hands answers to the flow, and has the partners' updates fetched that follow from them."""
        refused = await self.take(tx, answered, at)
        if self.polled_by:
            accounts = {message.account_id for message, answer in answered if answer.outcome is Outcome.DONE}
            await outbox.poll_at(tx, [Poll(one, self.polled_by, at) for one in sorted(filter(None, accounts))])
        return refused


Handlers = Mapping[str, Task | Call]
"""Kind of message -> its handler."""


class Delivery(Struct, frozen=True):
    """One attempt at a message, for traces: its own place in the trace, and how it went. Times are machine time."""

    message: Message
    context: TraceContext
    attempt: int
    started_at: Instant
    ended_at: Instant
    outcome: str


Recorder = Callable[[Delivery], None]
