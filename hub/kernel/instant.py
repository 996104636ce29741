"""Instants of business and machine time: what they are, how they are written. Reads no clock."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

Instant = datetime
"""A timezone-aware datetime in UTC. Naive datetimes are refused by `instant`."""

EPOCH: Instant = datetime(1970, 1, 1, tzinfo=UTC)
FIRST: Instant = EPOCH
LAST: Instant = datetime(2999, 12, 31, tzinfo=UTC)
"""The earliest and the latest instant that anybody may state, and that business time may reach: spans of years may be
added to each.
"""
_MICROSECOND = timedelta(microseconds=1)


def instant(text: str) -> Instant:
    """The instant an ISO 8601 text names; raises ValueError when it names no offset."""
    value = datetime.fromisoformat(text)
    if value.tzinfo is None:
        raise ValueError(f"{text!r} names no offset from UTC")
    return value.astimezone(UTC)


def micros(at: Instant) -> int:
    """Microseconds since 1970, exact."""
    return (at - EPOCH) // _MICROSECOND


def from_micros(value: int) -> Instant:
    """The instant `value` microseconds after 1970."""
    return EPOCH + timedelta(microseconds=value)


def iso(at: Instant) -> str:
    """The instant as ISO 8601 in UTC with a Z, whole microseconds only where there are any."""
    utc = at if at.tzinfo is UTC else at.astimezone(UTC)
    return utc.isoformat()[: -len("+00:00")] + "Z"
