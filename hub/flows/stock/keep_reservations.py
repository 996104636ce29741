"""Keeps reservations: extended, given back whole or in part, taken back when their time is over.

LIVE -> LIVE, RELEASED or EXPIRED. Waiting orders are tried again when units come free.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Final
from uuid import UUID

from msgspec import Struct, field

from hub.cases.context import Unit
from hub.cases.intake.reservations import EXPIRY_TIMER, expiry_timers
from hub.cases.store import stock_changed
from hub.inventory.errors import ReservationTooLong
from hub.inventory.lifecycle import ReservationState
from hub.inventory.model.reservation import Reservation
from hub.inventory.operations import reservations
from hub.kernel.errors import Refusal
from hub.outbox import operations as outbox

__all__ = ["EXPIRY_TIMER", "Extension", "Release", "expire_reservations", "extend_reservations", "release_reservations"]

AT_ONCE: Final = 500
"""Reservations that are taken back in one transaction; the next one goes on."""


class Extension(Struct, frozen=True):
    """A reservation to live for `ttl` from now; None means its channel's default."""

    reservation_id: UUID
    ttl: timedelta | None = None


class Release(Struct, frozen=True):
    """Units of a reservation to give back, by SKU; none means all."""

    reservation_id: UUID
    units: Mapping[str, int] = field(default_factory=dict)


async def extend_reservations(unit: Unit, extensions: Sequence[Extension]) -> list[Reservation | Refusal]:
    """Extends reservations. Refuses RESERVATION_NOT_FOUND, RESERVATION_ENDED, RESERVATION_TOO_LONG."""
    known = await reservations.load(unit.tx, unit.scope, [one.reservation_id for one in extensions])
    asked = [(one.reservation_id, unit.at + _ttl(unit, one, known)) for one in extensions]
    refusals = [_too_long(unit, one, known) for one in extensions]
    fine = [one for one, refusal in zip(asked, refusals, strict=True) if refusal is None]
    answers = iter(await reservations.extend(unit.tx, unit.scope, fine, at=unit.at))
    result = [refusal or next(answers) for refusal in refusals]
    ends = expiry_timers(one.expires_at for one in result if isinstance(one, Reservation))
    await outbox.ensure_timers(unit.tx, ends)
    return result


async def release_reservations(unit: Unit, releases: Sequence[Release]) -> list[Reservation | Refusal]:
    """Gives units back. Refuses RESERVATION_NOT_FOUND, RESERVATION_ENDED, RESERVATION_UNITS_EXCEEDED."""
    asked = [(one.reservation_id, one.units) for one in releases]
    answers = await reservations.release(unit.tx, unit.scope, asked, at=unit.at)
    given_back = any(isinstance(one, Reservation) for one in answers)
    await stock_changed(unit, freed=given_back, claimed=False, moved=False)
    return answers


async def expire_reservations(unit: Unit) -> int:
    """Takes units back whose time is over, and has itself run again while more are due; answers how many were.

    Waiting orders are tried again in any case: a claim may have freed units of the same reservations before.
    """
    due = await reservations.expire(unit.tx, at=unit.at, limit=AT_ONCE)
    again = expiry_timers([unit.at]) if due == AT_ONCE else []
    await stock_changed(unit, freed=True, claimed=False, moved=False, beside=again)
    return due


def _ttl(unit: Unit, one: Extension, known: Mapping[UUID, Reservation]) -> timedelta:
    if one.ttl is not None or one.reservation_id not in known:
        return one.ttl or timedelta()
    channel = unit.network.channel(known[one.reservation_id].channel_id)
    return timedelta(seconds=channel.reservation_limits.default_ttl_seconds)


def _too_long(unit: Unit, one: Extension, known: Mapping[UUID, Reservation]) -> ReservationTooLong | None:
    standing = known.get(one.reservation_id)
    if standing is None or standing.state is not ReservationState.LIVE:
        return None
    longest = unit.network.channel(standing.channel_id).reservation_limits.longest_ttl_seconds
    if _ttl(unit, one, known) <= timedelta(seconds=longest):
        return None
    return ReservationTooLong(
        f"Reservations of {standing.channel_id} are extended by {longest} seconds at most; ask for less.",
        channel_id=standing.channel_id,
        longest_ttl_seconds=longest,
    )
