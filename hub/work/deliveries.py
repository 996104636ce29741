"""Delivers messages: claims them, runs tasks, makes calls side by side, and takes the results in as they come.

Each call runs for itself, so that a slow partner keeps nobody waiting but its own account's ceiling; answers that have
come within a moment are taken in together, per flow, in one transaction. What fails is for `setbacks`.
"""

from __future__ import annotations

import asyncio
import logging
from collections import defaultdict
from collections.abc import Callable, Coroutine, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, TypeGuard, cast
from uuid import UUID

from msgspec.structs import replace
from psycopg import OperationalError

from hub.database.pool import Database
from hub.database.tx import Tx
from hub.kernel.instant import Instant
from hub.kernel.trace import TraceContext, from_traceparent
from hub.messages.payload import Payload, Unread
from hub.outbox import operations as outbox
from hub.outbox.model import Answer, Claim, KeptAnswer, Message
from hub.work.answers import AnswerQueue
from hub.work.applying import Apply, Applying, Piece
from hub.work.calling import attempt
from hub.work.handlers import Call, Delivery, Handlers, Recorder, Refused, Task
from hub.work.setbacks import Setbacks

log = logging.getLogger(__name__)

Ceilings = Callable[[], Mapping[str, int]]
"""Account -> messages it may have in flight, over all workers; others have the settings' ceiling."""


@dataclass
class Deliveries:
    """What one worker has in hand. `changed` is set whenever something ended."""

    database: Database
    handlers: Handlers
    setbacks: Setbacks
    ceilings: Ceilings
    recorder: Recorder
    changed: asyncio.Event
    active: set[asyncio.Task[None]] = field(default_factory=set)
    _claims: dict[tuple[UUID, int], Claim] = field(default_factory=dict)
    _answers: defaultdict[str, AnswerQueue] = field(default_factory=lambda: defaultdict(AnswerQueue))

    def __post_init__(self) -> None:
        self.settings, self.machine = self.setbacks.settings, self.setbacks.machine
        self._applying = Applying(self.database, self.setbacks.on_dead)

    async def claim(self) -> list[Claim]:
        """Claims what may be worked; whoever claims starts on it at once."""
        now = self.machine.now()
        async with self.database.transaction() as tx:
            return await outbox.claim(
                tx,
                now=now,
                until=now + timedelta(seconds=self.settings.lease_seconds),
                ceilings={"": self.settings.task_ceiling, **self.ceilings()},
                default_ceiling=self.settings.account_ceiling,
                limit=self.settings.claim_limit,
            )

    def start(self, claims: Sequence[Claim], at: Instant) -> None:
        """Starts on claimed messages as of business time `at`, which was read after the claim.

        Read before, it could be earlier than the messages: while nothing is in flight, virtual time may be moved.
        """
        by_payload: dict[type[Payload], list[Claim]] = {}
        for claim in claims:
            by_payload.setdefault(type(claim.message.payload), []).append(claim)
        for payload, group in by_payload.items():
            handler = self.handlers.get(payload.KIND)
            if handler is None:
                hopeless = [(claim, _why_unhandled(claim.message)) for claim in group]
                self._start(self.setbacks.give_up(hopeless, at), group)
            elif is_call(handler):
                for claim in group:
                    self._start(self._call(handler, claim, at), [claim])
            else:
                self._start(self._tasks(cast("Task", handler), group, at), group)

    async def renew(self) -> None:
        """Holds all messages in hand for another lease."""
        until = self.machine.now() + timedelta(seconds=self.settings.lease_seconds)
        async with self.database.transaction() as tx:
            await outbox.renew(tx, list(self._claims.values()), until=until)

    def _start(self, work: Coroutine[Any, Any, None], claims: Sequence[Claim]) -> None:
        for claim in claims:
            self._claims[claim.key] = claim
        task = asyncio.create_task(self._guarded(work, claims))
        self.active.add(task)
        task.add_done_callback(self._ended)

    def _ended(self, task: asyncio.Task[None]) -> None:
        self.active.discard(task)
        self.changed.set()

    async def _guarded(self, work: Coroutine[Any, Any, None], claims: Sequence[Claim]) -> None:
        """Runs work to its end. Whatever breaks it, its messages are let go: their leases end, others take over."""
        try:
            await work
        except OperationalError as error:
            log.warning("the database was lost under a delivery (%s); its leases will end", type(error).__name__)
        except Exception:
            log.exception("a delivery failed; its leases will end")
        finally:
            if not any(self._waits(claim) for claim in claims):
                self._let_go(claims)

    async def _tasks(self, handler: Task, group: Sequence[Claim], at: Instant) -> None:
        """Runs a task's flow for all its messages at once."""
        started = self.machine.now()
        placed = [self._placed(claim.message) for claim in group]
        try:
            prepared = await handler.prepare(self.database, [message for message, _ in placed], at)
        except OperationalError:
            raise
        except Exception as error:
            await self.setbacks.ours([(Piece(claim, None), error) for claim in group], at)
            return

        async def apply(tx: Tx, pieces: Sequence[Piece], at: Instant) -> Refused:
            return await handler.apply(
                tx, [piece.value[0] for piece in pieces], [piece.value[1] for piece in pieces], at
            )

        values = zip(group, placed, prepared, strict=True)
        failed = await self._take([Piece(claim, (message, plan)) for claim, (message, _), plan in values], apply, at)
        for claim, (_, context) in zip(group, placed, strict=True):
            self._record(claim, context, started, "FAILED" if claim.message.message_id in failed else "DONE")

    async def _call(self, handler: Call, claim: Claim, at: Instant) -> None:
        """Makes one attempt at a call; its answer is taken in with others that have come by then."""
        started = self.machine.now()
        message, context = self._placed(claim.message)
        answers = self._answers[handler.together]
        with answers.awaiting():
            ended = await attempt(handler, claim, message, at, self.machine, self.setbacks.random)
        self._record(claim, context, started, ended.outcome)
        await self.setbacks.account(ended)
        if ended.answer is None:
            await self.setbacks.theirs(handler, ended, at)
            return
        answers.put(Piece(ended.claim, (message, ended.answer), kept(ended.answer)), at)
        if not answers.taking:
            await self._take_answers(handler, answers)

    async def _take_answers(self, handler: Call, answers: AnswerQueue) -> None:
        async def apply(tx: Tx, pieces: Sequence[Piece], at: Instant) -> Refused:
            late = [piece.claim.message for piece in pieces if piece.claim.attempts > self.settings.patience]
            if late:
                await self.setbacks.misanswers.ended(tx, late, at)
            return await handler.apply(tx, [piece.value for piece in pieces], at)

        answers.taking = True
        try:
            while await answers.gathered():
                waiting = answers.take()
                await self._take([piece for piece, _ in waiting], apply, max(when for _, when in waiting))
                self.changed.set()
        finally:
            answers.taking = False
            while left := answers.take():
                self._let_go(piece.claim for piece, _ in left)

    async def _take(self, pieces: Sequence[Piece], apply: Apply, at: Instant) -> set[UUID]:
        """Takes results in, hands on what failed, and answers those messages' ids."""
        try:
            failed = await self._applying.take(pieces, apply, at)
            if failed:
                await self.setbacks.ours(failed, at)
        finally:
            self._let_go(piece.claim for piece in pieces)
        return {piece.claim.message.message_id for piece, _ in failed}

    def _waits(self, claim: Claim) -> bool:
        """Whether the message's answer came and waits to be taken in with others."""
        return any(answers.holds(claim) for answers in self._answers.values())

    def _let_go(self, claims: Iterable[Claim]) -> None:
        for claim in claims:
            self._claims.pop(claim.key, None)

    def _placed(self, message: Message[Payload]) -> tuple[Message[Payload], TraceContext]:
        """The message with a place of its own in its trace: what follows is caused by this delivery."""
        random = self.setbacks.random
        parent = from_traceparent(message.traceparent)
        trace_id = parent.trace_id if parent else f"{random.getrandbits(128) or 1:032x}"
        context = TraceContext(trace_id, f"{random.getrandbits(64) or 1:016x}")
        return replace(message, traceparent=context.traceparent()), context

    def _record(self, claim: Claim, context: TraceContext, started: Instant, outcome: str) -> None:
        self.recorder(Delivery(claim.message, context, claim.attempts, started, self.machine.now(), outcome))


def _why_unhandled(message: Message[Payload]) -> str:
    payload = message.payload
    return payload.failure if isinstance(payload, Unread) else f"No handler for {message.kind}; bind it and retry."


def is_call(handler: Task | Call) -> TypeGuard[Call]:
    """Whether a handler calls a partner."""
    return hasattr(handler, "send")


def kept(answer: Answer[Any]) -> KeptAnswer:
    """What stays with the message of an answer."""
    return KeptAnswer(answer.outcome, answer.partner_reference, answer.code, answer.message)
