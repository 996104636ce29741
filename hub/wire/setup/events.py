"""Events of the feed on the wire."""

from __future__ import annotations

import json

from crossdock.events.v1 import events_pb2 as pb
from hub.outbox.model import EventRecord
from hub.wire.instants import instant_to_pb


def event_to_pb(record: EventRecord) -> pb.Event:
    """The event with its place in the feed; 0 while it has none."""
    event = record.event
    return pb.Event(
        position=record.position or 0,
        event_id=str(event.event_id),
        type=event.type,
        order_id=str(event.order_id or ""),
        order_version=event.order_version or 0,
        occur_time=instant_to_pb(event.occurred_at),
        facts_json=json.dumps(dict(event.facts), ensure_ascii=False, sort_keys=True, separators=(",", ":")),
        traceparent=event.traceparent or "",
    )
