"""What adapters remember, as values."""

from __future__ import annotations

from dataclasses import dataclass, field
from uuid import UUID

from hub.kernel.instant import Instant


@dataclass(frozen=True, slots=True)
class Entry:
    """A value under a key; version 0 and no value where there is none."""

    account_id: str
    key: str
    value: bytes = field(default=b"", repr=False)
    version: int = 0


@dataclass(frozen=True, slots=True)
class LeaseAsked:
    """Who wants to hold a name, until which instant of machine time; the same holder renews."""

    account_id: str
    name: str
    holder: str
    until: Instant


@dataclass(frozen=True, slots=True)
class NumberAsked:
    """A number of a series; the same request gets the same number."""

    account_id: str
    series: str
    request_id: UUID
