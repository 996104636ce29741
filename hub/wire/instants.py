"""Instants on the wire: google.protobuf.Timestamp to the microsecond."""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache
from typing import Final

from google.protobuf import duration_pb2
from google.protobuf.message import Message
from google.protobuf.timestamp_pb2 import Timestamp

from hub.kernel.errors import InvalidField
from hub.kernel.instant import Instant, from_micros, micros

_MICROS: Final = 1_000_000
_EARLIEST: Final = micros(datetime.fromisoformat("0001-01-01T00:00:00Z"))
_LATEST: Final = micros(datetime.fromisoformat("9999-12-31T23:59:59.999999Z"))


def instant_to_pb(at: Instant) -> Timestamp:
    """The instant as seconds and nanos."""
    seconds, rest = divmod(micros(at), _MICROS)
    return Timestamp(seconds=seconds, nanos=rest * 1000)


@lru_cache(maxsize=4096)
def shared_instant(at: Instant) -> Timestamp:
    """As `instant_to_pb`, made once for all who hand it to a message, which copies it: never change what it answers."""
    return instant_to_pb(at)


def instant_from_pb(timestamp: Timestamp, *, field: str = "time") -> Instant:
    """The instant, cut to microseconds; raises InvalidField beyond the years 1 to 9999 or for nanos out of range."""
    value = timestamp.seconds * _MICROS + timestamp.nanos // 1000
    if not (_EARLIEST <= value <= _LATEST and 0 <= timestamp.nanos < _MICROS * 1000):
        raise InvalidField(f"{field} is not an instant between the years 1 and 9999.", **{field: "out of range"})
    return from_micros(value)


def optional_instant(message: Message, field: str) -> Instant | None:
    """The instant in a field of a message; None where the field is absent."""
    return instant_from_pb(getattr(message, field), field=field) if message.HasField(field) else None


def duration_to_pb(seconds: float) -> duration_pb2.Duration:
    """A span of machine time, to the microsecond."""
    span = duration_pb2.Duration()
    span.FromMicroseconds(round(seconds * 1_000_000))
    return span
