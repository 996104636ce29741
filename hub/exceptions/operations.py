"""What flows do with exception records: open, end, list, count."""

from __future__ import annotations

from uuid import UUID

from hub.database.tx import Tx
from hub.exceptions import store
from hub.exceptions.errors import ExceptionNotFound
from hub.exceptions.model import ExceptionRecord
from hub.exceptions.store import count_open, of_orders, open_all, page, resolve
from hub.kernel.instant import Instant
from hub.kernel.scope import Scope

__all__ = ["count_open", "of_orders", "open_all", "page", "resolve", "resolve_by_id"]


async def resolve_by_id(tx: Tx, scope: Scope, exception_id: UUID, at: Instant) -> ExceptionRecord:
    """Ends a record and answers it; a repeat answers the same. Raises ExceptionNotFound."""
    record = await store.end(tx, scope, exception_id, at=at)
    if record is None:
        raise ExceptionNotFound("No exception with this id.", exception_id=exception_id)
    return record
