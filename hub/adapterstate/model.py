"""What adapters remember, as values."""

from __future__ import annotations

from uuid import UUID

from msgspec import Struct

from hub.kernel.instant import Instant


class Entry(Struct, frozen=True):
    """A value under a key; version 0 and no value where there is none."""

    account_id: str
    key: str
    value: bytes = b""
    version: int = 0

    def __repr__(self) -> str:
        return f"Entry(account_id={self.account_id!r}, key={self.key!r}, version={self.version})"


class Writing(Struct, frozen=True):
    """An entry to be written over the version it names, by a request; the same request may come again."""

    entry: Entry
    request_id: UUID


class LeaseAsked(Struct, frozen=True):
    """Who wants to hold a name, until which instant of machine time; the same holder renews."""

    account_id: str
    name: str
    holder: str
    until: Instant


class NumberAsked(Struct, frozen=True):
    """A number of a series; the same request gets the same number."""

    account_id: str
    series: str
    request_id: UUID
