"""What caused messages, so that a flow's spans hang on the trace of the order that they are about."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from hub.kernel.trace import TraceContext, from_traceparent
from hub.messages.payload import Payload
from hub.work.handlers import Messages


def causes(messages: Messages[Payload]) -> Mapping[UUID, TraceContext]:
    """Return the trace that each order of the messages goes on in, by order; nothing of those that have none."""
    found = {message.order_id: from_traceparent(message.traceparent) for message in messages if message.order_id}
    return {order_id: cause for order_id, cause in found.items() if cause is not None}
