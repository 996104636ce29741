"""What pulls bring: updates of partners, and where and when to go on."""

from __future__ import annotations

from typing import Generic, TypeVar

from msgspec import Struct

from hub.kernel.instant import Instant

R_co = TypeVar("R_co", covariant=True)
"""What an update reports."""
U_co = TypeVar("U_co", covariant=True)
"""An update."""


class Update(Struct, Generic[R_co], frozen=True):
    """Something that happened at a partner, told once; `kind` is its name in the contract, in upper case."""

    update_id: str
    kind: str
    report: R_co


class UnreadUpdate(Struct, frozen=True):
    """An update that this version cannot read; `failure` says why, in words for people."""

    update_id: str
    kind: str
    failure: str


class Pulled(Struct, Generic[U_co], frozen=True):
    """Updates in the order told. `next_update_at` is business time, None where the partner does not know it."""

    updates: tuple[U_co, ...]
    cursor: str
    next_update_at: Instant | None = None
