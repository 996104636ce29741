"""Making exception records: who owns them and how long they have follows from the reason."""

from __future__ import annotations

from uuid import UUID

from hub.exceptions.model import OWNERS, ExceptionReason, ExceptionRecord
from hub.kernel.instant import Instant


def raised(
    exception_id: UUID,
    reason: ExceptionReason,
    subject: str,
    detail: str,
    suggested_command: str | None,
    at: Instant,
    order_id: UUID | None = None,
) -> ExceptionRecord:
    """The record that something cannot go on since `at`, with the owner and deadline of its reason.

    Without a command that mends it a person does so outside the hub, as `detail` says, and then ends the record.
    """
    owner, time_to_solve = OWNERS[reason]
    return ExceptionRecord(
        exception_id=exception_id,
        reason=reason,
        subject=subject,
        detail=detail,
        owner=owner,
        deadline_at=at + time_to_solve,
        suggested_command=suggested_command or f"crossdock exceptions --resolve {exception_id}",
        created_at=at,
        order_id=order_id,
    )
