"""Names the accounts whose partners leave messages waiting too long, once each, and ends that when they do not."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from hub.cases.context import FlowContext
from hub.cases.deadlines import MESSAGES
from hub.exceptions import operations as exceptions
from hub.exceptions.model import ExceptionReason, ExceptionRecord
from hub.exceptions.policy import raised
from hub.kernel.instant import iso
from hub.messages.timers import MessagesDue
from hub.outbox import operations as outbox
from hub.outbox.model import Overdue, Timer

AGAIN: Final = timedelta(minutes=15)
"""How often accounts are looked at while messages to some of them fail."""


async def watch_accounts(flow: FlowContext) -> Sequence[Overdue]:
    """Opens and ends the exceptions of accounts; has itself run again while a message that failed waits."""
    reason = ExceptionReason.MESSAGES_OVERDUE
    late = await outbox.overdue(flow.tx, before=flow.at - MESSAGES.span)
    well = set(await exceptions.open_subjects(flow.tx, reason)) - {one.account_id for one in late}
    await exceptions.resolve(flow.tx, [(reason, account_id) for account_id in sorted(well)], at=flow.at)
    await exceptions.open_all(flow.tx, [_record(flow, one) for one in late])
    since = flow.at - MESSAGES.span if late else await outbox.oldest_failed(flow.tx)
    if since is not None:
        due_at = max(since + MESSAGES.span, flow.at + AGAIN)
        await outbox.set_timers(flow.tx, [Timer(MessagesDue(due_at=due_at))])
    return late


def _record(flow: FlowContext, late: Overdue) -> ExceptionRecord:
    return raised(
        exception_id=flow.new_id(),
        reason=ExceptionReason.MESSAGES_OVERDUE,
        subject=late.account_id,
        detail=f"{late.messages} messages to {late.account_id} wait; the oldest, {late.kind}, since {iso(late.since)}."
        f" {late.last_failure}".rstrip(),
        suggested_command=f"crossdock messages retry --account {late.account_id}",
        at=flow.at,
    )
