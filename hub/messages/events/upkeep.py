"""Events of upkeep: what is read from documents, and how feeds and nodes are mended."""

from __future__ import annotations

from uuid import UUID

from msgspec import field

from hub.messages.events.facts import EventFacts


class DocumentRead(EventFacts, frozen=True, kw_only=True):
    """A document was read."""

    sentences = ("A document of {account_id} was read: {state}.",)
    document_id: UUID
    account_id: str
    state: str
    problem_count: int = field(name="problems")
    order_count: int = field(name="orders")


class FeedGapSkipped(EventFacts, frozen=True, kw_only=True):
    """Numbers of a feed were given up."""

    sentences = ("{source} goes on behind number {last_number}.",)
    source: str
    first_number: int = field(name="from")
    last_number: int = field(name="through")


class NodeHandedOver(EventFacts, frozen=True, kw_only=True):
    """Another source counts a node from now on."""

    sentences = ("{source} counts {node_id} from now on.",)
    node_id: str
    source: str
