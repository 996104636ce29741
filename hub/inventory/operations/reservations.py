"""What flows do with reservations: make, extend, give back, end; and what a change of stock does with them.

Stock rows are locked before reservations. What ends is written with its stock, and told as an event, in one place.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Final
from uuid import UUID

from msgspec import Struct, field
from msgspec.structs import replace

from hub.database.tx import Tx
from hub.inventory.errors import ReservationEnded, ReservationNotFound, ReservationTooLong, ReservationUnitsExceeded
from hub.inventory.lifecycle import ReservationAction, ReservationState
from hub.inventory.model import Admission, Stock, StockChange, StockKey, StockMove, StockShortage
from hub.inventory.model.reservation import Consumption, LimitReached, Reservation, ReservationChange, Wanted
from hub.inventory.model.supply import Claimant, Protection
from hub.inventory.operations.writing import write_stock
from hub.inventory.policy import admitted
from hub.inventory.policy.protection import floors
from hub.inventory.policy.reserving import claiming, consumed, decided, extended, freeing, given_back
from hub.inventory.store import protections, reservations, stock
from hub.inventory.store.reservations import forget, lapsed, load, page
from hub.kernel.errors import Refusal, StateChanged
from hub.kernel.ids import derived
from hub.kernel.instant import Instant, iso
from hub.kernel.scope import HUB, Scope
from hub.outbox import operations as outbox
from hub.outbox.model import Event

__all__ = [
    "admit",
    "ended",
    "expire",
    "extend",
    "forget",
    "lapsed",
    "load",
    "page",
    "release",
    "reserve",
    "seen",
    "write",
]

Rows = Mapping[StockKey, Stock]
Elements = Sequence[Sequence[StockChange]]

NOT_IN_STOCK: Final = "NOT_IN_STOCK"
"""Why units were given back that somebody looked for and did not find."""


class Admitted(Struct, frozen=True):
    """What becomes of a batch, and of the reservations it ends, in order."""

    admission: Admission
    ended: Sequence[ReservationChange] = ()


# -- making them


async def reserve(
    tx: Tx, wanted: Sequence[Wanted], *, at: Instant, final: bool
) -> list[Reservation | StockShortage | LimitReached | None]:
    """Makes reservations, in order, each whole or not at all.

    First from what is read, so that only rows that give units are locked: an element that is refused then lacked units
    at one instant at all its nodes. None where that cannot be said: ask once more with `final`, which locks all nodes'
    rows first.
    """
    limits = {limit.holder for one in wanted for limit in one.limits}
    if limits:
        await reservations.lock_holders(tx, limits)
    held = await reservations.held(tx, limits, at=at) if limits else {}
    freed, rows = _Freed(), {}
    skus = sorted({line.sku for one in wanted for line in one.reservation.lines})
    if final:
        kept = await protections.of_skus(tx, skus)
        rows = await stock.lock(tx, _pools(wanted))
        freed = await _free(tx, rows, rows, freed, at, ReservationAction.EXPIRE)
        free = {key: row.available for key, row in (rows | freed.rows).items()}
    else:
        free, kept = await protections.claimable(tx, skus, at=at)
    wanted = _leaving(wanted, kept)
    answers = decided(wanted, free, held, final=final)
    claims = [answer if isinstance(answer, Mapping) else {} for answer in answers]
    elements = [
        claiming(one, wish.reservation.reservation_id, wish.floors) for one, wish in zip(claims, wanted, strict=True)
    ]
    made = [
        replace(wish.reservation, claims=dict(one)) if one else None for wish, one in zip(wanted, claims, strict=True)
    ]
    before = tx.held()
    await _make(tx, made, at)  # before the locks: nobody waits for it
    if not final:
        rows = await stock.lock(tx, {key for one in claims for key in one}, ahead=True)
    done = Admitted(admitted(rows | freed.rows, elements))
    if any(outcome is not None for outcome in done.admission.outcomes):
        tx.back_to(before)
        done = await admit(tx, rows | freed.rows, elements, at=at)
        outcomes = done.admission.outcomes
        made = [one if outcome is None else None for one, outcome in zip(made, outcomes, strict=True)]
        await _make(tx, made, at)
    await _write(tx, rows, _with(freed, done), at=at)
    return [
        one or (answer if isinstance(answer, StockShortage | LimitReached) else None)
        for one, answer in zip(made, answers, strict=True)
    ]


async def _make(tx: Tx, made: Sequence[Reservation | None], at: Instant) -> None:
    """Writes new reservations and tells of them."""
    new = [one for one in made if one is not None]
    await reservations.add(tx, new)
    await outbox.emit(tx, [_event(one, "StockReserved", at, _units(one.claims)) for one in new])


# -- reading and changing them


def seen(one: Reservation, at: Instant) -> Reservation:
    """A reservation as it stands at an instant: out of time it holds nothing, whenever its units are taken back."""
    if one.state_at(at) is one.state:
        return one
    return replace(given_back(one, ReservationAction.EXPIRE).after, version=one.version)


async def extend(
    tx: Tx, scope: Scope, asked: Sequence[tuple[UUID, Instant]], *, at: Instant
) -> list[Reservation | Refusal]:
    """Has reservations end later, each at the instant given with it.

    Refuses RESERVATION_NOT_FOUND, RESERVATION_ENDED, RESERVATION_TOO_LONG.
    """
    seen = await reservations.load(tx, scope, [identity for identity, _ in asked])
    standing = seen | await reservations.lock(tx, seen)
    answers: list[Reservation | Refusal] = []
    for identity, expires_at in asked:
        one = standing.get(identity)
        refusal = _not_live(identity, one, at) or _too_long(one, expires_at)
        if one is not None and refusal is None:
            one = standing[identity] = extended(one, expires_at)
        answers.append(refusal or one or _unknown(identity))
    kept = {one.reservation_id: one for one in answers if isinstance(one, Reservation)}
    await reservations.save(tx, [kept[identity] for identity in sorted(kept)])
    facts = {identity: {"expires_at": iso(one.expires_at)} for identity, one in kept.items()}
    await outbox.emit(tx, [_event(one, "ReservationExtended", at, facts[key]) for key, one in sorted(kept.items())])
    return answers


async def release(
    tx: Tx, scope: Scope, asked: Sequence[tuple[UUID, Mapping[str, int]]], *, at: Instant
) -> list[Reservation | Refusal]:
    """Gives units of reservations back, by SKU; none named means all.

    Refuses RESERVATION_NOT_FOUND, RESERVATION_ENDED, RESERVATION_UNITS_EXCEEDED.
    """
    seen = await reservations.load(tx, scope, [identity for identity, _ in asked])
    rows = await stock.lock(tx, {key for one in seen.values() for key in one.claims})
    standing = seen | await reservations.lock(tx, seen)
    changes: list[ReservationChange] = []
    answers: list[Reservation | Refusal] = []
    for identity, units in asked:
        one = standing.get(identity)
        refusal = _not_live(identity, one, at) or _too_many(one, units) or _moved(one, rows)
        if one is not None and refusal is None:
            changes.append(given_back(one, ReservationAction.RELEASE, units=units or None))
            one = standing[identity] = changes[-1].after
        answers.append(refusal or one or _unknown(identity))
    await _write(tx, rows, Admitted(admitted(rows, [freeing(change) for change in changes]), changes), at=at)
    return answers


async def expire(tx: Tx, *, at: Instant, limit: int) -> int:
    """Takes the units of reservations back whose time is over, the first ones first; answers how many were due."""
    due = await reservations.due(tx, at=at, limit=limit)
    seen = await reservations.load(tx, HUB, due)
    rows = await stock.lock(tx, {key for one in seen.values() for key in one.claims})
    held = await reservations.lock(tx, due)
    over = [
        one
        for _, one in sorted(held.items())
        if one.state is ReservationState.LIVE and one.expires_at <= at and rows.keys() >= one.claims.keys()
    ]
    changes = [given_back(one, ReservationAction.EXPIRE) for one in over]
    await _write(tx, rows, Admitted(admitted(rows, [freeing(change) for change in changes]), changes), at=at)
    return len(due)


# -- what a change of stock does with them


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
            done = _with(freed, Admitted(admitted({**rows, **freed.rows}, wanted)))
    outcomes = tuple(barred.get(index, outcome) for index, outcome in enumerate(done.admission.outcomes))
    consumed_now = [change for index, several in taken.items() if outcomes[index] is None for change in several]
    return Admitted(replace(done.admission, outcomes=outcomes), [*done.ended, *consumed_now])


async def write(tx: Tx, done: Admitted, *, at: Instant) -> None:
    """Writes the reservations that a batch ended."""
    await reservations.save(tx, [change.after for change in _last(done.ended)])
    await outbox.emit(tx, [_ended(change, at) for change in done.ended])


async def _write(tx: Tx, before: Rows, done: Admitted, *, at: Instant) -> None:
    await write_stock(tx, before, done.admission, at=at)
    await write(tx, done, at=at)


class _Freed(Struct):
    """What reservations gave back: the rows as they are then, the ledger's rows, the reservations."""

    rows: dict[StockKey, Stock] = field(default_factory=dict)
    moves: list[StockMove] = field(default_factory=list)
    changes: list[ReservationChange] = field(default_factory=list)


async def _freed_for(tx: Tx, rows: Rows, lacking: Elements, at: Instant) -> _Freed:
    """What gives way to elements that lack units."""
    keys = {(change.sku, change.node_id) for element in lacking for change in element}
    empty = {(change.sku, change.node_id) for element in lacking for change in element if change.found_empty}
    freed = await _free(tx, rows, keys, _Freed(), at, ReservationAction.EXPIRE)
    return await _free(tx, rows, empty, freed, at, ReservationAction.RELEASE) if empty else freed


async def _free(
    tx: Tx, rows: Rows, keys: Collection[StockKey], freed: _Freed, at: Instant, action: ReservationAction
) -> _Freed:
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
    return _Freed({**freed.rows, **given.after}, [*freed.moves, *given.moves], [*freed.changes, *changes])


def _with(freed: _Freed, done: Admitted) -> Admitted:
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


# -- what is refused and told


def _not_live(identity: UUID, one: Reservation | None, at: Instant) -> Refusal | None:
    if one is None:
        return _unknown(identity)
    state = one.state_at(at)
    return None if state is ReservationState.LIVE else ended(one, state)


def ended(one: Reservation, state: ReservationState) -> ReservationEnded:
    """Why nothing can be done with a reservation any more."""
    return ReservationEnded(
        f"The reservation is {state.value} and holds nothing; reserve anew.",
        reservation_id=one.reservation_id,
        state=state.value,
    )


def _unknown(identity: UUID) -> ReservationNotFound:
    return ReservationNotFound(
        f"There is no reservation {identity}; list reservations to find it.", reservation_id=identity
    )


def _too_long(one: Reservation | None, expires_at: Instant) -> Refusal | None:
    if one is None or expires_at <= one.latest_at:
        return None
    return ReservationTooLong(
        f"The reservation can be extended up to {iso(one.latest_at)}; ask for less, or reserve anew.",
        reservation_id=one.reservation_id,
        latest_expire_time=iso(one.latest_at),
    )


def _too_many(one: Reservation | None, units: Mapping[str, int]) -> Refusal | None:
    live = {line.sku: line.live for line in one.lines} if one is not None else {}
    for sku, count in sorted(units.items()):
        if count > live.get(sku, 0):
            return ReservationUnitsExceeded(
                f"The reservation holds {live.get(sku, 0)} units of {sku}; give back no more than that.",
                sku=sku,
                live=live.get(sku, 0),
            )
    return None


def _moved(one: Reservation | None, rows: Rows) -> Refusal | None:
    if one is None or rows.keys() >= one.claims.keys():
        return None
    return StateChanged("The reservation's units were moved meanwhile; nothing was done. Ask again.")


def _ended(change: ReservationChange, at: Instant) -> Event:
    facts: dict[str, object] = _units(change.given_back)
    if change.reason:
        facts["reason"] = change.reason
    if change.after.order_id is not None:
        facts["order_id"] = str(change.after.order_id)
    return _event(change.after, _TOLD[change.action], at, facts)


_TOLD: Final = {
    ReservationAction.RELEASE: "ReservationReleased",
    ReservationAction.EXPIRE: "ReservationExpired",
    ReservationAction.CONSUME: "ReservationConsumed",
}


def _event(one: Reservation, event_type: str, at: Instant, facts: Mapping[str, object]) -> Event:
    """`StockReserved` and what follows: facts name the reservation, how it stands, and units by SKU."""
    return Event(
        derived(one.reservation_id, "event", one.version),
        event_type,
        at,
        {"reservation_id": str(one.reservation_id), "state": one.state.value, **facts},
        channel_id=one.channel_id,
        seller_id=one.seller_id,
        node_id=one.node_id,
    )


def _units(claims: Mapping[StockKey, int]) -> dict[str, object]:
    sums: dict[str, int] = {}
    for (sku, _), units in sorted(claims.items()):
        sums[sku] = sums.get(sku, 0) + units
    return {"quantity": sum(sums.values()), "units": sums}


def _leaving(wanted: Sequence[Wanted], kept: Sequence[Protection]) -> Sequence[Wanted]:
    """The same, each with what is kept for others than its channel."""
    if not kept:
        return wanted
    return [replace(one, floors=floors(kept, _pools([one]), Claimant(one.reservation.channel_id))) for one in wanted]


def _pools(wanted: Sequence[Wanted]) -> set[StockKey]:
    return {(line.sku, node_id) for one in wanted for line in one.reservation.lines for node_id in one.node_ids}


def _last(changes: Sequence[ReservationChange]) -> list[ReservationChange]:
    """Of each reservation the last change."""
    last = {change.after.reservation_id: change for change in changes}
    return [last[identity] for identity in sorted(last)]
