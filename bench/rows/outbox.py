"""Messages delivered by the worker, each in a lane and under a lease, against tasks run by procrastinate.

Both deliver the same payload to a function in the process that does nothing, from a PostgreSQL of the same settings.
What is appended between deliveries is no part of their time. Ours keeps lanes in order, fences every claim, keeps the
partner's answer, and holds a ceiling per account; the other keeps none of these.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from random import Random
from typing import Any, Final
from uuid import UUID

from msgspec import to_builtins
from procrastinate import App, PsycopgConnector

from bench.ratio import Row, Sides, Unmeasurable, Window
from bench.scene import CHANNEL, empty_database, postgres
from hub.app.process.identities import new_identity
from hub.app.runtime.clock import SystemMachine
from hub.database.pool import Database
from hub.database.tx import Tx
from hub.kernel.instant import Instant
from hub.messages.notice import SendNotice, Template
from hub.outbox import operations as outbox
from hub.outbox.model import Answer, DeadLetter, Message, Outcome
from hub.tasks.misanswers import Misanswers
from hub.work.handlers import Handlers, PartnerCall, Refused
from hub.work.machine import WorkSettings
from hub.work.worker import Worker

BATCH: Final = 2_000
"""Messages that wait when a delivery begins."""
TASKS: Final = 400
"""Tasks of the other side that wait: it takes about as long for them."""
LANES: Final = 500
IN_FLIGHT: Final = 64
"""Calls that either side has under way at once."""
LOOK_SECONDS: Final = 0.01
_WAITING: Final = "SELECT count(*) AS waiting FROM message WHERE state <> 'SETTLED'"

Step = Callable[[], Awaitable[None]]


@asynccontextmanager
async def prepare() -> AsyncIterator[Sides]:
    """Start both on databases of one server."""
    with postgres() as server:
        ours, theirs = await empty_database(server, "ours"), await empty_database(server, "theirs")
        async with Database(ours, max_connections=8) as database, _procrastinate(theirs) as (defer, work):
            worker = _Worker(database)
            yield Sides(delivered(BATCH, worker.append, worker.work), delivered(TASKS, defer, work), worker.check)


def delivered(batch: int, append: Step, work: Step) -> Window:
    """Messages a second, appended by the batch and then worked; only the work is timed."""

    async def window(seconds: float) -> float:
        passed, done = 0.0, 0
        while passed < seconds:
            await append()
            began = time.perf_counter()
            await work()
            passed += time.perf_counter() - began
            done += batch
        return done / passed

    return window


class _Worker:
    """A worker whose partner is a function."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._appended = self._called = self._taken = 0

    async def append(self) -> None:
        """Append a batch, in lanes of several messages."""
        async with self._database.transaction() as tx:
            await outbox.append(tx, [_message(number) for number in range(BATCH)], at=datetime.now(UTC))
        self._appended += BATCH

    async def work(self) -> None:
        """Run the worker until nothing waits."""
        stop = asyncio.Event()
        running = asyncio.create_task(_worker(self._database, self._handlers()).run(stop))
        while await self._waiting():  # noqa: ASYNC110 (the worker tells nobody when all is settled)
            await asyncio.sleep(LOOK_SECONDS)
        stop.set()
        await running

    async def check(self) -> str:
        """Say whether each message was sent once and its answer taken once."""
        if self._appended == self._called == self._taken:
            return ""
        return f"of {self._appended} messages {self._called} were sent and {self._taken} answers taken"

    def _handlers(self) -> Handlers:
        return {SendNotice.KIND: PartnerCall(SendNotice, self._send, self._send, self._take)}

    async def _send(self, message: Message[SendNotice], _: Instant) -> Answer[None]:
        self._called += 1
        return Answer(Outcome.DONE, None, f"R-{message.message_id.hex}")

    async def _take(self, _: Tx, answered: Sequence[Any], __: Instant) -> Refused:
        self._taken += len(answered)
        return None

    async def _waiting(self) -> int:
        async with self._database.reading() as tx:
            return int((await tx.fetch(_WAITING))[0]["waiting"])


def _worker(database: Database, bound: Handlers) -> Worker:
    async def business_time(_: Database) -> Instant:
        return datetime.now(UTC)

    return Worker(
        database,
        bound,
        clock=business_time,
        machine=SystemMachine(),
        identities=new_identity,
        on_dead=_refused,
        misanswers=Misanswers(),
        random=Random(1),  # noqa: S311 (jitter is no secret)
        name="bench",
        settings=WorkSettings(account_ceiling=IN_FLIGHT),
    )


async def _refused(_: Tx, letters: Sequence[DeadLetter], __: Instant) -> None:
    raise Unmeasurable(f"{len(letters)} messages became dead letters: {letters[0].failure}")


def _message(number: int) -> Message[SendNotice]:
    identity = new_identity()
    lane = f"notice:{number % LANES}"
    return Message(identity, lane=lane, payload=_payload(identity), account_id="notice", priority=5)


def _payload(order_id: UUID) -> SendNotice:
    values = {"total": "30.00 EUR", "cause": "confirmed"}
    return SendNotice(order_id, Template.ORDER_CONFIRMED, order_id, "nl", values, CHANNEL)


@asynccontextmanager
async def _procrastinate(url: str) -> AsyncIterator[tuple[Step, Step]]:
    """How its tasks are deferred by the batch, and how they are worked."""
    app = App(connector=PsycopgConnector(conninfo=url, max_size=8))

    @app.task(name="notice")
    async def notice(**_: Any) -> None:
        """Do nothing."""

    async def defer() -> None:
        await notice.batch_defer_async(*[to_builtins(_payload(new_identity())) for _ in range(TASKS)])

    async def work() -> None:
        await app.run_worker_async(wait=False, concurrency=IN_FLIGHT, install_signal_handlers=False)

    async with app.open_async():
        await app.schema_manager.apply_schema_async()
        yield defer, work


ROW: Final = Row(
    name="outbox",
    says="messages/s delivered in lanes to a function, against tasks/s of procrastinate with the same payload",
    bar=5,
    aim=12,
    prepare=prepare,
    seconds=(15.0, 9.0),
)
