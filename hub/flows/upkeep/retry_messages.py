"""Sends messages again by a person's word: dead letters, those still answered PENDING, and those that were refused."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final
from uuid import UUID

from msgspec.structs import replace

from hub.cases.context import FlowContext
from hub.exceptions import operations as exceptions
from hub.exceptions.model import ExceptionReason
from hub.kernel.errors import PermissionDenied, Refusal
from hub.kernel.ids import derived
from hub.messages.channel import ReportProgress
from hub.messages.customs import AddCustomsDocument
from hub.messages.erp import PostDocument
from hub.messages.notice import SendNotice
from hub.messages.transport import RegisterParcel
from hub.outbox import operations as outbox
from hub.outbox.errors import MessageNotFound
from hub.outbox.model import MessageRecord, Revival, Revived

TOLD: Final = frozenset(
    {ReportProgress.KIND, PostDocument.KIND, SendNotice.KIND, RegisterParcel.KIND, AddCustomsDocument.KIND}
)
"""Kinds that only tell: nothing follows from a refusal, so the same may be told again under another key."""


async def retry_messages(flow: FlowContext, message_ids: Sequence[UUID]) -> list[MessageRecord | Refusal]:
    """Makes dead letters due, has partners asked that answered PENDING, tells again what they refused to be told.

    Ends the exceptions that ask for it. Refuses MESSAGE_NOT_FOUND.
    """
    known = sorted(set(message_ids)) if flow.scope.unlimited else []
    records = [*await outbox.retry_dead(flow.tx, known), *await outbox.ask_again(flow.tx, known)]
    await _end(flow, ExceptionReason.DEAD_LETTER, [record.message.message_id for record in records])
    retried = {record.message.message_id: record for record in [*records, *await _tell_again(flow, known)]}
    return [retried.get(message_id) or _unknown(message_id) for message_id in message_ids]


async def retry_accounts(flow: FlowContext, revivals: Sequence[Revival]) -> list[Revived | Refusal]:
    """Makes the dead letters of accounts due, the oldest first, and has all that waits for them tried at once; ends
    their exceptions. Refuses PERMISSION_DENIED for a principal that sees a part only.
    """
    answers: list[Revived | Refusal] = []
    for revival in revivals:
        if not flow.scope.unlimited:
            answers.append(
                PermissionDenied(
                    "Only a principal without a limited scope may retry dead letters; ask an administrator."
                )
            )
            continue
        message_ids, remaining = await outbox.retry_dead_of(flow.tx, revival)
        await outbox.try_now(flow.tx, [revival.account_id])
        overdue = (ExceptionReason.MESSAGES_OVERDUE, revival.account_id)
        await exceptions.resolve(flow.tx, [overdue], at=flow.at)
        await _end(flow, ExceptionReason.DEAD_LETTER, message_ids)
        answers.append(Revived(len(message_ids), remaining))
    return answers


async def _tell_again(flow: FlowContext, message_ids: Sequence[UUID]) -> list[MessageRecord]:
    """Partners keep their answer under its key, so what is told again has another one."""
    refused = await outbox.refused(flow.tx, message_ids, TOLD)
    asked = {str(record.message.message_id): record for record in refused}
    opened = await exceptions.open_among(flow.tx, ExceptionReason.PARTNER_REFUSED, sorted(asked))
    again = [asked[subject] for subject in opened]
    await _end(flow, ExceptionReason.PARTNER_REFUSED, [record.message.message_id for record in again])
    copies = [
        replace(
            record.message,
            message_id=derived(record.message.message_id, "again"),
            answered_before=False,
        )
        for record in again
    ]
    await outbox.append(flow.tx, copies, at=flow.at)
    return again


async def _end(flow: FlowContext, reason: ExceptionReason, message_ids: Sequence[UUID]) -> None:
    await exceptions.resolve(flow.tx, [(reason, str(known)) for known in message_ids], at=flow.at)


def _unknown(message_id: UUID) -> MessageNotFound:
    return MessageNotFound(
        "No message with this id is dead, waits for its answer, or was refused and may be told again; list messages.",
        message_id=message_id,
    )
