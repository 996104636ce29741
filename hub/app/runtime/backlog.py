"""Figures of what waits, read from the database a few times a minute: messages, dead letters, exceptions, the feed."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping, Sequence
from typing import Final

import psycopg
from psycopg_pool import PoolTimeout

from hub.app.process.shutdown import until
from hub.app.runtime.surroundings import Surroundings
from hub.exceptions import operations as exceptions
from hub.observability.figures import Figure, Labels, Level
from hub.outbox import operations as outbox
from hub.outbox.model import MessageState

log = logging.getLogger(__name__)

EVERY_SECONDS: Final = 10.0


class Backlog:
    """What waits, as it was last read."""

    def __init__(self) -> None:
        self._messages: Mapping[Labels, float] = {}
        self._ages: Mapping[Labels, float] = {}
        self._exceptions: Mapping[Labels, float] = {}
        self._unnumbered = 0.0
        self._feed_age = 0.0
        self.figures: Sequence[Figure] = (
            Level(
                "crossdock.messages",
                "Messages that wait or were given up, by account (empty for the hub's own tasks) and kind.",
                ("account", "kind", "state"),
                lambda: self._messages,
            ),
            Level(
                "crossdock.messages.oldest",
                "How long the oldest message that waits has been there, in business time.",
                ("account", "kind"),
                lambda: self._ages,
                unit="s",
            ),
            Level("crossdock.exceptions", "Open exceptions, by reason.", ("reason",), lambda: self._exceptions),
            Level(
                "crossdock.feed.unnumbered",
                "Events that are committed and have no number in the feed yet.",
                (),
                lambda: {(): self._unnumbered},
            ),
            Level(
                "crossdock.feed.age",
                "How long ago the oldest event without a number happened, in business time.",
                (),
                lambda: {(): self._feed_age},
                unit="s",
            ),
        )

    async def follow(self, around: Surroundings, ending: asyncio.Event) -> None:
        """Read what waits until the end."""
        ended = False
        while not ended:
            try:
                await self.read(around)
            except (psycopg.Error, PoolTimeout) as error:
                log.warning("what waits could not be read (%s)", type(error).__name__)
            ended = await until(ending, EVERY_SECONDS)

    async def read(self, around: Surroundings) -> None:
        """Read what waits now."""
        async with around.database.reading() as tx:
            at = await around.at(tx)
            waiting = await outbox.waiting(tx)
            self._exceptions = {
                (reason,): float(count) for reason, count in (await exceptions.open_by_reason(tx)).items()
            }
            count, oldest_at = await outbox.unnumbered(tx)
        self._unnumbered = float(count)
        self._feed_age = (at - oldest_at).total_seconds() if oldest_at is not None else 0.0
        self._messages = {(row.account_id, row.kind, row.state.value): float(row.count) for row in waiting}
        self._ages = {
            (row.account_id, row.kind): (at - row.oldest_at).total_seconds()
            for row in waiting
            if row.state is MessageState.DUE
        }
