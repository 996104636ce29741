"""Documents as values: what came, how far it is, what could not be taken in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import Enum
from typing import Final
from uuid import UUID

from hub.kernel.instant import Instant

RETENTION: Final = timedelta(days=90)
"""How long a document's content is kept; what became of it stays."""


class DocumentState(Enum):
    """How far a document is."""

    RECEIVED = "RECEIVED"
    TAKEN = "TAKEN"
    PROBLEM = "PROBLEM"


@dataclass(frozen=True, slots=True)
class Problem:
    """What could not be read or taken in; `ordinal` is the number of the refused command, 0 for unreadable text."""

    location: str
    field: str
    reason: str
    ordinal: int = 0


@dataclass(frozen=True, slots=True)
class Document:
    """A document as kept, without its content; `sha256` (hexadecimal) and `size_bytes` are of the bytes that came."""

    document_id: UUID
    account_id: str
    media_type: str
    name: str
    state: DocumentState
    sha256: str
    size_bytes: int
    received_at: Instant
    read_count: int = 0
    problems: tuple[Problem, ...] = ()
    order_ids: tuple[UUID, ...] = ()
