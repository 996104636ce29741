"""Business time as adapters handle it: aware UTC datetimes inside, Timestamps on the wire, sortable text in files.

The machine's clock is not read here.
"""

from __future__ import annotations

from datetime import UTC, datetime

from google.protobuf.timestamp_pb2 import Timestamp


def instant_of(timestamp: Timestamp) -> datetime:
    """Answers the instant of a Timestamp, to the microsecond."""
    return timestamp.ToDatetime(tzinfo=UTC)


def timestamp_of(instant: datetime) -> Timestamp:
    """Answers the Timestamp of an aware instant."""
    timestamp = Timestamp()
    timestamp.FromDatetime(instant.astimezone(UTC))
    return timestamp


def text_of(instant: datetime) -> str:
    """Answers the instant as text of fixed length that sorts as time does."""
    return instant.astimezone(UTC).isoformat(timespec="microseconds")


def instant_from(text: str) -> datetime:
    """Answers the instant written by `text_of`. Raises ValueError for other text."""
    return datetime.fromisoformat(text).astimezone(UTC)
