"""Forgets what is kept for a time only, and moves what is over out of the way of what is being worked on.

Request keys are forgotten after a week, contents of documents after their expiry, quotes and changes that nobody
confirmed, and codes and sessions of customers, a week, and reservations that ended a month after their time, labels
after 90 days. Settled messages, with lanes in which nothing waits, and old events move to months of the past. A
transaction takes a bounded number of each; where more is left, the next one follows at once. Contacts that an older
release kept in the clear are sealed on the way.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from msgspec import Struct

from hub.cases.context import FlowContext
from hub.cases.deadlines import MESSAGES
from hub.changes import operations as changes
from hub.customers import operations as customers
from hub.database import requests
from hub.database.tx import Tx
from hub.inbox import operations as inbox
from hub.inbox.operations import feeds, parked
from hub.inventory.operations import reservations
from hub.kernel.instant import Instant
from hub.messages.timers import ForgetDue, MessagesDue
from hub.outbox import operations as outbox
from hub.outbox.model import Timer
from hub.parties import operations as parties
from hub.promising import operations as promising

EVERY: Final = timedelta(days=1)


RESERVATIONS_KEPT: Final = timedelta(days=30)
"""How long reservations that ended are shown: longer than a repeat of their request may come."""

CHUNK: Final = 10_000
"""Rows of each kind that one transaction forgets or moves at most."""

CONTACTS: Final = 1000
"""Contacts that one transaction seals at most."""


class Retention(Struct, frozen=True):
    """How long messages stay where they are worked on once they are settled, and events where the feed is read."""

    settled: timedelta = timedelta(days=7)
    events: timedelta = timedelta(days=90)


class Forgotten(Struct, frozen=True):
    """How many request keys, contents of documents, quotes, changes and reservations were forgotten, how many messages
    and events moved, how many contacts of an older release were sealed, and how many documents of labels, and codes or
    sessions of customers, were forgotten.
    """

    keys: int
    contents: int
    messages: int
    events: int
    reservations: int = 0
    sealed: int = 0
    quotes: int = 0
    changes: int = 0
    labels: int = 0
    customers: int = 0


async def forget_expired(flow: FlowContext, retention: Retention, *, chunk: int = CHUNK) -> Forgotten:
    """Forgets and moves, and has itself run again: at once where a chunk was full, else a day later."""
    done = Forgotten(
        keys=await requests.forget(flow.tx, before=flow.at - requests.RETENTION, limit=chunk),
        contents=await inbox.expire(flow.tx, at=flow.at),
        messages=await outbox.retire_messages(flow.tx, before=flow.at - retention.settled, limit=chunk),
        events=await outbox.retire_events(flow.tx, before=flow.at - retention.events, limit=chunk),
        reservations=await reservations.forget(flow.tx, before=flow.at - RESERVATIONS_KEPT, limit=chunk),
        quotes=await promising.forget(flow.tx, before=flow.at - promising.QUOTES_KEPT, limit=chunk),
        changes=await changes.forget(flow.tx, before=flow.at - changes.CHANGES_KEPT, limit=chunk),
        labels=await parties.forget_documents(
            flow.tx, keys=flow.secrets.people, before=flow.at - parties.DOCUMENTS_KEPT, limit=chunk
        ),
        customers=await customers.forget(flow.tx, before=flow.at - customers.DOOR_KEPT, limit=chunk),
        sealed=await parties.seal_clear(flow.tx, flow.secrets.people, limit=min(chunk, CONTACTS)),
    )
    await feeds.forget(flow.tx, before=flow.at - feeds.RETENTION)
    await parked.forget(flow.tx, before=flow.at - feeds.RETENTION)
    bounded = (done.keys, done.messages, done.events, done.reservations, done.quotes, done.changes, done.labels)
    more = chunk in (*bounded, done.customers) or done.sealed > 0
    await outbox.set_timers(flow.tx, [Timer(ForgetDue(due_at=flow.at if more else flow.at + EVERY))])
    if await outbox.overdue(flow.tx, before=flow.at - MESSAGES.span):
        await outbox.ensure_timers(flow.tx, [Timer(MessagesDue(due_at=flow.at))])
    return done


async def begin(tx: Tx, at: Instant) -> None:
    """Sets the first timer, where none stands."""
    await outbox.ensure_timers(tx, [Timer(ForgetDue(due_at=at + EVERY))])
