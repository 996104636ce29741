"""What happened to an order, told to people: one English sentence per event, from its facts."""

from __future__ import annotations

from crossdock.orders.v1 import order_service_pb2 as pb
from hub.messages.events.sentences import sentence, texts
from hub.outbox.model import EventRecord
from hub.wire.instants import instant_to_pb


def entry_to_pb(record: EventRecord) -> pb.TimelineEntry:
    """One event as an entry."""
    event = record.event
    return pb.TimelineEntry(
        occur_time=instant_to_pb(event.occurred_at),
        type=event.type,
        summary=sentence(event.facts),
        order_version=event.order_version or 0,
        facts=texts(event.facts),
    )
