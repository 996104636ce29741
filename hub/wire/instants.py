"""Instants on the wire: google.protobuf.Timestamp to the microsecond."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache
from typing import Final

from google.protobuf import duration_pb2
from google.protobuf.message import Message
from google.protobuf.timestamp_pb2 import Timestamp

from hub.kernel.errors import InvalidField
from hub.kernel.instant import FIRST, LAST, Instant, from_micros, micros

_MICROS: Final = 1_000_000
_EARLIEST: Final = micros(FIRST)
_LATEST: Final = micros(LAST)


def instant_to_pb(at: Instant) -> Timestamp:
    """The instant as seconds and nanos."""
    seconds, rest = divmod(micros(at), _MICROS)
    return Timestamp(seconds=seconds, nanos=rest * 1000)


@lru_cache(maxsize=4096)
def shared_instant(at: Instant) -> Timestamp:
    """As `instant_to_pb`, made once for all who hand it to a message, which copies it: never change what it answers."""
    return instant_to_pb(at)


def instant_from_pb(timestamp: Timestamp, *, field: str = "time") -> Instant:
    """The instant, cut to microseconds; raises InvalidField beyond the years 1970 to 2999 or for nanos out of range."""
    value = timestamp.seconds * _MICROS + timestamp.nanos // 1000
    if not (_EARLIEST <= value <= _LATEST and 0 <= timestamp.nanos < _MICROS * 1000):
        raise InvalidField(f"{field} is not an instant between the years 1970 and 2999.", **{field: "out of range"})
    return from_micros(value)


def optional_instant(message: Message, field: str, *, within: str = "") -> Instant | None:
    """The instant in a field of a message; None where the field is absent. `within` is the message's path."""
    if not message.HasField(field):
        return None
    return instant_from_pb(getattr(message, field), field=f"{within}.{field}" if within else field)


def span_from_pb(duration: duration_pb2.Duration, *, field: str) -> timedelta:
    """The span of time, zero or more, cut to microseconds; raises InvalidField for what is negative or too long."""
    micros_ = duration.seconds * _MICROS + duration.nanos // 1000
    if duration.seconds < 0 or not 0 <= duration.nanos < _MICROS * 1000 or micros_ > _LATEST - _EARLIEST:
        raise InvalidField(f"{field} is not a span of time from zero to a thousand years.", **{field: "out of range"})
    return timedelta(microseconds=micros_)


def duration_to_pb(seconds: float) -> duration_pb2.Duration:
    """A span of machine time, to the microsecond."""
    span = duration_pb2.Duration()
    span.FromMicroseconds(round(seconds * 1_000_000))
    return span


def day_from_text(text: str, *, field: str) -> date:
    """Return the day a text states; raises InvalidField, naming `field`, for what is none."""
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise InvalidField(f"{field} is not a date; write it YYYY-MM-DD.", **{field: "not a date"}) from error
