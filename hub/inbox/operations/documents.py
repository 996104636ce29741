"""What flows do with documents: receive, know repeats, read contents, list, save what became of them, let expire."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from hub.database.tx import Tx
from hub.inbox.errors import DocumentNotFound, DocumentNotReplayable
from hub.inbox.model import Document, DocumentState
from hub.inbox.store import documents
from hub.inbox.store.documents import expire, load, page, save
from hub.kernel.ids import derived, uuid7
from hub.kernel.instant import Instant
from hub.kernel.keyed import keyed_hash

__all__ = ["content", "expire", "load", "page", "receive", "save"]


async def receive(
    tx: Tx,
    account_id: str,
    media_type: str,
    name: str,
    content: bytes,
    *,
    key: bytes,
    at: Instant,
    repeat_window: timedelta,
) -> Document:
    """Keep the bytes of a document as they were sent, encrypted under `key`.

    The same bytes for the same account within `repeat_window` are a repeat: the document that came first is returned
    as it stands, with a `repeat_count` above 0.
    """
    content_hash = keyed_hash(keyed_hash(key, b"content hash"), content).hex()
    repeated = await documents.repeat(tx, account_id, content_hash, since=at - repeat_window)
    if repeated is not None:
        return repeated
    document = Document(
        document_id=derived(uuid7(at, 0), account_id, content_hash),
        account_id=account_id,
        media_type=media_type,
        name=name,
        state=DocumentState.RECEIVED,
        content_hash=content_hash,
        size_bytes=len(content),
        received_at=at,
    )
    await documents.keep(tx, document, content, key=key)
    return document


async def content(tx: Tx, document_id: UUID, key: bytes) -> bytes:
    """The bytes of a document as they were sent. Raises DocumentNotFound, or DocumentNotReplayable when expired."""
    known, found = await documents.content(tx, document_id, key=key)
    if not known:
        raise DocumentNotFound("There is no document with this id.", document_id=document_id)
    if found is None:
        raise DocumentNotReplayable(
            "The content of this document has expired; send the document again.", document_id=document_id
        )
    return found
