"""Messages, events and instants for tests of the outbox."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any
from uuid import UUID

from hub.database.pool import Database
from hub.kernel.ids import uuid7
from hub.kernel.instant import Instant
from hub.messages.events.orders import LinesBackordered
from hub.messages.payload import Payload
from hub.outbox import operations as outbox
from hub.outbox.model import Claim, Event, Message
from tests.support.payloads import example

AT = datetime(2026, 3, 3, 10, tzinfo=UTC)
"""Business time: a Tuesday."""
NOW = datetime(2026, 5, 1, tzinfo=UTC)
"""Machine time."""

_numbers = count(1)


def minutes(number: float) -> timedelta:
    return timedelta(minutes=number)


def identity() -> UUID:
    return uuid7(AT, next(_numbers))


def counted() -> Iterator[UUID]:
    while True:
        yield identity()


def message(
    lane: str = "WMS/fo-1",
    kind: str = "warehouse.release",
    *,
    account_id: str | None = "WMS",
    payload: Payload | None = None,
    priority: int = 5,
    message_id: UUID | None = None,
    order_id: UUID | None = None,
) -> Message[Any]:
    """A message of a kind; `payload` is of that kind, or says another one."""
    return Message(
        message_id or identity(),
        lane=lane,
        payload=payload or example(kind),
        appended_at=AT,
        account_id=account_id,
        priority=priority,
        order_id=order_id,
    )


def event(
    order_id: UUID | None = None, version: int | None = None, *, channel_id: str | None = None, at: Instant = AT
) -> Event:
    return Event(identity(), LinesBackordered(quantity=1), at, order_id, version, channel_id=channel_id, seller_id="S")


async def appended(database: Database, *messages: Message[Any], at: Instant = AT) -> None:
    async with database.transaction() as tx:
        await outbox.append(tx, messages, at=at)


async def claimed(
    database: Database,
    now: Instant = NOW,
    *,
    limit: int = 100,
    ceiling: int = 8,
    ceilings: Mapping[str, int] | None = None,
) -> list[Claim]:
    async with database.transaction() as tx:
        return await outbox.claim(
            tx, now=now, until=now + minutes(1), ceilings=ceilings or {}, default_ceiling=ceiling, limit=limit
        )


async def settled(database: Database, *claims: Claim, at: Instant = AT) -> set[UUID]:
    async with database.transaction() as tx:
        return await outbox.settle(tx, [(claim, None) for claim in claims], at=at)


async def put_off(database: Database, claim: Claim, until: Instant) -> None:
    async with database.transaction() as tx:
        await outbox.put_off(tx, [(claim, until, "not now")])


async def buried(database: Database, *claims: Claim) -> None:
    async with database.transaction() as tx:
        await outbox.bury(tx, [(claim, "no") for claim in claims])


async def positions(database: Database, *, holder: str = "one", now: Instant = NOW, limit: int = 100) -> int | None:
    async with database.transaction() as tx:
        fence = await outbox.take_lease(tx, outbox.SEQUENCER, holder, now=now, until=now + minutes(1))
    if fence is None:
        return None
    async with database.transaction() as tx:
        return await outbox.give_positions(tx, fence=fence, limit=limit)
