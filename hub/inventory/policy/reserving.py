"""What reservations claim, hold, give back and leave to an order."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Final
from uuid import UUID

from msgspec.structs import replace

from hub.inventory.lifecycle import TRANSITIONS, ReservationAction, ReservationState
from hub.inventory.model import StockChange, StockKey, StockShortage
from hub.inventory.model.reservation import (
    Consumption,
    Holding,
    LimitReached,
    Reservation,
    ReservationChange,
    ReservedLine,
    Wanted,
)
from hub.inventory.policy.protection import NO_FLOORS
from hub.kernel.instant import Instant

Claims = Mapping[StockKey, int]
Holdings = Mapping[tuple[str, str], Holding]

_COUNTED: Final = {
    ReservationAction.RELEASE: "released",
    ReservationAction.EXPIRE: "expired",
    ReservationAction.CONSUME: "consumed",
}


def decided(
    wanted: Sequence[Wanted], free: Claims, held: Holdings, *, final: bool
) -> list[Claims | StockShortage | LimitReached | None]:
    """Where the units of each reservation are claimed, in order, each whole or not at all; or why it is refused.

    A refused one takes nothing. One that only those before it leave nothing for is refused when what they take is
    `final`, else left open (None): they may yet be refused themselves.
    """
    left, holding = dict(free), dict(held)
    answers: list[Claims | StockShortage | LimitReached | None] = []
    for one in wanted:
        answer = _decided(one, left, holding)
        if isinstance(answer, StockShortage | LimitReached):
            refused_anyway = final or isinstance(_decided(one, free, held), StockShortage | LimitReached)
            answers.append(answer if refused_anyway else None)
            continue
        for key, units in answer.items():
            left[key] -= units
        for limit in one.limits:
            had = holding.get(limit.holder, Holding())
            units = had.units + one.reservation.live
            holding[limit.holder] = replace(had, reservations=had.reservations + 1, units=units)
        answers.append(answer)
    return answers


def within_limits(made: Sequence[Wanted], held: Holdings) -> bool:
    """Whether the holders of reservations that were made, who hold so much with them, may hold that."""
    limits = {limit for one in made for limit in one.limits}
    having = [(limit, held.get(limit.holder, Holding())) for limit in limits]
    return not any(
        (limit.reservations and has.reservations > limit.reservations) or (limit.units and has.units > limit.units)
        for limit, has in having
    )


def _decided(wanted: Wanted, free: Claims, held: Holdings) -> Claims | StockShortage | LimitReached:
    for limit in wanted.limits:
        has = held.get(limit.holder, Holding())
        too_many = limit.reservations and has.reservations + 1 > limit.reservations
        if too_many or (limit.units and has.units + wanted.reservation.live > limit.units):
            return LimitReached(limit, has)
    return _placed(wanted, free)


def _placed(wanted: Wanted, free: Claims) -> Claims | StockShortage:
    """Of each SKU the nodes with the most units give first, so that nodes with few keep them; ties by node id."""
    claims: dict[StockKey, int] = {}
    for line in wanted.reservation.lines:
        missing = line.live
        keys = [(line.sku, node_id) for node_id in wanted.node_ids]
        spare = {key[1]: free.get(key, 0) - wanted.floors.get(key, 0) for key in keys}
        for node_id in sorted(wanted.node_ids, key=lambda node_id: (-spare[node_id], node_id)):
            units = min(missing, max(0, spare[node_id]))
            if units:
                claims[line.sku, node_id] = units
                missing -= units
        if missing:
            return StockShortage(line.sku, wanted.reservation.node_id or "", line.live, line.live - missing)
    return claims


def given_back(
    reservation: Reservation,
    action: ReservationAction,
    *,
    units: Mapping[str, int] | None = None,
    within: Collection[StockKey] | None = None,
    reason: str = "",
) -> ReservationChange:
    """A reservation gives back so many units of each SKU (all of them unless said), of those claimed `within`.

    Where it holds the fewest of a SKU it gives back first.
    """
    taken: dict[StockKey, int] = {}
    rest = dict(units) if units is not None else {line.sku: line.live for line in reservation.lines}
    smallest_first = sorted(reservation.claims.items(), key=lambda claim: (claim[1], claim[0]))
    for key, held in smallest_first:
        count = min(held, rest.get(key[0], 0)) if within is None or key in within else 0
        if count:
            taken[key] = count
            rest[key[0]] -= count
    gone = _by_sku(taken)
    counted = _COUNTED[action]
    lines = tuple(
        replace(line, live=line.live - n, **{counted: getattr(line, counted) + n})
        if (n := gone.get(line.sku))
        else line
        for line in reservation.lines
    )
    return ReservationChange(_after(reservation, lines, taken, action), taken, action, reason)


def consumed(consumption: Consumption) -> ReservationChange:
    """An order takes a reservation: the units it uses are consumed, the others released; none are held any more."""
    reservation, used = consumption.reservation, dict(consumption.used)
    lines = []
    for line in reservation.lines:
        taken = min(line.live, used.get(line.sku, 0))
        lines.append(replace(line, live=0, consumed=line.consumed + taken, released=line.released + line.live - taken))
    after = _after(reservation, tuple(lines), reservation.claims, ReservationAction.CONSUME)
    return ReservationChange(
        replace(after, order_id=consumption.order_id), reservation.claims, ReservationAction.CONSUME
    )


def extended(reservation: Reservation, expires_at: Instant) -> Reservation:
    """The reservation with a later end; it never ends earlier than it would have."""
    return replace(reservation, expires_at=max(reservation.expires_at, expires_at), version=reservation.version + 1)


def _after(
    reservation: Reservation, lines: tuple[ReservedLine, ...], taken: Claims, action: ReservationAction
) -> Reservation:
    claims = {key: left for key, units in reservation.claims.items() if (left := units - taken.get(key, 0))}
    state = reservation.state if claims else TRANSITIONS[ReservationState.LIVE, action]
    return replace(reservation, lines=lines, claims=claims, state=state, version=reservation.version + 1)


def _by_sku(units: Claims) -> dict[str, int]:
    sums: dict[str, int] = {}
    for (sku, _), count in units.items():
        sums[sku] = sums.get(sku, 0) + count
    return sums


def claiming(claims: Claims, cause_id: UUID, floors: Claims = NO_FLOORS) -> list[StockChange]:
    """What claims add to stock, leaving the floors for others."""
    return [
        StockChange(sku, node_id, "reservation_made", cause_id, reserved=units, floor=floors.get((sku, node_id), 0))
        for (sku, node_id), units in sorted(claims.items())
    ]


def freeing(change: ReservationChange) -> list[StockChange]:
    """What units given back take from what is reserved in stock."""
    cause, cause_id = f"reservation_{_COUNTED[change.action]}", change.after.reservation_id
    return [
        StockChange(sku, node_id, cause, cause_id, reserved=-units)
        for (sku, node_id), units in sorted(change.given_back.items())
    ]


def exchanged(changes: Sequence[StockChange], consumptions: Sequence[Consumption]) -> list[StockChange]:
    """An order's changes of stock less what its reservations hold already, so that it needs no more free units.

    What of a reservation is not claimed again where it is comes first, as given back.
    """
    held: dict[StockKey, int] = {}
    for consumption in consumptions:
        for key, units in consumption.reservation.claims.items():
            held[key] = held.get(key, 0) + units
    kept: list[StockChange] = []
    for change in changes:
        key = (change.sku, change.node_id)
        taken = min(held.get(key, 0), max(0, change.reserved))
        if taken:
            held[key] -= taken
            change = replace(change, reserved=change.reserved - taken)  # noqa: PLW2901 (the same change, less)
        if change.on_hand or change.reserved or change.allocated or change.found_empty:
            kept.append(change)
    cause_id = consumptions[0].order_id
    freed = [
        StockChange(sku, node_id, "reservation_consumed", cause_id, reserved=-units)
        for (sku, node_id), units in sorted(held.items())
        if units
    ]
    return freed + kept
