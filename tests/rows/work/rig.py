"""A worker with a toy partner: an effect log, outcomes to order per call, a machine clock that only sleepers move."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from random import Random
from types import SimpleNamespace
from typing import Any
from uuid import UUID

from hub.connect.batches import Batched, Batches
from hub.connect.failures import CallFailure, NeverAccepted, NotReached, OutcomeUnknown, PutOff
from hub.database.pool import Database
from hub.database.tx import Tx
from hub.kernel.errors import Refusal
from hub.kernel.instant import Instant
from hub.messages.payload import Payload
from hub.messages.payment import CapturePayment
from hub.messages.warehouse import CancelFulfillmentOrder, ReleaseFulfillmentOrder
from hub.outbox.model import Answer, DeadLetter, Message, Outcome
from hub.tasks.misanswers import Misanswers
from hub.work.deliveries import Deliveries
from hub.work.handlers import Delivery, FlowTask, PartnerCall, Refused, Task
from hub.work.machine import WorkSettings
from hub.work.setbacks import Setbacks
from hub.work.worker import Worker
from tests.rows.outbox.making import AT, NOW, identity

QUICK = WorkSettings(attempts=6, faults=3, first_wait_seconds=1, longest_wait_seconds=30, patience=100)


class Machine:
    """Machine time that stands still but for sleepers, who move it on by what they sleep."""

    def __init__(self, at: Instant = NOW) -> None:
        self.at = at

    def now(self) -> Instant:
        return self.at

    async def sleep(self, seconds: float) -> None:
        self.at += timedelta(seconds=seconds)
        await asyncio.sleep(0)


@dataclass
class Partner:
    """Does an operation once per key, in the order of calls.

    `orders` says per call how it goes: "done", "refused", "pending"; "down", "busy" or "never" (nothing done, told so);
    "lost" (done, no answer) or "timeout" (not done, no answer). When they run out all is done.
    """

    orders: list[str] = field(default_factory=list)
    effects: list[tuple[str, UUID]] = field(default_factory=list)
    sends: list[UUID] = field(default_factory=list)
    finds: list[UUID] = field(default_factory=list)
    down: Callable[[Message[Any]], bool] = lambda _: False
    down_until: Instant | None = None
    times: list[Instant] = field(default_factory=list)
    answers: dict[UUID, Answer[None]] = field(default_factory=dict)
    retry_after_seconds: float | None = None
    gate: asyncio.Event | None = None
    called: asyncio.Event = field(default_factory=asyncio.Event)

    async def send(self, message: Message[Any], at: Instant) -> Answer[None]:
        self.sends.append(message.message_id)
        self.called.set()
        if self.gate is not None:
            await self.gate.wait()
        self.times.append(at)
        away = self.down(message) or (self.down_until is not None and at < self.down_until)
        order = "down" if away else self.orders.pop(0) if self.orders else "done"
        if order in ("down", "busy", "never", "timeout"):
            raise self._failure(order)
        if message.message_id not in self.answers:
            outcome = {"refused": Outcome.REFUSED, "pending": Outcome.PENDING}.get(order, Outcome.DONE)
            self.answers[message.message_id] = Answer(outcome, None, f"REF-{len(self.answers)}")
            if outcome is not Outcome.REFUSED:
                self.effects.append((message.kind, message.message_id))
        if order == "lost":
            raise OutcomeUnknown("no answer")
        return self.answers[message.message_id]

    async def find(self, message: Message[Any], at: Instant) -> Answer[None]:
        self.finds.append(message.message_id)
        if self.down(message):
            raise NotReached("down")
        return self.answers.get(message.message_id, Answer(Outcome.NOT_FOUND, None))

    def _failure(self, order: str) -> CallFailure:
        if order == "busy":
            return PutOff("busy", self.retry_after_seconds)
        return {"down": NotReached, "never": NeverAccepted, "timeout": OutcomeUnknown}[order](order)


@dataclass
class Mailbag:
    """Sends a partner's operations in batches; of the first so many the answer is lost, once all is done."""

    partner: Partner
    lost: int = 0
    batches: list[list[Message[Any]]] = field(default_factory=list)
    gathered: Batches = field(default_factory=Batches)

    async def send(self, message: Message[Any], at: Instant) -> Answer[None]:
        async def ask(_: Batched, request: Any) -> Any:
            self.batches.append(request.requests)
            responses = [await self.partner.send(one, at) for one in request.requests]
            if len(self.batches) <= self.lost:
                raise OutcomeUnknown("no answer")
            return SimpleNamespace(responses=responses)

        batched = Batched(list, "One", "Several", SimpleNamespace)
        answer: Answer[None] | None = await self.gathered.response(message.account_id or "", batched, message, ask)
        return await self.partner.send(message, at) if answer is None else answer


@dataclass
class Rig:
    """A worker, its partner, and what reached the flows."""

    database: Database
    partner: Partner = field(default_factory=Partner)
    machine: Machine = field(default_factory=Machine)
    settings: WorkSettings = QUICK
    tasks: Sequence[Task] = ()
    calls: Sequence[Any] = ()
    taken: list[tuple[Message[Any], Answer[Any]]] = field(default_factory=list)
    dead: list[DeadLetter] = field(default_factory=list)
    recorded: list[Delivery] = field(default_factory=list)
    refuse: Callable[[Message[Any]], Refusal | None] = lambda _: None
    name: str = "worker"
    enough: Callable[[], bool] = lambda: False
    had_enough: asyncio.Event = field(default_factory=asyncio.Event)

    async def take(self, tx: Tx, answered: Sequence[tuple[Message[Any], Answer[Any]]], at: Instant) -> Refused:
        self.taken += answered
        if self.enough():
            self.had_enough.set()
        return [self.refuse(message) for message, _ in answered]

    async def on_dead(self, tx: Tx, letters: Sequence[DeadLetter], at: Instant) -> None:
        self.dead += letters

    async def business_time(self, _: Database) -> Instant:
        return AT

    def worker(self, **changes: Any) -> Worker:
        payloads = (ReleaseFulfillmentOrder, CancelFulfillmentOrder, CapturePayment)
        calls = [PartnerCall(payload, self.partner.send, self.partner.find, self.take) for payload in payloads]
        given: dict[str, Any] = {
            "clock": self.business_time,
            "machine": self.machine,
            "identities": identity,
            "on_dead": self.on_dead,
            "misanswers": Misanswers(),
            "random": Random(1),
            "name": self.name,
            "settings": self.settings,
            "recorder": self.recorded.append,
        }
        handlers = {handler.kind: handler for handler in (*calls, *self.tasks, *self.calls)}
        return Worker(self.database, **{"handlers": handlers} | given | changes)

    def deliveries(self) -> Deliveries:
        """What a worker has in hand, without its loops."""
        setbacks = Setbacks(self.database, self.settings, self.machine, Random(1), self.on_dead, Misanswers())
        handlers = {handler.kind: handler for handler in self.calls}
        return Deliveries(self.database, handlers, setbacks, dict, self.recorded.append, asyncio.Event())

    async def drain(self, **changes: Any) -> None:
        await self.worker(**changes).drain(AT)


def task(payload: type[Payload], run: Callable[[Tx, Sequence[Message[Any]]], Any]) -> FlowTask[Any]:
    """A task whose flow gets only the messages."""

    async def flow(tx: Tx, messages: Sequence[Message[Any]], _: Sequence[Any], at: Instant) -> Refused:
        refused: Refused = await run(tx, messages)
        return refused

    return FlowTask(payload, flow)
