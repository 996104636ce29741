"""Forgets what is kept for a time only: request keys after a week, contents of documents after their expiry."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from hub.cases.unit import Unit
from hub.database import requests
from hub.database.tx import Tx
from hub.inbox import operations as inbox
from hub.kernel.instant import Instant
from hub.outbox import operations as outbox
from hub.outbox.model import Timer

FORGET_TIMER: Final = "forget_expired"
"""Kind of the timer that has it done, once a day of business time."""

EVERY: Final = timedelta(days=1)


async def forget_expired(unit: Unit) -> tuple[int, int]:
    """Forgets, and has itself run again a day later; answers how many request keys and how many contents."""
    keys = await requests.forget(unit.tx, before=unit.at - requests.RETENTION)
    contents = await inbox.expire(unit.tx, at=unit.at)
    await outbox.set_timers(unit.tx, [Timer("hub", FORGET_TIMER, unit.at + EVERY)])
    return keys, contents


async def begin(tx: Tx, at: Instant) -> None:
    """Sets the first timer, where none stands."""
    await outbox.ensure_timers(tx, [Timer("hub", FORGET_TIMER, at + EVERY)])
