"""Asks partners for what happened there: from the cursor of the last time, up to business time."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import timedelta
from typing import Any, Generic

from msgspec import Struct

from hub.database.pool import Database
from hub.database.tx import Tx
from hub.kernel.instant import Instant, instant
from hub.messages.timers import PollDue
from hub.outbox import operations as outbox
from hub.outbox.model import Answer, Message
from hub.work.handlers import Answered, Call, P, Refused

AskUpdates = Callable[[Message[P], str, Instant], Awaitable[Answer]]
"""Pulls an account's updates after a cursor; the answer's extra has `updates`, `cursor` and `next_update_at`."""
OnUpdates = Callable[[Tx, str, Sequence[Mapping[str, Any]], Instant], Awaitable[None]]
"""Takes the updates of an account; one it cannot use it keeps aside, for what it raises stops the account's polls."""
Intervals = Callable[[str], timedelta]
"""How often an account is polled where the partner does not say when its next update is; zero: only after our calls."""

_AT_LEAST = timedelta(seconds=1)


class PullCall(Struct, Generic[P], frozen=True):
    """The call `<partner>.pull`: without effect at the partner, repeated as it likes."""

    payload: type[P]
    database: Database
    ask: AskUpdates[P]
    on_updates: OnUpdates
    interval: Intervals
    repeatable: bool = True

    @property
    def kind(self) -> str:
        """Kind of the messages it handles."""
        return self.payload.KIND

    async def send(self, message: Message[P], at: Instant) -> Answer:
        """Pulls from the account's cursor on."""
        async with self.database.transaction() as tx:
            cursor = await outbox.poll_cursor(tx, message.account_id or "")
        return await self.ask(message, cursor, at)

    async def find(self, message: Message[P], at: Instant) -> Answer:
        """The same as sending: a pull has no effect that could be looked up."""
        return await self.send(message, at)

    async def apply(self, tx: Tx, answered: Answered[P], at: Instant) -> Refused:
        """Hands the updates on, remembers the cursors, and sets the next polls."""
        polls = []
        for message, answer in answered:
            account_id = message.account_id or ""
            await self.on_updates(tx, account_id, answer.extra["updates"], at)
            await outbox.save_poll_cursor(tx, account_id, answer.extra["cursor"], at=at)
            due_at = next_poll_at(answer.extra, at, self.interval(account_id))
            if due_at is not None:
                polls.append(PollDue(account_id, due_at, self.kind))
        await outbox.poll_at(tx, polls)
        return None


def next_poll_at(pulled: Mapping[str, Any], at: Instant, interval: timedelta) -> Instant | None:
    """When to poll next: when the partner says its next update is, else after the interval, if there is one.

    A partner that says "now" without having told anything is asked a second later, not in a circle.
    """
    if said := pulled["next_update_at"]:
        return max(instant(said), at if pulled["updates"] else at + _AT_LEAST)
    return at + interval if interval else None


def pull_call(
    payload: type[P], database: Database, ask: AskUpdates[P], on_updates: OnUpdates, interval: Intervals
) -> Call:
    """Return the call that asks accounts for updates by messages with a payload, checked as `flow_task` is."""
    return PullCall(payload, database, ask, on_updates, interval)
