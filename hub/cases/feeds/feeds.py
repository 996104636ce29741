"""Numbered reports in the order of their source: which of a batch are due now, and what the others are answered.

A flow asks for turns first, works what is due, and hands its answers back: what was refused in its turn is kept as a
parked event with an exception, so that the feed goes on and nothing is lost.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from msgspec.structs import replace

from hub.cases.awaited import apply_soon
from hub.cases.context import FlowContext
from hub.cases.feeds import parked_events
from hub.cases.feeds.records import recorded
from hub.exceptions import operations as exceptions
from hub.exceptions.model import ExceptionReason, ExceptionRecord
from hub.exceptions.policy import raised
from hub.inbox.errors import NodeSourceTaken
from hub.inbox.model import PATIENCE, Feed, Gap, Numbered, ParkedEvent, ParkedState, Seen, SourceSequence, Turn
from hub.inbox.operations import feeds, parked
from hub.kernel.errors import Refusal
from hub.kernel.refusals import restored, stored
from hub.messages.timers import FeedGapDue
from hub.outbox import operations as outbox
from hub.outbox.model import Timer

C = TypeVar("C", bound=parked_events.Report)
R = TypeVar("R")


@dataclass(slots=True)
class Turns(Generic[C]):
    """What becomes of a batch of reports: `due` are worked now, `again` came before, the others are answered already.

    `first` are the numbered ones that are due for the first time, with their fingerprints.
    """

    reports: Sequence[C]
    answered: dict[int, ParkedEvent | Refusal] = field(default_factory=dict)
    again: frozenset[int] = frozenset()
    first: Mapping[int, bytes] = field(default_factory=dict)

    @property
    def due(self) -> list[C]:
        """Reports to work now, in order."""
        return [self.reports[index] for index in self._due()]

    @property
    def seen(self) -> list[C]:
        """Reports that came before and were taken in then, where they may not be worked again."""
        return [self.reports[index] for index in sorted(self.again)]

    async def merged(
        self,
        flow: FlowContext,
        answers: Sequence[R | ParkedEvent | Refusal],
        seen: Sequence[R | ParkedEvent | Refusal] = (),
    ) -> list[R | ParkedEvent | Refusal]:
        """Answers to all reports, of those to `due` and to `seen`; keeps what was refused or parked in its turn."""
        found: dict[int, R | ParkedEvent | Refusal] = dict(self.answered)
        found |= dict(zip(self._due(), answers, strict=True))
        found |= dict(zip(sorted(self.again), seen, strict=True))
        if self.first:
            await self._keep(flow, {index: found[index] for index in sorted(self.first)})
        return [found[index] for index in range(len(self.reports))]

    async def _keep(self, flow: FlowContext, answers: Mapping[int, R | ParkedEvent | Refusal]) -> None:
        told: list[feeds.Told] = []
        refused: list[ParkedEvent] = []
        for index, answer in answers.items():
            report = self.reports[index]
            if report.sequence is None:
                continue
            seen = Seen(self.first[index])
            if isinstance(answer, Refusal):
                event = parked_events.event_of(flow, report, feeds.key_of(report.sequence.source), ParkedState.REFUSED)
                refused.append(replace(event, reason=f"{answer.reason}: {answer.message}"))
                seen = replace(seen, parked_event_id=event.parked_event_id, refusal=stored(answer))
            elif isinstance(answer, ParkedEvent):
                seen = replace(seen, parked_event_id=answer.parked_event_id)
            if seen.parked_event_id:
                told.append(feeds.Told(report.sequence, seen))
        await feeds.remember(flow.tx, told, at=flow.at)
        await parked.put(flow.tx, refused)
        await parked_events.settle(flow, refused)

    def _due(self) -> list[int]:
        return [index for index in range(len(self.reports)) if index not in self.answered and index not in self.again]


async def take_turns(flow: FlowContext, reports: Sequence[C], *, repeatable: bool) -> Turns[C]:
    """Decides whose turn it is, and parks what is ahead; reports without a number are always due.

    `repeatable`: the flow itself knows what it has taken in, so that reports that came before are due once more.
    """
    numbered = {index: one for index, one in enumerate(reports) if one.sequence is not None and not one.sequence.taken}
    if not numbered:
        return Turns(reports)
    prints = {index: fingerprint(one) for index, one in numbered.items()}
    events = [Numbered(one.sequence, prints[index]) for index, one in numbered.items() if one.sequence]
    turns, known, _ = await feeds.take_turns(flow.tx, events)
    by_index = dict(zip(numbered, turns, strict=True))
    answered: dict[int, ParkedEvent | Refusal] = {
        index: turn for index, turn in by_index.items() if isinstance(turn, Refusal)
    }
    ahead = {
        index: parked_events.event_of(flow, one, feeds.key_of(one.sequence.source))
        for index, one in numbered.items()
        if by_index[index] is Turn.AHEAD and one.sequence
    }
    refused = await parked.without_room(flow.tx, flow.scope.principal, list(ahead.values()))
    answered |= {i: refused[event.parked_event_id] for i, event in ahead.items() if event.parked_event_id in refused}
    ahead = {index: event for index, event in ahead.items() if index not in answered}
    await parked.put(flow.tx, list(ahead.values()))
    new = [
        feeds.Told(event.sequence, Seen(event.fingerprint, ahead[index].parked_event_id if index in ahead else None))
        for (index, turn), event in zip(by_index.items(), events, strict=True)
        if turn is Turn.NOW or index in ahead
    ]
    await feeds.remember(flow.tx, new, at=flow.at)
    again = await _answered_before(flow, {i: numbered[i] for i, turn in by_index.items() if turn is Turn.SEEN}, known)
    answered |= ahead | {index: answer for index, answer in again.items() if answer is not None}
    await watch(flow, sorted({one.sequence.source for one in events}))
    first = {index: prints[index] for index, turn in by_index.items() if turn is Turn.NOW}
    return Turns(reports, answered, frozenset() if repeatable else frozenset(again) - frozenset(answered), first)


async def watch(flow: FlowContext, sources: Sequence[str]) -> None:
    """Has what is due in feeds taken in, sets the timers of their gaps, and ends what said that numbers are missing."""
    found = await feeds.waiting(flow.tx, sources)
    await apply_soon(flow, [feeds.key_of(one.source) for one in found if one.due])
    missing = {one.source: one.gap_since for one in found if one.gap_since is not None}
    whole = [one.source for one in found if one.gap_since is None]
    await outbox.clear_timers(flow.tx, [(FeedGapDue, source) for source in whole])
    await exceptions.resolve(flow.tx, [(ExceptionReason.FEED_GAP, source) for source in whole], at=flow.at)
    await outbox.set_timers(
        flow.tx,
        [
            Timer(FeedGapDue(source, since + PATIENCE))
            for source, since in missing.items()
            if since + PATIENCE > flow.at
        ],
    )


async def tell_gaps(flow: FlowContext, sources: Sequence[str]) -> None:
    """Opens an exception for each of the feeds of which numbers are missing for too long; sets the others' timers."""
    records = []
    watermarks = await feeds.lock(flow.tx, sources)
    for source in sorted(watermarks):
        (feed,) = await feeds.page(flow.tx, source, "", 1)
        late = [gap for gap in feed.gaps if gap.since + PATIENCE <= flow.at]
        if late:
            records.append(_late_exception(flow, feed, late[0]))
    await watch(flow, sorted(watermarks))
    await exceptions.open_all(flow.tx, records)


async def claim_nodes(flow: FlowContext, claims: Sequence[tuple[str, str]]) -> dict[tuple[str, str], NodeSourceTaken]:
    """Makes sources the counters of nodes (node, source); answers the claims to nodes that another source counts.

    Each of these becomes an exception: an operator decides who counts it. Of two claims in a batch the first wins.
    """
    wanted: dict[str, str] = {}
    for node_id, source in claims:
        wanted.setdefault(node_id, source)
    standing = await feeds.claim_nodes(flow.tx, wanted, at=flow.at) if wanted else {}
    taken = {
        (node_id, source): _taken(node_id, source, standing[node_id].source)
        for node_id, source in claims
        if standing[node_id].source != source
    }
    await exceptions.open_all(flow.tx, [_contest(flow, *key, refusal) for key, refusal in sorted(taken.items())])
    return taken


def fingerprint(report: parked_events.Report) -> bytes:
    """What tells the content of a numbered report from another one's."""
    if report.sequence is not None and report.sequence.content:
        return bytes.fromhex(report.sequence.content)
    return hashlib.sha256(json.dumps(recorded(report), sort_keys=True).encode()).digest()


async def _answered_before(
    flow: FlowContext, reports: Mapping[int, parked_events.Report], known: Mapping[SourceSequence, Seen]
) -> dict[int, ParkedEvent | Refusal | None]:
    """What reports that came before are answered: refused or parked like the first, None where that was taken in."""
    seen = {index: known.get(one.sequence) for index, one in reports.items() if one.sequence}
    ids = [one.parked_event_id for one in seen.values() if one is not None and one.parked_event_id]
    events = await parked.load(flow.tx, ids)
    answers: dict[int, ParkedEvent | Refusal | None] = {}
    for index, what in seen.items():
        event = events.get(what.parked_event_id) if what is not None and what.parked_event_id else None
        if event is None or event.state is ParkedState.APPLIED:
            answers[index] = None
        else:
            refused = what is not None and what.refusal is not None
            answers[index] = restored(**what.refusal) if refused and what and what.refusal else event
    return answers


def _taken(node_id: str, source: str, counter: str) -> NodeSourceTaken:
    return NodeSourceTaken(
        f"{counter} counts {node_id}, not {source}; `crossdock feeds {source} --hand-over {node_id}` changes that.",
        node_id=node_id,
        source=source,
        source_of_record=counter,
    )


def _contest(flow: FlowContext, node_id: str, source: str, refusal: NodeSourceTaken) -> ExceptionRecord:
    return raised(
        exception_id=flow.new_id(),
        reason=ExceptionReason.NODE_CONTESTED,
        subject=f"{node_id}/{source}",
        detail=refusal.message,
        suggested_command=f"crossdock feeds {source} --hand-over {node_id}",
        at=flow.at,
    )


def _late_exception(flow: FlowContext, feed: Feed, gap: Gap) -> ExceptionRecord:
    numbers = str(gap.first) if gap.first == gap.last else f"{gap.first} to {gap.last}"
    return raised(
        exception_id=flow.new_id(),
        reason=ExceptionReason.FEED_GAP,
        subject=feed.source,
        detail=f"{feed.source} has not told {numbers} since {gap.since:%Y-%m-%d %H:%M}; {feed.parked} events wait.",
        suggested_command=f"crossdock feeds {feed.source} --skip {gap.last}",
        at=flow.at,
    )
