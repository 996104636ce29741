"""What processes write to the audit log, and what administrators read of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from hub.auditlog import policy, store
from hub.auditlog.model import Entry, Head, Verdict
from hub.auditlog.store import page
from hub.database.tx import Tx

__all__ = ["append", "page", "verify"]

MOST_AT_ONCE: Final = 10_000
"""Links that one check looks at."""


async def append(tx: Tx, entries: Sequence[Entry], key: bytes) -> Head:
    """Add entries to the chain; return its new head. Others who add wait until the transaction ends."""
    links = policy.linked(key, await store.head(tx, lock=True), entries)
    if not links:
        return await store.head(tx)
    await store.add(tx, links)
    return Head(links[-1].number, links[-1].digest)


async def verify(tx: Tx, after: Head, key: bytes) -> tuple[Verdict, Head, bool]:
    """Check links behind one that is sound, at most MOST_AT_ONCE.

    Return what was found, the last sound link, and whether that is the end of the chain. At the end the stored head
    must be the last link: a chain that was cut short ends before it.
    """
    links = await store.behind(tx, after.number, MOST_AT_ONCE)
    found, last = policy.verdict(key, after, links)
    if found.flaw or len(links) == MOST_AT_ONCE:
        return found, last, False
    head = await store.head(tx)
    if head != last:
        missing = f"entries {last.number + 1} to {head.number} are missing"
        flaw = missing if head.number > last.number else "the end of the log is not what was written"
        return Verdict(last.number, flaw), last, True
    return found, last, True
