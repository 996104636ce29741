"""What flows do with feeds: take events in their turn, tell what is missing, give up a gap, know who counts a node.

A feed's row is locked before anything else that a transaction locks but its request keys.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct

from hub.database.tx import Tx
from hub.inbox.model import Feed, Numbered, Seen, SourceSequence, Turn
from hub.inbox.policy.turns import gaps, turns
from hub.inbox.store import feeds, parked
from hub.inbox.store.feeds import RETENTION, Told, claim_nodes, forget, hand_over, node_sources, remember
from hub.kernel.errors import Refusal
from hub.kernel.instant import Instant

__all__ = [
    "RETENTION",
    "Told",
    "Waiting",
    "claim_nodes",
    "forget",
    "hand_over",
    "key_of",
    "lock",
    "node_sources",
    "page",
    "pass_to",
    "remember",
    "seen",
    "take_turns",
    "waiting",
]

MOST_GAPS = 100
lock = feeds.lock
seen = feeds.seen


class Waiting(Struct, frozen=True):
    """What waits in a feed: the next parked number, if it is its turn; since when the first gap is, if there is one."""

    source: str
    due: bool
    gap_since: Instant | None


def key_of(source: str) -> str:
    """What events that are ahead of a source's feed wait for."""
    return f"feed {source}"


async def take_turns(
    tx: Tx, events: Sequence[Numbered]
) -> tuple[list[Turn | Refusal], Mapping[SourceSequence, Seen], frozenset[str]]:
    """Decides whose turn it is and moves the feeds on; their rows stay locked.

    Answers a turn per event, what is known of numbers that came before, and the sources whose feeds moved. Events that
    are taken or parked are remembered by the caller.
    """
    watermarks = await feeds.lock(tx, [event.sequence.source for event in events])
    known = await feeds.seen(tx, [event.sequence for event in events])
    answers: list[Turn | Refusal | None] = [None] * len(events)
    moved: dict[str, int] = {}
    for source, watermark in watermarks.items():
        own = [index for index, one in enumerate(events) if one.sequence.source == source]
        seen_here = {one.number: what for one, what in known.items() if one.source == source}
        decided = turns(watermark, seen_here, [events[index] for index in own])
        for index, answer in zip(own, decided.turns, strict=True):
            answers[index] = answer
        if decided.watermark != watermark:
            moved[source] = decided.watermark
    await feeds.save(tx, moved)
    return [one for one in answers if one is not None], known, frozenset(moved)


async def pass_to(tx: Tx, source: str, watermark: int) -> None:
    """Moves a locked feed on to a number."""
    await feeds.save(tx, {source: watermark})


async def waiting(tx: Tx, sources: Sequence[str]) -> list[Waiting]:
    """What waits in locked feeds, by source."""
    watermarks = await feeds.lock(tx, sources)
    numbers = await parked.numbers(tx, [key_of(source) for source in watermarks])
    found = []
    for source, watermark in sorted(watermarks.items()):
        own = numbers.get(key_of(source), [])
        missing = gaps(watermark, own)
        due = bool(own) and own[0][0] <= watermark + 1
        found.append(Waiting(source, due, missing[0].since if missing else None))
    return found


async def page(tx: Tx, source: str, after: str, size: int) -> list[Feed]:
    """Feeds by source with what is missing of them, at most `size`, behind the source `after`."""
    rows = await feeds.page(tx, source, after, size)
    numbers = await parked.numbers(tx, [key_of(name) for name, _ in rows])
    nodes = await feeds.nodes_of(tx, [name for name, _ in rows])
    found = []
    for name, watermark in rows:
        own = numbers.get(key_of(name), [])
        found.append(
            Feed(
                source=name,
                watermark=watermark,
                highest=max([watermark, *(number for number, _ in own)]),
                gaps=gaps(watermark, own)[:MOST_GAPS],
                parked=len(own),
                node_ids=nodes.get(name, ()),
            )
        )
    return found
