"""What a change of stock does with reservations: which give way, which are consumed, and how both are written and told.

The stock rows are locked before. Reservations are locked here, after them.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Final

from msgspec import Struct, field
from msgspec.structs import replace

from hub.database.tx import Tx
from hub.inventory.lifecycle import ReservationAction, ReservationState
from hub.inventory.model import Admission, Stock, StockChange, StockKey, StockMove, StockShortage
from hub.inventory.model.reservation import Consumption, Reservation, ReservationChange
from hub.inventory.operations.writing import write_stock
from hub.inventory.policy import admitted
from hub.inventory.policy.reserving import consumed, freeing, given_back
from hub.inventory.store import reservations
from hub.kernel.ids import derived
from hub.kernel.instant import Instant
from hub.messages.events.facts import EventFacts
from hub.messages.events.stock import ReservationConsumed, ReservationExpired, ReservationReleased
from hub.outbox import operations as outbox
from hub.outbox.model import Event

Rows = Mapping[StockKey, Stock]
Elements = Sequence[Sequence[StockChange]]

NOT_IN_STOCK: Final = "NOT_IN_STOCK"
"""Why units were given back that somebody looked for and did not find."""


class Admitted(Struct, frozen=True):
    """What becomes of a batch, and of the reservations it ends, in order."""

    admission: Admission
    ended: Sequence[ReservationChange] = ()


async def admit(
    tx: Tx, rows: Rows, elements: Elements, *, at: Instant, consuming: Sequence[Sequence[Consumption]] = ()
) -> Admitted:
    """Decides a batch over locked rows; reservations give way where elements lack units.

    Those whose time is over give back what they hold there, whenever their timer comes; those that hold units where
    somebody looked and found nothing lose them. An element takes the reservations it consumes as they were read, or
    is refused.
    """
    taken, barred = await _consumptions(tx, consuming, at)
    wanted = [() if index in barred else element for index, element in enumerate(elements)]
    done = Admitted(admitted(rows, wanted))
    lacking = [wanted[index] for index, outcome in enumerate(done.admission.outcomes) if outcome is not None]
    if lacking:
        freed = await _freed_for(tx, rows, lacking, at)
        if freed.changes:
            done = beside(freed, Admitted(admitted({**rows, **freed.rows}, wanted)))
    outcomes = tuple(barred.get(index, outcome) for index, outcome in enumerate(done.admission.outcomes))
    consumed_now = [change for index, several in taken.items() if outcomes[index] is None for change in several]
    return Admitted(replace(done.admission, outcomes=outcomes), [*done.ended, *consumed_now])


async def write(tx: Tx, before: Rows, done: Admitted, *, at: Instant) -> None:
    """Writes what became of a batch over rows that are locked and were as `before`, and tells of what it ended."""
    await write_stock(tx, before, done.admission, at=at)
    if not done.ended:
        return
    await reservations.save(tx, [change.after for change in _last(done.ended)])
    await outbox.emit(tx, [_ended(change, at) for change in done.ended])


class Freed(Struct):
    """What reservations gave back: the rows as they are then, the ledger's rows, the reservations."""

    rows: dict[StockKey, Stock] = field(default_factory=dict)
    moves: list[StockMove] = field(default_factory=list)
    changes: list[ReservationChange] = field(default_factory=list)


async def _freed_for(tx: Tx, rows: Rows, lacking: Elements, at: Instant) -> Freed:
    """What gives way to elements that lack units."""
    keys = {(change.sku, change.node_id) for element in lacking for change in element}
    empty = {(change.sku, change.node_id) for element in lacking for change in element if change.found_empty}
    freed = await free(tx, rows, keys, Freed(), at, ReservationAction.EXPIRE)
    return await free(tx, rows, empty, freed, at, ReservationAction.RELEASE) if empty else freed


async def free(
    tx: Tx, rows: Rows, keys: Collection[StockKey], freed: Freed, at: Instant, action: ReservationAction
) -> Freed:
    """Adds what reservations give back at keys: EXPIRE takes from those that are over, RELEASE from all."""
    over = action is ReservationAction.EXPIRE
    before = {change.after.reservation_id: change.after for change in freed.changes}
    found = await reservations.lock_at(tx, keys, before=at if over else None)
    reason = "" if over else NOT_IN_STOCK
    changes = [
        given_back(before.get(identity, one), action, within=set(keys), reason=reason)
        for identity, one in sorted(found.items())
    ]
    changes = [change for change in changes if change.given_back]
    given = admitted({**rows, **freed.rows}, [freeing(change) for change in changes])
    return Freed({**freed.rows, **given.after}, [*freed.moves, *given.moves], [*freed.changes, *changes])


def beside(freed: Freed, done: Admitted) -> Admitted:
    """A batch and what was freed before it."""
    after, moves = {**freed.rows, **done.admission.after}, (*freed.moves, *done.admission.moves)
    return Admitted(Admission(after, done.admission.outcomes, moves), [*freed.changes, *done.ended])


async def _consumptions(
    tx: Tx, consuming: Sequence[Sequence[Consumption]], at: Instant
) -> tuple[dict[int, list[ReservationChange]], dict[int, StockShortage]]:
    """By the index of its element: what is consumed; and what is barred because a reservation is not as it was read."""
    wanted = {one.reservation.reservation_id for several in consuming for one in several}
    if not wanted:
        return {}, {}
    held = await reservations.lock(tx, wanted)
    taken: dict[int, list[ReservationChange]] = {}
    barred: dict[int, StockShortage] = {}
    for index, several in enumerate(consuming):
        for one in several:
            standing = held.get(one.reservation.reservation_id)
            if standing is None or not _as_read(standing, one.reservation, at):
                sku, node_id = min(one.reservation.claims)
                barred[index] = StockShortage(sku, node_id, one.reservation.live, 0)
        if index not in barred and several:
            taken[index] = [consumed(one) for one in several]
            for one in several:
                del held[one.reservation.reservation_id]
    return taken, barred


def _as_read(standing: Reservation, read: Reservation, at: Instant) -> bool:
    return standing.state_at(at) is ReservationState.LIVE and standing.version == read.version


def _ended(change: ReservationChange, at: Instant) -> Event:
    identity, state, units = change.after.reservation_id, change.after.state.value, units_by_sku(change.given_back)
    quantity = sum(units.values())
    facts: EventFacts
    if change.action is ReservationAction.RELEASE:
        facts = ReservationReleased(
            reservation_id=identity, state=state, quantity=quantity, units_by_sku=units, reason=change.reason
        )
    elif change.action is ReservationAction.CONSUME:
        facts = ReservationConsumed(
            reservation_id=identity, state=state, quantity=quantity, units_by_sku=units, order_id=change.after.order_id
        )
    else:
        facts = ReservationExpired(reservation_id=identity, state=state, quantity=quantity, units_by_sku=units)
    return event(change.after, facts, at)


def event(reservation: Reservation, facts: EventFacts, at: Instant) -> Event:
    """What happened to a reservation, for those who may see its channel, its seller or its node."""
    return Event(
        derived(reservation.reservation_id, "event", reservation.version),
        facts,
        at,
        channel_id=reservation.channel_id,
        seller_id=reservation.seller_id,
        node_id=reservation.node_id,
    )


def units_by_sku(claims: Mapping[StockKey, int]) -> dict[str, int]:
    """How many units of each SKU."""
    sums: dict[str, int] = {}
    for (sku, _), units in sorted(claims.items()):
        sums[sku] = sums.get(sku, 0) + units
    return sums


def _last(changes: Sequence[ReservationChange]) -> list[ReservationChange]:
    """Of each reservation the last change."""
    last = {change.after.reservation_id: change for change in changes}
    return [last[identity] for identity in sorted(last)]
