"""Entries of the audit log, as values."""

from __future__ import annotations

from msgspec import Struct

from hub.kernel.instant import Instant

OK = "OK"
"""The outcome of a call that was answered."""


class Entry(Struct, frozen=True):
    """What somebody did. `rpc` is `Service.Rpc`; `outcome` is OK, or the reason why it was refused or failed.

    `subject` says what the call was about, as `order_id=...`; `calls` how many calls the entry stands for: more than
    one only where nobody was known.
    """

    at: Instant
    principal: str
    rpc: str
    outcome: str
    request_id: str = ""
    subject: str = ""
    trace_id: str = ""
    calls: int = 1


class Link(Struct, frozen=True):
    """An entry in the chain: its number, from 1 without a gap, and what binds it to all entries before it."""

    number: int
    entry: Entry
    digest: bytes


class Head(Struct, frozen=True):
    """The last link of the chain; number 0 and no digest before the first."""

    number: int
    digest: bytes


class Question(Struct, frozen=True):
    """Which entries are asked for; what is empty or None asks for all. `before` is the number of a link."""

    principal: str = ""
    rpc: str = ""
    outcome: str = ""
    since: Instant | None = None
    before: int | None = None
    size: int = 50


class Verdict(Struct, frozen=True):
    """What a check of the chain found: sound up to a number, and the flaw that comes then, empty where none does."""

    through: int
    flaw: str = ""
