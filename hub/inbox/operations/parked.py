"""What flows do with parked events: keep them, find who waits for what, note what became of them."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from hub.database.tx import Tx
from hub.inbox.errors import ParkedEventLimitReached
from hub.inbox.model import MOST_PARKED, ParkedEvent
from hub.inbox.store import parked as store
from hub.inbox.store.parked import forget, load, lock_keys, page, put, save, waited_for, waiting

__all__ = ["forget", "load", "lock_keys", "page", "put", "save", "waited_for", "waiting", "without_room"]


async def without_room(tx: Tx, principal: str, events: Sequence[ParkedEvent]) -> dict[UUID, ParkedEventLimitReached]:
    """Return those of a principal's events, by id, that would be one too many. What is parked already has its place.

    Calls at the same moment may park a few more.
    """
    room = MOST_PARKED - await store.count(tx, principal, MOST_PARKED)
    if len(events) <= room:
        return {}
    known = await store.load(tx, [event.parked_event_id for event in events])
    new = [key for key in dict.fromkeys(event.parked_event_id for event in events) if key not in known]
    refusal = ParkedEventLimitReached(
        f"{principal} has {MOST_PARKED:,} events parked, the most there may be. Report what they wait for first"
        " (`crossdock feeds` lists it), then this event again.",
        principal=principal,
        limit=MOST_PARKED,
    )
    return dict.fromkeys(new[max(0, room) :], refusal)
