"""The gate: concurrent calls of one rpc and principal gather into batches, so that one transaction serves many.

Batches of up to 64 commands run on four connections, the last two of which are for full ones; what waits is shared
between free connections. A batch starts at once when the last one held a single call, or when enough waits to be worth
one; else it gathers while calls keep coming, for a moment, or while another one of its rpc and principal runs. Elements
that must run again go first. The queue is bounded; beyond it callers are told when to come again. What happens inside a
batch stands in `batch`.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict, deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final, Self, TypeVar

from hub.cases.context import FlowContext
from hub.database.pool import Database
from hub.database.requests import RequestKey, fingerprint
from hub.database.tx import Tx
from hub.gate.batch import Runner
from hub.gate.change import Asked, Change, Element, Surroundings
from hub.kernel.errors import Overloaded, Refusal
from hub.kernel.scope import Scope

C = TypeVar("C")
R = TypeVar("R")

BATCH_SIZE: Final = 64
"""Commands in a batch at most; a single request with more is a batch of its own."""
ENOUGH: Final = 32
"""Commands that are worth a batch: one of a few costs nearly as much, so fewer gather, and are not spread."""
CONNECTIONS: Final = 4
FOR_FEW: Final = 2
"""Connections on which a batch of fewer than ENOUGH may run; on the others it would keep them from gathering."""
PACE_SECONDS: Final = 0.003
"""While calls come within this time of each other, a batch gathers."""
PATIENCE_SECONDS: Final = 0.02
"""How long a batch gathers at most."""
QUEUE_LIMIT: Final = 4096
"""Commands that may wait; what comes beyond is refused."""
SHORTEST_RETRY_SECONDS: Final = 0.1


_Name = tuple[Change[Any, Any], Scope]


@dataclass(slots=True)
class _Queue:
    """What waits for one change and one scope, `queued` commands, and how many are `enough` for a batch beside another;
    `again` are elements whose plan went stale, `running` its batches.
    """

    runner: Runner
    enough: int
    queued: int = 0
    running: int = 0
    waiting: deque[Element] = field(default_factory=deque)
    again: deque[Element] = field(default_factory=deque)

    @property
    def name(self) -> _Name:
        """What the gate knows it by."""
        return self.runner.change, self.runner.scope

    @property
    def may_run(self) -> bool:
        """Whether a batch may begin: beside another one only where it is worth it, and they do not want the same."""
        beside = self.queued >= self.enough and not self.runner.change.alone
        return bool(self.waiting or self.again) and (beside or not self.running)

    def put(self, element: Element) -> None:
        """Has an element wait."""
        self.waiting.append(element)
        self.queued += len(element.commands)

    def put_again(self, elements: Sequence[Element]) -> int:
        """Has elements wait that must run once more; answers how many commands these are."""
        commands = sum(len(element.commands) for element in elements)
        self.again.extend(elements)
        self.queued += commands
        return commands

    def take(self, size: int, now: float) -> tuple[list[Element], int]:
        """The next batch, without those whose callers have gone, and how many commands left the queue."""
        queue = self.again or self.waiting
        batch: list[Element] = []
        room, taken = size, 0
        while queue and (not batch or len(queue[0].commands) <= room):
            element = queue.popleft()
            taken += len(element.commands)
            if not element.gone(now):
                batch.append(element)
                room -= len(element.commands)
        self.queued -= taken
        return batch, taken


class Gate:
    """Gathers calls and runs them in batches. Use it with `async with`: leaving waits until all are answered."""

    def __init__(
        self,
        database: Database,
        surroundings: Surroundings,
        *,
        fingerprint_key: bytes,
        batch_size: int = BATCH_SIZE,
        connections: int = CONNECTIONS,
        pace_seconds: float = PACE_SECONDS,
        queue_limit: int = QUEUE_LIMIT,
    ) -> None:
        self._database = database
        self._surroundings = surroundings
        self._key = fingerprint_key
        self._size = batch_size
        self._free = connections
        self._connections = connections
        self._pace_seconds = pace_seconds
        self._limit = queue_limit
        self._lanes: OrderedDict[_Name, _Queue] = OrderedDict()
        self._queued = 0
        self._gathers_until = 0.0
        self._seen = 0
        self._last_size = 0
        self._batch_seconds = pace_seconds
        self._starting = False
        self._gathering: asyncio.TimerHandle | None = None
        self._tasks: set[asyncio.Task[None]] = set()
        self._open = True
        self._idle = asyncio.Event()
        self._idle.set()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        self._open = False
        await self._idle.wait()

    async def run(
        self,
        change: Change[C, R],
        asked: Asked,
        command: C,
    ) -> R:
        """Has one command done, once per request; raises its refusal."""
        (answer,) = await self.submit(change, asked, [command])
        if isinstance(answer, Refusal):
            raise answer
        return answer

    async def run_many(
        self,
        change: Change[C, R],
        asked: Asked,
        commands: Sequence[C | Refusal],
    ) -> Sequence[R | Refusal]:
        """Has the commands of one request done together, once per request; answers one per command, in order.

        A command that was refused before stands for itself, and is answered so.
        """
        return await self.submit(change, asked, commands)

    async def run_aside(self, change: Change[C, R], asked: Asked, command: C) -> R:
        """As `run`, but at once and in a transaction of its own: for long work, which holds up no batch."""
        answer: asyncio.Future[Sequence[R | Refusal]] = asyncio.get_running_loop().create_future()
        key = RequestKey(asked.request_id, fingerprint(self._key, asked.content))
        elements = [Element(key, [command], answer, asked.deadline, asked.cause, receipt=asked.receipt)]
        runner = Runner(self._database, self._surroundings, change, asked.scope)
        while elements:
            elements = await runner.run(elements)
        (given,) = await answer
        if isinstance(given, Refusal):
            raise given
        return given

    async def flow_context(self, tx: Tx, scope: Scope) -> FlowContext:
        """The surroundings of a transaction that needs no request id: repeating it changes nothing."""
        return await self._surroundings.flow_context(tx, scope, causes={}, last=False)

    def submit(
        self,
        change: Change[C, R],
        asked: Asked,
        commands: Sequence[C | Refusal],
    ) -> asyncio.Future[Sequence[R | Refusal]]:
        """Puts a request in the queue; the future has its answers. Raises Overloaded when the queue is full."""
        if not self._open or self._queued + len(commands) > max(self._limit, len(commands)):
            raise Overloaded("The hub is at its limit; try again later.", self.retry_after_seconds())
        answer: asyncio.Future[Sequence[R | Refusal]] = asyncio.get_running_loop().create_future()
        key = RequestKey(asked.request_id, fingerprint(self._key, asked.content))
        element = Element(key, commands, answer, asked.deadline, asked.cause, receipt=asked.receipt)
        self._lane(change, asked.scope).put(element)
        self._queued += len(commands)
        self._idle.clear()
        self._schedule()
        return answer

    def retry_after_seconds(self) -> float:
        """When a refused caller may come again: about when the queue of now is worked off."""
        batches = self._queued / self._size / self._connections
        return max(SHORTEST_RETRY_SECONDS, round(batches * max(self._batch_seconds, self._pace_seconds), 3))

    def _lane(self, change: Change[C, R], scope: Scope) -> _Queue:
        name = (change, scope)
        lane = self._lanes.get(name)
        if lane is None:
            runner = Runner(self._database, self._surroundings, change, scope)
            lane = self._lanes[name] = _Queue(runner, min(ENOUGH, self._size))
        return lane

    def _schedule(self) -> None:
        if not self._lanes and not self._tasks:
            self._idle.set()
        enough = self._queued >= ENOUGH
        if self._starting or not self._free or not (enough or self._may_begin_few) or self._turn() is None:
            return
        loop = asyncio.get_running_loop()
        if enough or self._last_size <= 1:
            self._start_soon(loop)
        else:
            self._gathers_until = loop.time() + PATIENCE_SECONDS
            self._gather(loop)

    @property
    def _may_begin_few(self) -> bool:
        """Whether a batch of fewer than enough may begin, or begin to gather."""
        return self._gathering is None and self._connections - self._free < FOR_FEW

    def _gather(self, loop: asyncio.AbstractEventLoop) -> None:
        self._seen = self._queued
        self._gathering = loop.call_later(self._pace_seconds, self._look)

    def _look(self) -> None:
        """Starts what gathered, unless calls still come."""
        loop = asyncio.get_running_loop()
        if self._queued > self._seen and loop.time() < self._gathers_until:
            self._gather(loop)
        else:
            self._start_soon(loop)

    def _start_soon(self, loop: asyncio.AbstractEventLoop) -> None:
        """Starts after the calls that came together with this one."""
        if self._gathering is not None:
            self._gathering.cancel()
            self._gathering = None
        self._starting = True
        loop.call_soon(self._start)

    def _start(self) -> None:
        self._starting = False
        loop = asyncio.get_running_loop()
        if (lane := self._turn()) is not None:
            batch, taken = lane.take(self._share(lane), loop.time())
            self._queued -= taken
            if batch:
                self._free -= 1
                self._last_size = len(batch)
                lane.running += 1
                task = loop.create_task(self._work(lane, batch))
                self._tasks.add(task)
                task.add_done_callback(self._finished)
            self._lanes.move_to_end(lane.name)
            self._forget(lane)
        self._schedule()

    def _finished(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        self._free += 1
        self._schedule()

    def _turn(self) -> _Queue | None:
        """Whose turn it is: a lane with elements to run again, else the lane that waited longest for its turn."""
        ready = [lane for lane in self._lanes.values() if lane.may_run]
        return next((lane for lane in ready if lane.again), ready[0] if ready else None)

    def _forget(self, lane: _Queue) -> None:
        """Forgets a lane in which nothing waits or runs."""
        if not (lane.waiting or lane.again or lane.running):
            del self._lanes[lane.name]

    def _share(self, lane: _Queue) -> int:
        """Commands for the next batch: what waits is shared among free connections, so that none stands idle.

        While one batch waits for the database, the rules of another are worked out.
        """
        if lane.runner.change.alone:
            return self._size
        return min(self._size, max(ENOUGH, -(-self._queued // self._free)))

    async def _work(self, lane: _Queue, batch: list[Element]) -> None:
        loop = asyncio.get_running_loop()
        started = loop.time()
        try:
            stale = await lane.runner.run(batch)
            self._queued += lane.put_again(stale)
        except BaseException as error:  # a caller must never be left waiting
            for element in batch:
                element.settle(error)
            if not isinstance(error, Exception):
                raise
        finally:
            lane.running -= 1
            self._forget(lane)
            self._batch_seconds += (loop.time() - started - self._batch_seconds) / 8
