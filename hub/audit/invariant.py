"""What an invariant is, and what an audit says of it."""

from __future__ import annotations

from msgspec import Struct


class Invariant(Struct, frozen=True):
    """Something that holds at every commit. `statement` is one sentence.

    `sql` answers a row per thing looked at: `subject` (what it is, for people), `sound` (whether it holds there) and
    `found` (the numbers behind that).
    """

    name: str
    statement: str
    sql: str


class AuditResult(Struct, frozen=True):
    """How often an invariant was looked at and broken, with up to ten violations in words."""

    name: str
    statement: str
    checked: int
    violations: int
    examples: tuple[str, ...] = ()
