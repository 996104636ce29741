"""What parked events may wait for, by name, and waking them when it is there."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from hub.cases.context import FlowContext
from hub.inbox.operations import parked
from hub.kernel.ids import derived
from hub.messages.tasks import ApplyParked
from hub.outbox import operations as outbox
from hub.outbox.model import Message


def order_key(channel_id: str, channel_reference: str) -> str:
    """What events wait for that name an order as its channel does."""
    return f"order {channel_id}/{channel_reference}"


def fulfillment_key(fulfillment_order_id: UUID) -> str:
    """What events wait for that name a fulfillment order."""
    return f"fulfillment order {fulfillment_order_id}"


def parcel_key(tracking_number: str) -> str:
    """What events wait for that name a parcel."""
    return f"parcel {tracking_number}"


def payment_key(transaction_id: UUID) -> str:
    """What events wait for that name a transaction."""
    return f"payment {transaction_id}"


async def wake(flow: FlowContext, keys: Iterable[str]) -> None:
    """Has the events taken in that wait for what this transaction made."""
    if wanted := sorted(set(keys)):
        await parked.lock_keys(flow.tx, wanted)
        await apply_soon(flow, await parked.waited_for(flow.tx, wanted))


async def apply_soon(flow: FlowContext, keys: Iterable[str]) -> None:
    """Has the events taken in that wait for keys, by a task after this transaction."""
    messages = [
        Message(
            message_id=derived(flow.new_id(), "apply", key),
            lane=f"parked:{key}",
            payload=ApplyParked(waits_for=key),
        )
        for key in sorted(set(keys))
    ]
    await outbox.append(flow.tx, messages, at=flow.at)
