"""Asks partners for what happened there: from the cursor of the last time, up to business time."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from datetime import timedelta
from typing import Generic, TypeVar

from msgspec import Struct

from hub.database.pool import Database
from hub.database.tx import Tx
from hub.kernel.instant import Instant
from hub.messages.timers import PollDue
from hub.messages.updates import Pulled
from hub.outbox import operations as outbox
from hub.outbox.model import Answer, Message
from hub.work.handlers import Answered, Call, P, Refused

U = TypeVar("U")
"""The updates that an account has."""
AskUpdates = Callable[[Message[P], str, Instant], Awaitable[Answer[Pulled[U]]]]
"""Pulls an account's updates after a cursor."""
OnUpdates = Callable[[Tx, str, Sequence[U], Instant], Awaitable[None]]
"""Takes the updates of an account; one it cannot use it keeps aside, for what it raises stops the account's polls."""
Intervals = Callable[[str], timedelta]
"""How often an account is polled where the partner does not say when its next update is; zero: only after our calls."""

_AT_LEAST = timedelta(seconds=1)


class PullCall(Struct, Generic[P, U], frozen=True):
    """The call `<partner>.pull`: without effect at the partner, repeated as it likes."""

    payload: type[P]
    database: Database
    ask: AskUpdates[P, U]
    on_updates: OnUpdates[U]
    interval: Intervals
    repeatable: bool = True

    @property
    def kind(self) -> str:
        """Kind of the messages it handles."""
        return self.payload.KIND

    @property
    def together(self) -> str:
        """Its kind: updates of carriers and of nodes are taken in apart."""
        return self.kind

    async def send(self, message: Message[P], at: Instant) -> Answer[Pulled[U]]:
        """Pulls from the account's cursor on."""
        async with self.database.transaction() as tx:
            cursor = await outbox.poll_cursor(tx, message.account_id or "")
        return await self.ask(message, cursor, at)

    async def find(self, message: Message[P], at: Instant) -> Answer[Pulled[U]]:
        """The same as sending: a pull has no effect that could be looked up."""
        return await self.send(message, at)

    async def apply(self, tx: Tx, answered: Answered[P, Pulled[U]], at: Instant) -> Refused:
        """Hands the updates on, remembers the cursors, and sets the next polls."""
        polls = []
        for message, answer in answered:
            account_id = message.account_id or ""
            await self.on_updates(tx, account_id, answer.result.updates, at)
            await outbox.save_poll_cursor(tx, account_id, answer.result.cursor, at=at)
            due_at = next_poll_at(answer.result, at, self.interval(account_id))
            if due_at is not None:
                polls.append(PollDue(account_id, due_at, self.kind))
        await outbox.poll_at(tx, polls)
        return None


def next_poll_at(pulled: Pulled[object], at: Instant, interval: timedelta) -> Instant | None:
    """When to poll next: when the partner says its next update is, else after the interval, if there is one.

    A partner that says "now" without having told anything is asked a second later, not in a circle.
    """
    if pulled.next_update_at is not None:
        return max(pulled.next_update_at, at if pulled.updates else at + _AT_LEAST)
    return at + interval if interval else None


def pull_call(
    payload: type[P], database: Database, ask: AskUpdates[P, U], on_updates: OnUpdates[U], interval: Intervals
) -> Call:
    """Return the call that asks accounts for updates by messages with a payload, checked as `flow_task` is."""
    return PullCall(payload, database, ask, on_updates, interval)
