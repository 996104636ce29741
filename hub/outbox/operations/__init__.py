"""What rooms above ask of the outbox. Flows append, set, clear and emit; `work` claims, settles and fires; `api` reads.

Every function takes many and runs one statement per table, however many there are. Append at the end of a transaction
and in one call: lanes are locked in the order of their names, after all that `database/locks.py` names.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final
from uuid import UUID

from hub.database.tx import Tx
from hub.kernel.ids import Identities
from hub.kernel.instant import Instant
from hub.kernel.scope import Scope
from hub.messages.payload import Payload, TimerPayload
from hub.messages.timers import PollDue
from hub.outbox import policy
from hub.outbox.errors import CursorInvalid
from hub.outbox.model import (
    BusinessTime,
    Event,
    EventFilter,
    EventRecord,
    Message,
    MessageRecord,
    MessageState,
    OutboxCounts,
    Overdue,
    Timer,
    TimerRecord,
    Waiting,
)
from hub.outbox.operations.dead_letters import (
    MOST_REVIVED,
    ask_again,
    drop_dead,
    refused,
    retry_dead,
    retry_dead_of,
    try_now,
    withdraw,
)
from hub.outbox.operations.working import (
    bury,
    busy,
    claim,
    close_breakers,
    hasten,
    hold,
    next_attempt_at,
    open_breaker,
    put_off,
    renew,
    settle,
)
from hub.outbox.store import claims as claims_store
from hub.outbox.store import clock, events, leases, messages, past, timers
from hub.outbox.store.accounts import account_states, pause_account, resume_account

__all__ = [
    "EVENT_CHANNEL",
    "FEED_CHANNEL",
    "LARGEST_PAGE",
    "MOST_REVIVED",
    "SEQUENCER",
    "WORK_CHANNEL",
    "account_states",
    "append",
    "ask_again",
    "bury",
    "business_time",
    "busy",
    "calls",
    "claim",
    "clear_timers",
    "close_breakers",
    "counts",
    "drop_dead",
    "emit",
    "ensure_timers",
    "events_after",
    "events_by_id",
    "fire_timers",
    "give_positions",
    "hasten",
    "hold",
    "last_position",
    "list_messages",
    "messages_to",
    "next_attempt_at",
    "next_events",
    "next_timer_at",
    "oldest_failed",
    "open_breaker",
    "order_events",
    "order_messages",
    "overdue",
    "pace",
    "passes",
    "pause_account",
    "poll_at",
    "poll_cursor",
    "put_off",
    "refused",
    "release_lease",
    "renew",
    "resume_account",
    "retire_events",
    "retire_messages",
    "retry_dead",
    "retry_dead_of",
    "save_poll_cursor",
    "set_business_time",
    "set_timers",
    "settle",
    "subject_timers",
    "take_lease",
    "try_now",
    "unnumbered",
    "unsettled_lanes",
    "unsettled_of",
    "waiting",
    "withdraw",
]

_ALL_EVENTS: Final = EventFilter()

WORK_CHANNEL = messages.WORK_CHANNEL
EVENT_CHANNEL = events.EVENT_CHANNEL
FEED_CHANNEL = events.FEED_CHANNEL
pace = claims_store.pace
LARGEST_PAGE = 500
"""Events in a page of an order's at most."""
SEQUENCER = "sequencer"
"""Name of the lease under which events get their positions."""

# -- what flows write


async def append(tx: Tx, appended: Sequence[Message[Payload]], *, at: Instant) -> None:
    """Appends messages to their lanes, in the order given; `at` is business time. A known id is left as it is."""
    await messages.append(tx, appended, at=at)


async def set_timers(tx: Tx, given: Sequence[Timer]) -> None:
    """Sets timers; one that stands under the same subject and kind is replaced. The last of equals in `given` wins."""
    await timers.put(tx, given)


async def ensure_timers(tx: Tx, given: Sequence[Timer]) -> None:
    """Sets timers where none stands; one that stands is left alone, so many transactions may ask for the same one."""
    await timers.put_absent(tx, given)


async def clear_timers(tx: Tx, keys: Sequence[tuple[type[TimerPayload], UUID | str]]) -> None:
    """Removes timers by kind and subject; a missing one is no error."""
    await timers.clear(tx, keys)


async def poll_at(tx: Tx, polls: Sequence[PollDue]) -> None:
    """Has partner accounts asked for updates at the instants given, or sooner where that was due already."""
    await timers.put_earliest(tx, polls)


async def emit(tx: Tx, happened: Sequence[Event]) -> None:
    """Adds events to the feed; they get their positions soon after the commit, per order in version order.

    Call it after the order's row was locked or changed: that is what keeps versions of one order in order.
    """
    await events.insert(tx, happened)


# -- what callers read


async def events_after(
    tx: Tx, scope: Scope, position: int, wanted: EventFilter = _ALL_EVENTS, *, limit: int
) -> list[EventRecord]:
    """Events after a position that the scope may see and the reader wants.

    Raises CursorInvalid for a position the feed has not reached, and for one from before what is kept.
    """
    found = await events.after(tx, scope, position, wanted, limit=limit)
    follows = bool(found) and found[0].position == position + 1
    if not follows and position + 1 < (first := await events.first_position(tx)):
        raise CursorInvalid(
            f"The feed begins after {first - 1}; read on from there, and what was before from the orders themselves.",
            position=position,
            first_position=first,
        )
    if not found and position > (last := await events.last_position(tx)):
        raise CursorInvalid(
            f"The feed ends at {last}; read after that or an earlier position.", position=position, last_position=last
        )
    return found


def passes(event: Event, scope: Scope, wanted: EventFilter) -> bool:
    """Whether `events_after` reads an event for a scope and a filter: for who reads once for many."""
    return policy.passes(event, scope, wanted)


async def next_events(
    tx: Tx, scope: Scope, position: int, wanted: EventFilter, *, limit: int
) -> tuple[list[EventRecord], int]:
    """As `events_after`, and the position up to which there are no others."""
    end = await events.last_position(tx)
    found = await events_after(tx, scope, position, wanted, limit=limit)
    last = (found[-1].position or 0) if found else position
    return found, last if len(found) == limit else max(last, end)


async def last_position(tx: Tx) -> int:
    """The end of the feed; 0 while it is empty."""
    return await events.last_position(tx)


async def order_events(
    tx: Tx, order_id: UUID, *, after: UUID | None = None, size: int = LARGEST_PAGE
) -> list[EventRecord]:
    """Events of an order the caller may see by when they happened, at most `size`, from behind the event `after`.

    Those still without a position are included.
    """
    return await events.of_order(tx, order_id, after=after, size=size)


async def events_by_id(tx: Tx, ids: Sequence[UUID]) -> dict[UUID, Event]:
    """The events among ids, for callers who know whose they may tell."""
    return await events.by_id(tx, ids)


async def list_messages(
    tx: Tx, scope: Scope, state: MessageState | None, *, after: UUID | None = None, limit: int = 50
) -> list[MessageRecord]:
    """Messages in a state (None: in any), from behind `after`; nothing for a principal limited to some scope."""
    return await messages.listed(tx, state, after=after, limit=limit) if scope.unlimited else []


async def messages_to(
    tx: Tx, account_id: str, state: MessageState | None, *, after: UUID | None, limit: int
) -> list[MessageRecord]:
    """Messages to an account in a state (None: in any), from behind `after`."""
    return await messages.listed(tx, state, account_id=account_id, after=after, limit=limit)


async def unsettled_of(tx: Tx, account_ids: Sequence[str]) -> dict[str, int]:
    """Messages to accounts that are due or dead, counted by account; accounts without any are left out."""
    return await messages.unsettled_of(tx, account_ids)


async def unsettled_lanes(tx: Tx, lanes: Sequence[str]) -> set[str]:
    """Return those of the lanes in which a message is due or dead."""
    return await messages.unsettled_lanes(tx, lanes)


async def order_messages(tx: Tx, order_ids: Sequence[UUID]) -> list[MessageRecord]:
    """Messages about orders the caller may see, in the order of their making."""
    return await messages.of_orders(tx, order_ids)


async def calls(tx: Tx, message_ids: Sequence[UUID]) -> list[MessageRecord]:
    """Return calls by their ids, settled ones too; tasks, and ids that are not known, are left out."""
    return await messages.calls(tx, message_ids)


async def subject_timers(tx: Tx, subjects: Sequence[str]) -> list[TimerRecord]:
    """Timers of subjects, the earliest first."""
    return await timers.of_subjects(tx, subjects)


async def counts(tx: Tx) -> OutboxCounts:
    """How much is due, in flight, dead, set; where the feed ends."""
    return await claims_store.counts(tx)


async def waiting(tx: Tx) -> list[Waiting]:
    """How many messages wait or were given up, by account and state, and since when."""
    return await claims_store.waiting(tx)


async def unnumbered(tx: Tx) -> tuple[int, Instant | None]:
    """How many events are committed and have no position in the feed yet."""
    return await events.unnumbered(tx)


async def overdue(tx: Tx, *, before: Instant) -> list[Overdue]:
    """Accounts with messages that wait for their partner since an instant of business time or longer."""
    return await messages.overdue(tx, before=before)


async def oldest_failed(tx: Tx) -> Instant | None:
    """Since when (business time) the oldest message waits that failed at its partner; None where none does."""
    return await messages.oldest_failed(tx)


# -- what workers do


async def retire_messages(tx: Tx, *, before: Instant, limit: int) -> int:
    """Moves messages settled before an instant to the past, at most so many, with lanes that are empty; answers how
    many. They stay readable by order; an id of theirs is no longer known to `append`.
    """
    return await past.move_messages(tx, before=before, limit=limit)


async def retire_events(tx: Tx, *, before: Instant, limit: int) -> int:
    """Moves the first events of the feed, where older than an instant, to the past; answers how many, at most so many.

    They stay readable by order; readers of the feed that come from before what is left are told so.
    """
    return await past.move_events(tx, before=before, limit=limit)


async def fire_timers(tx: Tx, *, at: Instant, limit: int, identities: Identities) -> int:
    """Turns timers due at `at` into messages, the earliest first, and answers how many; whoever works them re-checks.

    A timer becomes a task `timer.<kind>` in the lane of its subject; its payload has `subject` and `due_at` added. A
    poll becomes a call of the kind it names, in the account's lane of polls.
    """
    due = await timers.take_due(tx, at=at, limit=limit)
    if due:
        await messages.append(tx, [policy.fired(timer, identities()) for timer in due], at=at)
        await clock.count_fired(tx, len(due))
    return len(due)


async def next_timer_at(tx: Tx) -> Instant | None:
    """When (business time) the earliest timer is due; None when none is set."""
    return await timers.next_due_at(tx)


async def poll_cursor(tx: Tx, account_id: str) -> str:
    """Where the last poll of an account ended; empty before the first."""
    return await clock.cursor(tx, account_id)


async def save_poll_cursor(tx: Tx, account_id: str, cursor: str, *, at: Instant) -> None:
    """Remembers where a poll of an account ended."""
    await clock.save_cursor(tx, account_id, cursor, at=at)


async def give_positions(tx: Tx, *, fence: int, limit: int) -> int | None:
    """Gives committed events their positions; answers how many, None when the sequencer's lease `fence` was lost."""
    if not await leases.hold(tx, SEQUENCER, fence):
        return None
    return await events.give_positions(tx, limit=limit)


async def take_lease(tx: Tx, name: str, holder: str, *, now: Instant, until: Instant) -> int | None:
    """Takes or renews a lease (machine time); answers its fence, None while another one holds it."""
    return await leases.take(tx, name, holder, now=now, until=until)


async def release_lease(tx: Tx, name: str, fence: int, *, now: Instant) -> None:
    """Gives a lease back."""
    await leases.release(tx, name, fence, now=now)


# -- business time


async def business_time(tx: Tx, *, lock: bool = False) -> BusinessTime:
    """The row of the business clock; locked to the end of the transaction if asked."""
    return await clock.load(tx, lock=lock)


async def set_business_time(tx: Tx, time: BusinessTime) -> None:
    """Writes the row of the business clock; virtual time never goes back."""
    await clock.save(tx, time)
