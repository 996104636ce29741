"""Making exception records: who owns them and how long they have follows from the reason."""

from __future__ import annotations

from datetime import timedelta
from typing import Final
from uuid import UUID

from hub.exceptions.model import OWNERS, ExceptionReason, ExceptionRecord
from hub.kernel.instant import Instant

LONGEST_SNOOZE: Final = timedelta(days=30)
"""How long an exception may be left out of lists."""


def raised(
    exception_id: UUID,
    reason: ExceptionReason,
    subject: str,
    detail: str,
    suggested_command: str | None,
    at: Instant,
    order_id: UUID | None = None,
    *,
    deadline_at: Instant | None = None,
    owner: str = "",
) -> ExceptionRecord:
    """The record that something cannot go on since `at`, with owner and deadline of its reason where none is given.

    Without a command that mends it a person does so outside the hub, as `detail` says, and then ends the record.
    """
    usual, time_to_solve = OWNERS[reason]
    return ExceptionRecord(
        exception_id=exception_id,
        reason=reason,
        subject=subject,
        detail=detail,
        owner=owner or usual,
        deadline_at=deadline_at or at + time_to_solve,
        suggested_command=suggested_command or f"crossdock exceptions resolve {exception_id}",
        created_at=at,
        order_id=order_id,
    )
