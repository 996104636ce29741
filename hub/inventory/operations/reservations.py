"""What flows do with reservations: make, extend, give back, end.

Stock rows are locked before reservations. What ends is written with its stock.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from uuid import UUID

from msgspec.structs import replace

from hub.database.tx import Tx
from hub.inventory.errors import ReservationEnded, ReservationNotFound, ReservationTooLong, ReservationUnitsExceeded
from hub.inventory.lifecycle import ReservationAction, ReservationState
from hub.inventory.model import StockKey, StockShortage, UnitsByNode
from hub.inventory.model.reservation import Holding, LimitReached, Reservation, ReservationChange, Wanted
from hub.inventory.model.supply import Claimant, Protection
from hub.inventory.operations.reservation_reclaim import (
    Admitted,
    Freed,
    Rows,
    admit,
    beside,
    event,
    free,
    units_by_sku,
    write,
)
from hub.inventory.operations.writing import claim
from hub.inventory.policy import admitted
from hub.inventory.policy.protection import floors
from hub.inventory.policy.reserving import claiming, decided, extended, freeing, given_back, within_limits
from hub.inventory.store import protections, reservations, stock
from hub.inventory.store.reservations import forget, lapsed, load, page
from hub.kernel.errors import Refusal, StateChanged
from hub.kernel.instant import Instant, iso
from hub.kernel.scope import HUB, Scope
from hub.messages.events.stock import ReservationExtended, StockReserved
from hub.outbox import operations as outbox

__all__ = [
    "choose",
    "ended",
    "expire",
    "extend",
    "forget",
    "lapsed",
    "load",
    "make",
    "page",
    "release",
    "reserve",
    "seen",
]

SetAside = Callable[[Tx, Mapping[StockKey, int], Sequence[Protection]], Awaitable[Mapping[StockKey, int]]]
"""Returns what of free units, by (sku, node), is left by those who are served first; protections come with them."""

# -- making them


async def reserve(
    tx: Tx, wanted: Sequence[Wanted], *, at: Instant, final: bool, set_aside: SetAside
) -> list[Reservation | StockShortage | LimitReached | None]:
    """Makes reservations, in order, each whole or not at all.

    First from what is read, so that only rows that give units are locked: an element that is refused then lacked units
    at one instant at all its nodes. None where that cannot be said: ask once more with `final`, which locks all nodes'
    rows first. `set_aside` takes from what is free what others have before.
    """
    held = await _held(tx, wanted, at)
    skus = sorted({line.sku for one in wanted for line in one.reservation.lines})
    freed, rows = Freed(), {}
    if final:
        kept = await protections.of_skus(tx, skus)
        rows = await stock.lock(tx, _pools(wanted))
        freed = await free(tx, rows, rows, freed, at, ReservationAction.EXPIRE)
        units = {key: row.available for key, row in (rows | freed.rows).items()}
    else:
        by_node, kept = await protections.claimable(tx, skus, at=at)
        units = _by_row(by_node)
    left = await set_aside(tx, units, kept)
    wanted = _leaving(wanted, kept)
    answers = decided(wanted, left, held, final=final)
    claims = [answer if isinstance(answer, Mapping) else {} for answer in answers]
    if not final:
        rows = await stock.lock(tx, {key for one in claims for key in one})
    elements = [
        claiming(one, wish.reservation.reservation_id, wish.floors) for one, wish in zip(claims, wanted, strict=True)
    ]
    done = await admit(tx, rows | freed.rows, elements, at=at)
    made = [
        replace(wish.reservation, claims=dict(one)) if one and outcome is None else None
        for wish, one, outcome in zip(wanted, claims, done.admission.outcomes, strict=True)
    ]
    await _add(tx, [one for one in made if one is not None], at)
    await write(tx, rows, beside(freed, done), at=at)
    return [
        one or (answer if isinstance(answer, StockShortage | LimitReached) else None)
        for one, answer in zip(made, answers, strict=True)
    ]


async def choose(tx: Tx, wanted: Sequence[Wanted], *, set_aside: SetAside) -> list[Wanted | None]:
    """The same reservations with their claims, of units that are free as read; None where these are not enough."""
    skus = sorted({line.sku for one in wanted for line in one.reservation.lines})
    by_node, kept = await protections.free_stock(tx, skus)
    left = await set_aside(tx, _by_row(by_node), kept)
    wanted = _leaving(wanted, kept)
    return [
        replace(one, reservation=replace(one.reservation, claims=claims)) if isinstance(claims, Mapping) else None
        for one, claims in zip(wanted, decided(wanted, left, {}, final=True), strict=True)
    ]


def _by_row(units: UnitsByNode) -> dict[StockKey, int]:
    return {(sku, node_id): count for sku, nodes in units.items() for node_id, count in nodes.items()}


async def make(tx: Tx, chosen: Sequence[Wanted], *, at: Instant) -> None:
    """Makes reservations as they were chosen, when the transaction ends; it is AssumptionBroken where units went,
    or where a holder has more then than they may.
    """

    async def limits_kept() -> bool:
        return within_limits(chosen, await _held(tx, chosen, at))

    reservations.expect_limits_kept(tx, limits_kept)
    await _add(tx, [one.reservation for one in chosen], at)
    made = [(one.reservation.claims, one.reservation.reservation_id, one.floors) for one in chosen]
    await claim(tx, [change for one in made for change in claiming(*one)], at=at)


async def _held(tx: Tx, wanted: Sequence[Wanted], at: Instant) -> dict[tuple[str, str], Holding]:
    """What those hold who have limits; nobody else reserves for them until the transaction ends."""
    holders = {limit.holder for one in wanted for limit in one.limits}
    if not holders:
        return {}
    await reservations.lock_holders(tx, holders)
    return await reservations.held(tx, holders, at=at)


async def _add(tx: Tx, made: Sequence[Reservation], at: Instant) -> None:
    """Writes new reservations and tells of them."""
    await reservations.add(tx, made)
    await outbox.emit(tx, [event(one, _reserved(one), at) for one in made])


def _reserved(made: Reservation) -> StockReserved:
    units = units_by_sku(made.claims)
    return StockReserved(
        reservation_id=made.reservation_id,
        state=made.state.value,
        quantity=sum(units.values()),
        units_by_sku=units,
    )


# -- reading and changing them


def seen(reservation: Reservation, at: Instant) -> Reservation:
    """A reservation as it stands at an instant: out of time it holds nothing, whenever its units are taken back."""
    if reservation.state_at(at) is reservation.state:
        return reservation
    return replace(given_back(reservation, ReservationAction.EXPIRE).after, version=reservation.version)


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
    kept = {answer.reservation_id: answer for answer in answers if isinstance(answer, Reservation)}
    await reservations.save(tx, [kept[identity] for identity in sorted(kept)])
    await outbox.emit(tx, [event(one, _extended(one), at) for _, one in sorted(kept.items())])
    return answers


def _extended(kept: Reservation) -> ReservationExtended:
    return ReservationExtended(reservation_id=kept.reservation_id, state=kept.state.value, expire_time=kept.expires_at)


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
    await write(tx, rows, Admitted(admitted(rows, [freeing(change) for change in changes]), changes), at=at)
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
    await write(tx, rows, Admitted(admitted(rows, [freeing(change) for change in changes]), changes), at=at)
    return len(due)


# -- what is refused


def _not_live(identity: UUID, one: Reservation | None, at: Instant) -> Refusal | None:
    if one is None:
        return _unknown(identity)
    state = one.state_at(at)
    return None if state is ReservationState.LIVE else ended(one, state)


def ended(reservation: Reservation, state: ReservationState) -> ReservationEnded:
    """Why nothing can be done with a reservation any more."""
    return ReservationEnded(
        f"The reservation is {state.value} and holds nothing; reserve anew.",
        reservation_id=reservation.reservation_id,
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
                f"The reservation holds {live.get(sku, 0)} units of {sku}; release at most that many.",
                sku=sku,
                live=live.get(sku, 0),
            )
    return None


def _moved(one: Reservation | None, rows: Rows) -> Refusal | None:
    if one is None or rows.keys() >= one.claims.keys():
        return None
    return StateChanged("The reservation's units changed meanwhile. Nothing was done; send the request again.")


def _leaving(wanted: Sequence[Wanted], kept: Sequence[Protection]) -> Sequence[Wanted]:
    """The same, each with what is kept for others than its channel."""
    if not kept:
        return wanted
    return [replace(one, floors=floors(kept, _pools([one]), Claimant(one.reservation.channel_id))) for one in wanted]


def _pools(wanted: Sequence[Wanted]) -> set[StockKey]:
    return {(line.sku, node_id) for one in wanted for line in one.reservation.lines for node_id in one.node_ids}
