"""Feeds, their numbers, and parked events on the wire."""

from __future__ import annotations

import hashlib
from typing import Any, Final
from uuid import UUID

from google.protobuf.message import Message

from crossdock.common.v1 import source_pb2
from crossdock.inbox.v1 import feeds_pb2 as pb
from hub.fulfillment.model import OrderReference
from hub.inbox.model import Feed, NodeSource, ParkedEvent, ParkedState, SourceSequence
from hub.kernel.errors import InvalidField
from hub.wire.defaults import canonical
from hub.wire.enums import Names
from hub.wire.instants import instant_to_pb

PARKED_STATES: Final = Names(ParkedState, source_pb2.ParkedEventState, "PARKED_EVENT_STATE")


def sequence_from_pb(message: Any) -> SourceSequence | None:
    """The place in its source's numbering of a message with a field `sequence`; None where it has none."""
    if not message.HasField("sequence"):
        return None
    whole: Message = message
    content = hashlib.sha256(canonical(whole)).hexdigest()
    return SourceSequence(message.sequence.source, message.sequence.number, content)


def sequence_to_pb(sequence: SourceSequence) -> source_pb2.SourceSequence:
    """The place as a message."""
    return source_pb2.SourceSequence(source=sequence.source, number=sequence.number)


def order_from_pb(message: Any) -> OrderReference | None:
    """The order that a message names as its channel does; None where it names none.

    Raises InvalidField where it names neither that nor a fulfillment order.
    """
    if message.HasField("order_reference"):
        named = message.order_reference
        return OrderReference(named.channel_id, named.channel_reference, named.node_id)
    return None


def refuse_nameless(message: Any) -> None:
    """Raises InvalidField for a report that names neither a fulfillment order nor an order."""
    if not message.fulfillment_order_id and not message.HasField("order_reference"):
        raise InvalidField("State fulfillment_order_id, or order_reference.", fulfillment_order_id="missing")


def parked_event_to_pb(event: ParkedEvent) -> source_pb2.ParkedEvent:
    """The parked event as a message, without its content."""
    return source_pb2.ParkedEvent(
        parked_event_id=str(event.parked_event_id),
        kind=event.kind,
        waits_for=event.waits_for,
        state=PARKED_STATES.to_pb(event.state),
        sequence=sequence_to_pb(event.sequence) if event.sequence else None,
        park_time=instant_to_pb(event.parked_at),
        deadline_time=instant_to_pb(event.deadline_at),
        reason=event.reason,
    )


def feed_to_pb(feed: Feed) -> pb.Feed:
    """The feed as a message."""
    return pb.Feed(
        source=feed.source,
        watermark=feed.watermark,
        highest_number=feed.highest,
        gaps=[
            pb.FeedGap(first_number=gap.first, last_number=gap.last, since_time=instant_to_pb(gap.since))
            for gap in feed.gaps
        ],
        parked_count=feed.parked,
        node_ids=feed.node_ids,
    )


def node_source_to_pb(source: NodeSource) -> pb.NodeSource:
    """Who counts a node, as a message."""
    return pb.NodeSource(node_id=source.node_id, source=source.source, since_time=instant_to_pb(source.since))


def uuid_or(text: str, default: UUID) -> UUID:
    """The identity in a text that the contract has checked; `default` where it is empty."""
    return UUID(text) if text else default
