"""Whose turn it is in a source's feed: events in the order of their numbers, each once, none passed over."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct

from hub.inbox.errors import FeedBackwards, FeedConflict
from hub.inbox.model import Gap, Numbered, Seen, Turn
from hub.kernel.errors import Refusal
from hub.kernel.instant import Instant


class Turns(Struct, frozen=True):
    """What a feed does with events, in their order, and how far it is afterwards."""

    turns: tuple[Turn | Refusal, ...]
    watermark: int


def turns(watermark: int, seen: Mapping[int, Seen], events: Sequence[Numbered]) -> Turns:
    """Decides events of one source, the lowest number first; of equal numbers the first one counts.

    `seen` has all numbers of these events that came before and are not forgotten.
    """
    known = {number: one.fingerprint for number, one in seen.items()}
    decided: dict[int, Turn | Refusal] = {}
    for index in sorted(range(len(events)), key=lambda one: (events[one].sequence.number, one)):
        event = events[index]
        number = event.sequence.number
        if number in known:
            same = known[number] == event.fingerprint
            decided[index] = Turn.SEEN if same else _conflict(event)
            continue
        if number <= watermark:
            decided[index] = _backwards(event, watermark)
            continue
        known[number] = event.fingerprint
        decided[index] = Turn.NOW if number == watermark + 1 else Turn.AHEAD
        watermark = max(watermark, number) if number == watermark + 1 else watermark
    return Turns(tuple(decided[index] for index in range(len(events))), watermark)


def gaps(watermark: int, parked: Sequence[tuple[int, Instant]]) -> tuple[Gap, ...]:
    """The numbers missing before parked ones (number, when it came), lowest first."""
    found: list[Gap] = []
    last = watermark
    ordered = sorted(parked)
    for place, (number, _) in enumerate(ordered):
        if number > last + 1:
            found.append(Gap(last + 1, number - 1, min(at for _, at in ordered[place:])))
        last = number
    return tuple(found)


def _conflict(event: Numbered) -> FeedConflict:
    source, number = event.sequence.source, event.sequence.number
    return FeedConflict(
        f"{source} sent another event with number {number} before; nothing was changed. Number each event once.",
        source=source,
        number=number,
    )


def _backwards(event: Numbered, watermark: int) -> FeedBackwards:
    source, number = event.sequence.source, event.sequence.number
    return FeedBackwards(
        f"The feed of {source} is at {watermark} and does not go back to {number}: it was counted, given up, or is too"
        " old to be compared. Tell it under the next number, or without one.",
        source=source,
        number=number,
        watermark=watermark,
    )
