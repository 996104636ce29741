"""Keeps documents as they come, has them read, and keeps what became of them; what had problems can be read again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace

from hub.cases.context import FlowContext
from hub.exceptions import operations as exceptions
from hub.exceptions.model import ExceptionReason, ExceptionRecord
from hub.exceptions.policy import raised
from hub.inbox import operations as inbox
from hub.inbox.errors import DocumentNotFound, DocumentNotReplayable
from hub.inbox.model import REPEAT_WINDOW, Document, DocumentState, Problem, named
from hub.kernel.errors import Refusal
from hub.kernel.ids import derived
from hub.messages.events.upkeep import DocumentRead
from hub.messages.tasks import ReadDocument
from hub.network.errors import UnknownChannel
from hub.network.model import PartnerKind
from hub.outbox import operations as outbox
from hub.outbox.model import Event, Message

READERS = frozenset({
    PartnerKind.CHANNEL, PartnerKind.CUSTOMS, PartnerKind.NOTICE, PartnerKind.PAYMENT, PartnerKind.TRANSPORT,
    PartnerKind.WAREHOUSE,
})  # fmt: skip
"""Kinds of accounts whose contracts read documents."""


class Received(Struct, frozen=True):
    """A document that came for an account; the same bytes within `repeat_window` are a repeat of it."""

    account_id: str
    media_type: str
    name: str
    content: bytes
    repeat_window: timedelta = REPEAT_WINDOW

    def __repr__(self) -> str:
        return f"Received(account_id={self.account_id!r}, media_type={self.media_type!r}, name={self.name!r})"


class Reading(Struct, frozen=True):
    """What became of a document: problems found, orders made."""

    document_id: UUID
    problems: tuple[Problem, ...]
    order_ids: tuple[UUID, ...]


async def receive_documents(flow: FlowContext, received: Sequence[Received]) -> list[Document | Refusal]:
    """Keep documents and have them read once the transaction is committed; repeats are counted, and not read.

    Refuses UNKNOWN_CHANNEL where no account of that id reads documents.
    """
    answers: list[Document | Refusal] = []
    for one in received:
        account = flow.network.account(one.account_id)
        if account is None or account.kind not in READERS:
            kinds = "channel, customs, notice, payment, transport or warehouse account"
            no = f"No account {one.account_id} reads documents; name a {kinds}."
            answers.append(UnknownChannel(no, account_id=one.account_id))
            continue
        answers.append(
            await inbox.receive(
                flow.tx,
                one.account_id,
                one.media_type,
                one.name,
                one.content,
                key=flow.secrets.documents,
                at=flow.at,
                repeat_window=one.repeat_window,
            )
        )
    await _read_later(flow, [answer for answer in answers if isinstance(answer, Document) and not answer.repeat_count])
    return answers


async def replay_documents(flow: FlowContext, document_ids: Sequence[UUID]) -> list[Document | Refusal]:
    """Has documents read again: what was taken in stays. Refuses DOCUMENT_NOT_FOUND, DOCUMENT_NOT_REPLAYABLE."""
    known = await inbox.load(flow.tx, list(document_ids))
    answers = [_replayed(known.get(document_id), document_id) for document_id in document_ids]
    again = [answer for answer in answers if isinstance(answer, Document)]
    await inbox.save(flow.tx, again)
    await _read_later(flow, again)
    return answers


async def record_readings(flow: FlowContext, readings: Sequence[Reading]) -> None:
    """Keeps what became of documents that were read; problems become an exception, their end ends it."""
    known = await inbox.load(flow.tx, [reading.document_id for reading in readings])
    read = [_read(known[reading.document_id], reading) for reading in readings if reading.document_id in known]
    await inbox.save(flow.tx, read)
    troubled = [one for one in read if one.problems]
    await exceptions.open_all(flow.tx, [_exception(flow, one) for one in troubled])
    sound = [(ExceptionReason.DOCUMENT_PROBLEM, str(one.document_id)) for one in read if not one.problems]
    await exceptions.resolve(flow.tx, sound, at=flow.at)
    await outbox.emit(flow.tx, [_event(flow, one) for one in read])


def _replayed(document: Document | None, document_id: UUID) -> Document | Refusal:
    if document is None:
        return DocumentNotFound(f"There is no document {document_id}.", document_id=document_id)
    if document.state is not DocumentState.PROBLEM:
        return DocumentNotReplayable(
            f"The document is {document.state.value}; only one with problems is read again.", state=document.state.value
        )
    return replace(document, state=DocumentState.RECEIVED)


async def _read_later(flow: FlowContext, documents: Sequence[Document]) -> None:
    messages = [
        Message(
            message_id=derived(document.document_id, "read", document.read_count),
            lane=f"document:{document.document_id}",
            payload=ReadDocument(document.document_id),
        )
        for document in documents
    ]
    await outbox.append(flow.tx, messages, at=flow.at)


def _read(document: Document, reading: Reading) -> Document:
    orders = dict.fromkeys([*document.order_ids, *reading.order_ids])
    return replace(
        document,
        state=DocumentState.PROBLEM if reading.problems else DocumentState.TAKEN,
        read_count=document.read_count + 1,
        problems=named(reading.problems),
        order_ids=tuple(orders),
    )


def _exception(flow: FlowContext, document: Document) -> ExceptionRecord:
    reason = ExceptionReason.DOCUMENT_PROBLEM
    first = document.problems[0]
    return raised(
        exception_id=derived(document.document_id, "problem", document.read_count),
        reason=reason,
        subject=str(document.document_id),
        detail=f"{document.name or document.account_id}: {len(document.problems)} problems, first at {first.location}.",
        suggested_command=f"crossdock inbox {document.document_id} --replay",
        at=flow.at,
    )


def _event(flow: FlowContext, document: Document) -> Event:
    facts = DocumentRead(
        document_id=document.document_id,
        account_id=document.account_id,
        state=document.state.value,
        problem_count=len(document.problems),
        order_count=len(document.order_ids),
    )
    return Event(derived(document.document_id, "event", document.read_count), facts, flow.at)
