"""An rpc that changes something, as the gate sees it, and a request that waits for its answer."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any, Generic, Protocol, TypeVar
from uuid import UUID

from msgspec import Struct, field

from hub.cases.context import FlowContext, TouchedCase
from hub.database.requests import RequestKey
from hub.database.tx import Tx
from hub.gate.outcomes import Stored
from hub.kernel.errors import DeadlinePassed, Refusal
from hub.kernel.scope import Scope
from hub.kernel.trace import TraceContext

C = TypeVar("C")
R = TypeVar("R")


def _no_order(_: object) -> UUID | None:
    return None


class Optimistic(Struct, Generic[C, R], frozen=True):
    """How commands are done without a look first, as if all were new and everything as it was read.

    `plan` reads, and answers what is to be done; None, or a refusal, for a command that needs a look. `flow` does what
    was planned in a transaction that only writes, and that is AssumptionBroken where something is not as planned.
    """

    plan: Callable[[FlowContext, Sequence[C]], Awaitable[Sequence[Any]]]
    flow: Callable[[FlowContext, Sequence[Any]], Awaitable[Sequence[R]]]


class Change(Struct, Generic[C, R], frozen=True):
    """What an rpc does, for many commands in one transaction.

    `flow` does it. `prepare`, where there is one, plans before the transaction from a context that only reads; the flow
    gets its results as commands and may answer PlanStale: then both run once more, with `flow.last`. A command that
    `prepare` refuses must leave nothing taken in its plans. `outcome` says what to store of an answer; `rebuild`
    answers repeats from that and the rooms as they stand. `order_of` names the order a command is about, and `made` the
    one that an answer brings, for its trace. `optimistic`, where there is one, is tried first. `alone`: its commands
    want the same few rows, so that two batches of them would wait for each other; one runs at a time, with all that
    waits.
    """

    rpc: str
    flow: Callable[[FlowContext, Sequence[Any]], Awaitable[Sequence[R | Refusal]]]
    outcome: Callable[[R], Stored]
    rebuild: Callable[[FlowContext, Sequence[Stored]], Awaitable[Sequence[R | Refusal]]]
    prepare: Callable[[FlowContext, Sequence[C]], Awaitable[Sequence[Any]]] | None = None
    order_of: Callable[[C], UUID | None] = field(default=_no_order)
    made: Callable[[R], UUID | None] = field(default=_no_order)
    optimistic: Optimistic[C, R] | None = None
    alone: bool = False


class Surroundings(Protocol):
    """What `app` hands to the gate: how contexts are made of transactions, and where spans of touched cases go."""

    async def flow_context(
        self, tx: Tx, scope: Scope, *, causes: Mapping[UUID, TraceContext], last: bool
    ) -> FlowContext:
        """The surroundings of one transaction."""

    async def remembered(self, tx: Tx, scope: Scope) -> FlowContext | None:
        """The surroundings as this process remembers them, for plans that are verified later; None at first."""

    async def following(self, planned_in: FlowContext, tx: Tx, *, causes: Mapping[UUID, TraceContext]) -> FlowContext:
        """The surroundings of one transaction that does what was planned in others.

        It is AssumptionBroken where what they rested on is in force no more.
        """

    def record(self, touched: Sequence[TouchedCase]) -> None:
        """Takes the spans of cases that a committed transaction changed."""


class CommitPosition(Struct, eq=False):
    """What a caller may refer to later: the position of what was done in the feed of stock changes, or 0."""

    position: int = 0

    def note(self, position: int) -> None:
        """Takes the position of something that was done; the furthest stays."""
        self.position = max(self.position, position)


class Asked(Struct, frozen=True):
    """Who asks, under which id, with which content, until when (seconds of the loop's clock), caused by which span.

    `receipt` hears what was done.
    """

    scope: Scope
    request_id: UUID
    content: bytes
    deadline: float | None = None
    cause: TraceContext | None = None
    receipt: CommitPosition = field(default_factory=CommitPosition)


class Element(Struct, eq=False):
    """A request that waits: its commands, and a future for one answer per command.

    `deadline` is in seconds of the loop's clock. `last`: its plan went stale once.
    """

    key: RequestKey
    commands: Sequence[Any]
    answer: asyncio.Future[Sequence[Any]]
    deadline: float | None = None
    cause: TraceContext | None = None
    last: bool = False
    receipt: CommitPosition = field(default_factory=CommitPosition)

    def settle(self, outcome: Sequence[Any] | BaseException) -> None:
        """Answers the caller, unless they have gone."""
        if self.answer.done():
            return
        if isinstance(outcome, BaseException):
            self.answer.set_exception(outcome)
        else:
            self.answer.set_result(outcome)

    def gone(self, now: float) -> bool:
        """Whether nobody waits any more; an element whose deadline passed is told so."""
        if self.deadline is not None and self.deadline <= now:
            self.settle(
                DeadlinePassed("The deadline passed before the work began. Nothing was done; ask again with more time.")
            )
        return self.answer.done()
