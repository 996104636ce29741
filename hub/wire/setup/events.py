"""Events of the feed on the wire: each struct of facts is the message of the same name, field by field."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from google.protobuf.descriptor import Descriptor, EnumDescriptor, FieldDescriptor
from google.protobuf.message import Message
from google.protobuf.message_factory import GetMessageClass
from msgspec import Struct

from crossdock.events.v1 import events_pb2 as pb
from crossdock.webhooks.v1 import webhooks_pb2
from hub.kernel.errors import InvalidField
from hub.kernel.money import Money
from hub.messages.events.codec import EVENTS
from hub.messages.events.facts import UnknownFacts
from hub.outbox.model import EventFilter, EventRecord
from hub.wire.instants import instant_to_pb
from hub.wire.money import money_to_pb

_FACTS: Final[Mapping[str, str]] = {
    field.message_type.name: field.name
    for field in pb.Event.DESCRIPTOR.oneofs_by_name["facts"].fields
    if field.message_type
}
"""The field of an event that holds the facts of a type."""

_WRITTEN: Final[Mapping[type, Callable[[Any], Any]]] = {UUID: str, datetime: instant_to_pb, Money: money_to_pb}


def event_filter_from_pb(
    request: pb.ListEventsRequest | pb.SubscribeEventsRequest | webhooks_pb2.PutWebhookRequest,
) -> EventFilter:
    """The events that a reader asks for; raises InvalidField, naming the field, for a type that does not exist."""
    for index, event_type in enumerate(request.types):
        if event_type not in EVENTS:
            field = f"types[{index}]"
            raise InvalidField(
                f"{field} is {event_type!r}, which is no type of event; name one such as OrderPlaced.",
                **{field: "no type of event"},
            )
    return EventFilter(tuple(request.types), request.channel_id)


def event_to_pb(record: EventRecord) -> pb.Event:
    """The event with its place in the feed, 0 while it has none; without facts where they are not described."""
    event = record.event
    shown = pb.Event(
        position=record.position or 0,
        event_id=str(event.event_id),
        type=event.type,
        order_id=str(event.order_id or ""),
        order_version=event.order_version or 0,
        occur_time=instant_to_pb(event.occurred_at),
        traceparent=event.traceparent or "",
    )
    if not isinstance(event.facts, UnknownFacts):
        facts = getattr(shown, _FACTS[event.type])
        facts.CopyFrom(_message(event.facts, facts.DESCRIPTOR))
    return shown


def _message(struct: Struct, contract: Descriptor) -> Message:
    """The message of a contract, from the struct of the same fields."""
    stated = {
        field.name: _value(value, field)
        for field in contract.fields
        if (value := getattr(struct, field.name)) is not None
    }
    return GetMessageClass(contract)(**stated)


def _value(value: object, field: FieldDescriptor) -> Any:
    if field.enum_type is not None:
        return _number(field.enum_type, str(value))
    if isinstance(value, tuple):
        return [_value(element, field) for element in value]
    if (written := _WRITTEN.get(type(value))) is not None:
        return written(value)
    return _message(value, field.message_type) if isinstance(value, Struct) and field.message_type else value


def _number(enum: EnumDescriptor, name: str) -> int:
    """The value that a name has behind the prefix of its enum; unspecified for a name that the contract lacks."""
    prefix = enum.values_by_number[0].name.removesuffix("UNSPECIFIED")
    value = enum.values_by_name.get(prefix + name)
    return value.number if value else 0
