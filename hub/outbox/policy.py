"""Decisions of the outbox: what a timer becomes when it fires, and for whom an event is."""

from __future__ import annotations

from uuid import UUID

from hub.kernel.scope import Scope
from hub.messages import codec
from hub.messages.payload import Payload
from hub.messages.timers import PollDue
from hub.outbox.model import Event, EventFilter, Message, TimerRecord


def fired(timer: TimerRecord, message_id: UUID) -> Message[Payload]:
    """The message a timer that fires becomes."""
    if isinstance(timer.payload, PollDue):
        return Message(
            message_id,
            lane=f"pull:{timer.subject}",
            payload=codec.read(timer.payload.message_kind, {}),
            account_id=timer.subject,
        )
    return Message(
        message_id,
        lane=f"timer:{timer.kind}:{timer.subject}",
        payload=timer.payload,
        order_id=timer.order_id,
        traceparent=timer.traceparent,
    )


def passes(event: Event, scope: Scope, wanted: EventFilter) -> bool:
    """Whether a scope may see an event and its reader wants it, as the statement that reads the feed decides it."""
    return (
        (scope.channels is None or event.channel_id in scope.channels)
        and (scope.sellers is None or event.seller_id in scope.sellers)
        and (scope.nodes is None or event.node_id in scope.nodes)
        and (not wanted.types or event.type in wanted.types)
        and (not wanted.channel_id or event.channel_id == wanted.channel_id)
    )
