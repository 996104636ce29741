"""What flows do with exception records: open, end, list, count."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from hub.database.tx import Tx
from hub.exceptions import store
from hub.exceptions.model import ExceptionRecord
from hub.exceptions.store import (
    count_open,
    find,
    of_orders,
    open_all,
    open_among,
    open_by_reason,
    open_subjects,
    page,
    resolve,
    triage,
)
from hub.kernel.instant import Instant

__all__ = [
    "count_open",
    "end",
    "find",
    "of_orders",
    "open_all",
    "open_among",
    "open_by_reason",
    "open_subjects",
    "page",
    "resolve",
    "triage",
]


async def end(tx: Tx, records: Sequence[ExceptionRecord], *, at: Instant) -> list[ExceptionRecord]:
    """End records, with their notes, and return them ended; those that had ended stay as they are."""
    ended = [record if record.resolved_at else replace(record, resolved_at=at) for record in records]
    await store.end(tx, records, at=at)
    return ended
