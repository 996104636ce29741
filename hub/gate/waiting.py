"""Parked events among the answers of a change: what is stored of them, and how a repeat is answered."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import TypeVar
from uuid import UUID

from hub.cases.context import FlowContext
from hub.gate.outcomes import Stored
from hub.inbox.errors import ParkedEventNotFound
from hub.inbox.model import ParkedEvent
from hub.inbox.operations import parked
from hub.kernel.errors import Refusal

R = TypeVar("R")

_PARKED = "parked_event_id"


def outcome(event: ParkedEvent) -> Stored:
    """What is stored of an answer that is a parked event."""
    return {_PARKED: str(event.parked_event_id)}


async def rebuilt(
    flow: FlowContext,
    stored: Sequence[Stored],
    others: Callable[[FlowContext, Sequence[Stored]], Awaitable[Sequence[R | Refusal]]],
) -> list[R | ParkedEvent | Refusal]:
    """Answers to repeats: parked events as they stand now, the others as `others` makes them."""
    found = await parked.load(flow.tx, [UUID(one[_PARKED]) for one in stored if _PARKED in one])
    rest = iter(await others(flow, [one for one in stored if _PARKED not in one]))
    return [_standing(found, UUID(one[_PARKED])) if _PARKED in one else next(rest) for one in stored]


def _standing(found: dict[UUID, ParkedEvent], identity: UUID) -> ParkedEvent | Refusal:
    return found.get(identity) or ParkedEventNotFound(f"There is no parked event {identity}.", parked_event_id=identity)
