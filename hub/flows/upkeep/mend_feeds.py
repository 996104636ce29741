"""What people do where feeds do not mend themselves: give up a gap, hand a node over, try a parked event again."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from msgspec import Struct

from hub.cases.context import FlowContext
from hub.cases.feeds.feeds import tell_gaps, watch
from hub.exceptions import operations as exceptions
from hub.exceptions.model import ExceptionReason
from hub.inbox.errors import FeedBackwards, FeedNotFound, ParkedEventNotFound
from hub.inbox.model import Feed, NodeSource, ParkedEvent, ParkedState
from hub.inbox.operations import feeds, parked
from hub.kernel.errors import InvalidField, Refusal
from hub.kernel.ids import derived
from hub.kernel.scope import Scope
from hub.messages.events.upkeep import FeedGapSkipped, NodeHandedOver
from hub.messages.tasks import ApplyParked
from hub.network.errors import UnknownNode
from hub.outbox import operations as outbox
from hub.outbox.model import Event, Message


class Skip(Struct, frozen=True):
    """Numbers of a source's feed that are given up, up to and with `through`."""

    source: str
    through: int


class HandOver(Struct, frozen=True):
    """A node that a source counts from now on."""

    node_id: str
    source: str


async def skip_gaps(flow: FlowContext, skips: Sequence[Skip]) -> list[Feed | Refusal]:
    """Gives numbers up that will never come; what waits behind them is taken in next. Answers the feeds.

    Refuses FEED_NOT_FOUND, FEED_BACKWARDS, and INVALID_FIELD where a parked event would be passed over.
    """
    answers: list[Feed | Refusal] = []
    for skip in skips:
        try:
            answers.append(await _skip(flow, skip))
        except Refusal as refusal:
            answers.append(refusal)
    return answers


async def hand_over_nodes(flow: FlowContext, given: Sequence[HandOver]) -> list[NodeSource | Refusal]:
    """Makes sources the ones that count nodes. Refuses UNKNOWN_NODE."""
    known = [one for one in given if one.node_id in flow.network.nodes and flow.scope.sees(node_id=one.node_id)]
    standing: dict[str, NodeSource] = {}
    for source in sorted({one.source for one in known}):
        nodes = sorted({one.node_id for one in known if one.source == source})
        standing |= await feeds.hand_over(flow.tx, nodes, source, at=flow.at)
    ended = [(ExceptionReason.NODE_CONTESTED, f"{one.node_id}/{one.source}") for one in known]
    await exceptions.resolve(flow.tx, ended, at=flow.at)
    await outbox.emit(flow.tx, [_handed_over(flow, one) for one in known])
    return [
        standing.get(one.node_id)
        or UnknownNode(f"{one.node_id} is not a node that you may hand over.", node_id=one.node_id)
        for one in given
    ]


async def replay_parked(flow: FlowContext, event_ids: Sequence[UUID]) -> list[ParkedEvent | Refusal]:
    """Has parked events tried again, after this transaction. Refuses PARKED_EVENT_NOT_FOUND."""
    found = {key: one for key, one in (await parked.load(flow.tx, event_ids)).items() if seen_by(flow.scope, one)}
    waiting = [one for one in found.values() if one.state is not ParkedState.APPLIED]
    messages = [
        Message(
            message_id=derived(flow.new_id(), "replay", str(one.parked_event_id)),
            lane=f"parked:{one.waits_for}",
            payload=ApplyParked(parked_event_id=one.parked_event_id),
        )
        for one in waiting
    ]
    await outbox.append(flow.tx, messages, at=flow.at)
    return [
        found.get(event_id_) or ParkedEventNotFound(f"There is no parked event {event_id_}.", parked_event_id=event_id_)
        for event_id_ in event_ids
    ]


async def tell_missing(flow: FlowContext, sources: Sequence[str]) -> list[str]:
    """Names feeds of which numbers are missing for too long, as exceptions."""
    await tell_gaps(flow, sources)
    return list(sources)


def seen_by(scope: Scope, event: ParkedEvent) -> bool:
    """Whether a principal sees a parked event: everybody sees their own, who has no limits sees all."""
    return event.scope.principal == scope.principal or scope.unlimited


def feed_seen_by(scope: Scope, feed: Feed) -> bool:
    """Whether a principal sees a feed: one that counts nodes in its scope, who has no limits sees all."""
    return scope.unlimited or any(scope.sees(node_id=node_id) for node_id in feed.node_ids)


async def _skip(flow: FlowContext, skip: Skip) -> Feed:
    known = await feeds.page(flow.tx, skip.source, "", 1)
    if not all(feed_seen_by(flow.scope, one) for one in known) or not (known or flow.scope.unlimited):
        raise FeedNotFound(f"There is no feed of {skip.source}.", source=skip.source)
    watermark = (await feeds.lock(flow.tx, [skip.source]))[skip.source]
    (feed,) = await feeds.page(flow.tx, skip.source, "", 1)
    if skip.through < watermark:
        raise FeedBackwards(
            f"The feed of {skip.source} is at {watermark} and has already passed {skip.through}.",
            source=skip.source,
            watermark=watermark,
        )
    _refuse_passing(feed, skip)
    if skip.through > watermark:
        await feeds.pass_to(flow.tx, skip.source, skip.through)
        facts = FeedGapSkipped(source=skip.source, first_number=watermark + 1, last_number=skip.through)
        await outbox.emit(flow.tx, [Event(derived(flow.new_id(), "skipped"), facts, flow.at)])
    await watch(flow, [skip.source])
    return (await feeds.page(flow.tx, skip.source, "", 1))[0]


def _refuse_passing(feed: Feed, skip: Skip) -> None:
    """Raises InvalidField where a parked event has a number that would be given up."""
    if feed.parked and (not feed.gaps or skip.through > feed.gaps[0].last):
        last = feed.gaps[0].last if feed.gaps else feed.watermark
        raise InvalidField(
            f"Events of {skip.source} are parked after {last}; skip at most up to that.", through_number="passes events"
        )


def _handed_over(flow: FlowContext, over: HandOver) -> Event:
    facts = NodeHandedOver(node_id=over.node_id, source=over.source)
    return Event(derived(flow.new_id(), "handed", over.node_id), facts, flow.at, node_id=over.node_id)
