"""Keeps reservations: extended, given back whole or in part, taken back when their time is over.

LIVE -> LIVE, RELEASED or EXPIRED. Waiting orders are tried again when units come free.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Final
from uuid import UUID

from msgspec import Struct, field

from hub.cases.context import FlowContext
from hub.cases.intake.reservations import expiry_timers
from hub.cases.store import stock_changed
from hub.inventory.errors import ReservationTooLong
from hub.inventory.lifecycle import ReservationState
from hub.inventory.model.reservation import Reservation
from hub.inventory.operations import reservations
from hub.kernel.errors import Refusal
from hub.outbox import operations as outbox

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


async def extend_reservations(flow: FlowContext, extensions: Sequence[Extension]) -> list[Reservation | Refusal]:
    """Extends reservations. Refuses RESERVATION_NOT_FOUND, RESERVATION_ENDED, RESERVATION_TOO_LONG."""
    known = await reservations.load(flow.tx, flow.scope, [extension.reservation_id for extension in extensions])
    asked = [(extension.reservation_id, flow.at + _ttl(flow, extension, known)) for extension in extensions]
    refusals = [_too_long(flow, extension, known) for extension in extensions]
    fine = [one for one, refusal in zip(asked, refusals, strict=True) if refusal is None]
    answers = iter(await reservations.extend(flow.tx, flow.scope, fine, at=flow.at))
    result = [refusal or next(answers) for refusal in refusals]
    ends = expiry_timers(one.expires_at for one in result if isinstance(one, Reservation))
    await outbox.ensure_timers(flow.tx, ends)
    return result


async def release_reservations(flow: FlowContext, releases: Sequence[Release]) -> list[Reservation | Refusal]:
    """Gives units back. Refuses RESERVATION_NOT_FOUND, RESERVATION_ENDED, RESERVATION_UNITS_EXCEEDED."""
    asked = [(release.reservation_id, release.units) for release in releases]
    answers = await reservations.release(flow.tx, flow.scope, asked, at=flow.at)
    given_back = any(isinstance(answer, Reservation) for answer in answers)
    await stock_changed(flow, freed=given_back, claimed=False, moved=False)
    return answers


async def expire_reservations(flow: FlowContext) -> int:
    """Takes units back whose time is over, and has itself run again while more are due; answers how many were.

    Waiting orders are tried again in any case: a claim may have freed units of the same reservations before.
    """
    due = await reservations.expire(flow.tx, at=flow.at, limit=AT_ONCE)
    again = expiry_timers([flow.at]) if due == AT_ONCE else []
    await stock_changed(flow, freed=True, claimed=False, moved=False, beside=again)
    return due


def _ttl(flow: FlowContext, extension: Extension, known: Mapping[UUID, Reservation]) -> timedelta:
    if extension.ttl is not None or extension.reservation_id not in known:
        return extension.ttl or timedelta()
    channel = flow.network.channel(known[extension.reservation_id].channel_id)
    return timedelta(seconds=channel.reservation_limits.default_ttl_seconds)


def _too_long(flow: FlowContext, extension: Extension, known: Mapping[UUID, Reservation]) -> ReservationTooLong | None:
    standing = known.get(extension.reservation_id)
    if standing is None or standing.state is not ReservationState.LIVE:
        return None
    longest = flow.network.channel(standing.channel_id).reservation_limits.longest_ttl_seconds
    if _ttl(flow, extension, known) <= timedelta(seconds=longest):
        return None
    return ReservationTooLong(
        f"Reservations of {standing.channel_id} are extended by {longest} seconds at most; ask for less.",
        channel_id=standing.channel_id,
        longest_ttl_seconds=longest,
    )
