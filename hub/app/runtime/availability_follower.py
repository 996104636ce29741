"""Keeps what can be promised in memory: loads it in one snapshot, then follows the feed of stock changes.

After a lost connection it reads on from where it stood; where the feed was forgotten beyond that, or the database has
another history than before, it loads anew.
Nothing rests on being notified: it looks by the clock too.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from typing import Final

from psycopg import OperationalError

from hub.app.runtime.networks import NetworkInForce
from hub.availability import operations as availability
from hub.availability.errors import PositionNotReached
from hub.availability.model import Kept
from hub.availability.policy.board import Board, Render
from hub.cases.stock.availability import kept_now
from hub.database.listening import Listener, listening
from hub.database.tx import Tx
from hub.inventory import operations as inventory
from hub.inventory.model.feed import StockNews
from hub.observability.delays import Delays
from hub.work.machine import Machine

log = logging.getLogger(__name__)

LOOK_SECONDS: Final = 0.5
"""After so long the feed is read without having been woken."""
AGAIN_SECONDS: Final = 0.5
FORGET_SECONDS: Final = 60.0
MOST_WAIT_SECONDS: Final = 10.0
"""How long a caller without a deadline waits for a position."""
PAGE: Final = 500
"""SKUs that are read until others run."""
REST: Final = 6.0
LONGEST_REST_SECONDS: Final = 0.02
"""After taking changes in, it rests for this many times as long, so that much change does not fill the process."""


class Follower:
    """What can be promised, and how late it is. `url` leads to the server itself."""

    def __init__(self, url: str, network: NetworkInForce, render: Render, machine: Machine) -> None:
        self.board = Board(render)
        self.delays = Delays(
            "crossdock.availability.staleness", "Seconds from noting a stock change, just before its commit, to memory."
        )
        self._url, self._network, self._machine = url, network, machine
        self._loaded, self._turn = asyncio.Event(), asyncio.Event()
        self._origin = ""
        self._begun = self._done = 0
        self._looked_at = time.monotonic()
        self._forgot_at = self._renewed_at = self._looked_at
        self._listener: Listener | None = None

    def age_seconds(self) -> float:
        """How long ago memory was last known to be what is stored."""
        return time.monotonic() - self._looked_at

    @property
    def loaded(self) -> bool:
        """Whether anything can be answered."""
        return self._loaded.is_set()

    async def ready(self, deadline: float | None) -> None:
        """Comes back once memory is loaded. `deadline` is in seconds of the loop's clock; raises PositionNotReached."""
        if not self._loaded.is_set():
            await self._in_time(self._loaded, _until(deadline), "it was loaded")

    async def reached(self, position: int, deadline: float | None) -> None:
        """Comes back once memory shows everything up to a position that was committed by now.

        What a caller was answered is committed, so a look begun after they asked shows all of it, even while other
        transactions with lower numbers go on. A position that nobody was answered is waited for without more looks
        than there are changes. Raises PositionNotReached.
        """
        needed, until = self._begun + 1, _until(deadline)
        if self.board.cut.position < position and self._listener is not None:
            self._listener.nudge()
        while not (self.board.cut.position >= position or (self._done >= needed and self.board.cut.shows(position))):
            await self._in_time(self._turn, until, f"position {position} was reached")

    async def turn(self, seconds: float) -> None:
        """Comes back at the next look that found changes, or after a while."""
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._turn.wait()

    @asynccontextmanager
    async def following(self) -> AsyncIterator[None]:
        """Follows while the block runs."""
        task = asyncio.create_task(self._follow())
        try:
            yield
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)

    async def _in_time(self, event: asyncio.Event, until: float, what: str) -> None:
        try:
            async with asyncio.timeout_at(until):
                await event.wait()
        except TimeoutError as error:
            raise PositionNotReached(
                f"The deadline passed before {what}; ask again, with more time.",
                position=self.board.cut.position,
                age_seconds=round(self.age_seconds(), 3),
            ) from error

    async def _follow(self) -> None:
        while True:
            try:
                async with listening(self._url, inventory.CHANNEL) as listener:
                    await self._follow_by(listener)
            except OperationalError as error:
                log.warning("cannot follow the stock (%s); answers are of before", type(error).__name__)
            except Exception:  # whatever befalls the reader, memory must be followed again
                log.exception("following the stock failed; it is loaded anew")
                self._loaded.clear()
            self._listener = None
            await self._machine.sleep(AGAIN_SECONDS)

    async def _follow_by(self, listener: Listener) -> None:
        if not self._loaded.is_set() or listener.tx.origin != self._origin:
            await self._load(listener)
        self._listener = listener
        while True:
            spent = await self._look(listener)
            if spent:
                await asyncio.sleep(min(spent * REST, LONGEST_REST_SECONDS))
            await listener.heard(LOOK_SECONDS)
            await self._keep(listener)

    async def _load(self, listener: Listener) -> None:
        self._begun += 1
        looked_at = time.monotonic()
        async with listener.reading() as tx:
            cut = await inventory.cut(tx)
            spare = await _read(tx)
            network, kept = await self._network.current_in(tx), await kept_now(tx)
        self.board.load(cut, spare)
        self.board.renew(network, kept)
        self._origin = listener.tx.origin
        self._loaded.set()
        self._told(looked_at)

    async def _look(self, listener: Listener) -> float:
        """Takes in what came since; answers the seconds that taking it in took."""
        self._begun += 1
        looked_at = time.monotonic()
        news = await inventory.after(listener.tx, self.board.cut)
        if not news.complete:
            await self._load(listener)
            return 0.0
        if any(change.recounted or change.judged or change.renewed for change in news.changes):
            news = await self._look_closer(listener)
        began = time.perf_counter()
        if news.cut is not self.board.cut:
            self.board.apply(news)
        ended = time.perf_counter()
        for change in news.changes:
            self.delays.note(max(0.0, news.read_at - change.noted_at) + ended - began)
        self._told(looked_at)
        return ended - began if news.changes else 0.0

    async def _look_closer(self, listener: Listener) -> StockNews:
        """Takes in what came since, with what else must be read of the same instant."""
        async with listener.reading() as tx:
            news = await inventory.after(tx, self.board.cut)
            nodes = sorted(frozenset(node_id for change in news.changes for node_id in change.recounted))
            counted = await _read(tx, nodes) if nodes else {}
            judged = frozenset(sku for change in news.changes for sku in change.judged)
            withheld = await availability.withheld(tx, judged) if judged else None
            network = await self._network.current_in(tx)
            renewed = network.version != self.board.network_version or any(change.renewed for change in news.changes)
            kept = await kept_now(tx) if renewed else Kept()
        self.board.apply(news, counted)
        if renewed:
            self.board.renew(network, kept)
        elif withheld is not None:
            self.board.judge(withheld, max(change.number for change in news.changes))
        return news

    async def _keep(self, listener: Listener) -> None:
        """What is done by the clock: looks whether the network is another, forgets what all have read."""
        now = time.monotonic()
        if now - self._renewed_at >= LOOK_SECONDS:
            self._renewed_at = now
            if (await self._network.current_in(listener.tx)).version != self.board.network_version:
                async with listener.reading() as tx:
                    network, kept = await self._network.current_in(tx), await kept_now(tx)
                self.board.renew(network, kept)
        if now - self._forgot_at >= FORGET_SECONDS:
            self._forgot_at = now
            await inventory.forget(listener.tx)

    def _told(self, looked_at: float) -> None:
        self._done, self._looked_at = self._begun, looked_at
        turn, self._turn = self._turn, asyncio.Event()
        turn.set()


async def _read(tx: Tx, node_ids: Sequence[str] | None = None) -> dict[str, dict[str, int]]:
    """What can be promised of every SKU by node, of all nodes or some."""
    names: dict[str, str] = {}
    read: dict[str, dict[str, int]] = {}
    after = ""
    while page := await inventory.spare(tx, after, PAGE, node_ids):
        for sku, units in page:
            read[sku] = {names.setdefault(node_id, node_id): count for node_id, count in units.items()}
        after = page[-1][0]
    return read


def _until(deadline: float | None) -> float:
    return asyncio.get_running_loop().time() + MOST_WAIT_SECONDS if deadline is None else deadline
