"""Documents, feeds and parked events as values: what came, how far it is, what could not be taken in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from enum import Enum
from typing import Any, Final
from uuid import UUID

from msgspec import Struct

from hub.kernel.instant import Instant
from hub.kernel.scope import Scope

RETENTION: Final = timedelta(days=90)
"""How long a document's content is kept; what became of it stays."""


REPEAT_WINDOW: Final = timedelta(minutes=10)
"""For how long the same bytes of an account are a repeat of a document, unless the installation's setting says."""


class DocumentState(Enum):
    """How far a document is."""

    RECEIVED = "RECEIVED"
    TAKEN = "TAKEN"
    PROBLEM = "PROBLEM"


class Problem(Struct, frozen=True):
    """What could not be read or taken in; `ordinal` is the number of the refused command, 0 for unreadable text."""

    location: str
    field: str
    reason: str
    ordinal: int = 0


MOST_PROBLEMS: Final = 100
"""How many problems of a document are kept; one more says how many others there are."""


def named(problems: Sequence[Problem]) -> tuple[Problem, ...]:
    """Return problems as they are kept: the first ones, and how many more there are."""
    more = len(problems) - MOST_PROBLEMS
    if more <= 1:
        return tuple(problems)
    last = Problem("document", "", f"{more} more problems are not listed; solve these, and read the document again.")
    return (*problems[:MOST_PROBLEMS], last)


class Document(Struct, frozen=True):
    """A document as kept, without its content; `content_hash` (keyed, hexadecimal) and `size_bytes` are of what came.

    `repeat_count`: how often the same bytes came again soon after it, and were not read.
    """

    document_id: UUID
    account_id: str
    media_type: str
    name: str
    state: DocumentState
    content_hash: str
    size_bytes: int
    received_at: Instant
    read_count: int = 0
    problems: tuple[Problem, ...] = ()
    order_ids: tuple[UUID, ...] = ()
    repeat_count: int = 0


PATIENCE: Final = timedelta(hours=24)
"""How long an event waits for its order, or a feed for its missing numbers, before it becomes an exception."""


MOST_PARKED: Final = 10_000
"""Events of a principal that are PARKED at once; none is for longer than PATIENCE."""


class SourceSequence(Struct, frozen=True, eq=False):
    """Where an event stands in its source's own numbering, from 1 without gaps.

    `content` is a hash (hexadecimal) of what came under it; `taken`: the event has had its turn, and is tried again.
    Two are equal whatever these are.
    """

    source: str
    number: int
    content: str = ""
    taken: bool = False

    def __eq__(self, other: object) -> bool:
        return isinstance(other, SourceSequence) and (self.source, self.number) == (other.source, other.number)

    def __hash__(self) -> int:
        return hash((self.source, self.number))


class Numbered(Struct, frozen=True):
    """A numbered event as a feed sees it; `fingerprint` tells its content from another one's."""

    sequence: SourceSequence
    fingerprint: bytes


class Seen(Struct, frozen=True):
    """What is known of a number that came before: its content, and what became of it where it was not just taken in.

    `refusal` has the reason, message and metadata of the refusal it got.
    """

    fingerprint: bytes
    parked_event_id: UUID | None = None
    refusal: Mapping[str, Any] | None = None


class Turn(Enum):
    """What a numbered event is to its feed: the next one, one that came before, or one ahead of a missing one."""

    NOW = "NOW"
    SEEN = "SEEN"
    AHEAD = "AHEAD"


class Gap(Struct, frozen=True):
    """Numbers that are missing, the last one included, since an event behind them came."""

    first: int
    last: int
    since: Instant


class Feed(Struct, frozen=True):
    """What a source has told: all up to `watermark` was taken in, `parked` events wait behind the gaps."""

    source: str
    watermark: int
    highest: int
    gaps: tuple[Gap, ...] = ()
    parked: int = 0
    node_ids: tuple[str, ...] = ()


class NodeSource(Struct, frozen=True):
    """The one source that counts a node."""

    node_id: str
    source: str
    since: Instant


class ParkedState(Enum):
    """How far a parked event is."""

    PARKED = "PARKED"
    UNMATCHED = "UNMATCHED"
    REFUSED = "REFUSED"
    APPLIED = "APPLIED"


class ParkedEvent(Struct, frozen=True):
    """An event that could not be taken in when it came, as it was told by whom; `waits_for` names what must come first.

    `payload` holds JSON values without personal data. `reason` says why it was refused, where it was.
    """

    parked_event_id: UUID
    kind: str
    waits_for: str
    state: ParkedState
    payload: Mapping[str, Any]
    scope: Scope
    parked_at: Instant
    deadline_at: Instant
    sequence: SourceSequence | None = None
    reason: str = ""
