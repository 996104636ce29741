"""What a struct and a message of the contract have in common: their fields by name, and what may stand in them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final, get_args, get_origin
from uuid import UUID

from google.protobuf import descriptor_pool
from google.protobuf.descriptor import Descriptor, FieldDescriptor
from msgspec import Struct
from msgspec.structs import fields

from crossdock.events.v1 import events_pb2
from hub.kernel.instant import Instant
from hub.kernel.money import Money

FACTS: Final = {
    field.message_type.name: field
    for field in events_pb2.Event.DESCRIPTOR.oneofs_by_name["facts"].fields
    if field.message_type
}
"""The fields that hold the facts of events, by the type of the event."""

_SCALARS: Final = {
    FieldDescriptor.TYPE_STRING: "text",
    FieldDescriptor.TYPE_ENUM: "text",
    FieldDescriptor.TYPE_INT32: "number",
    FieldDescriptor.TYPE_INT64: "number",
}
_PLAIN: Final = {
    str: "text",
    UUID: "text",
    int: "number",
    Instant: "google.protobuf.Timestamp",
    Money: "google.type.Money",
}


def contract_of(event_type: str) -> Descriptor:
    """The message of the contract that carries the facts of a type of event."""
    return descriptor_pool.Default().FindMessageTypeByName(f"crossdock.events.v1.{event_type}")


def differences(struct: type[Struct], contract: Descriptor) -> Iterator[str]:
    """What one has and the other lacks, or has otherwise."""
    ours = {info.name: info.type for info in fields(struct)}
    theirs = {field.name: field for field in contract.fields}
    for name in sorted(ours.keys() ^ theirs.keys()):
        yield f"{contract.name}.{name} is on one side only"
    for name in sorted(ours.keys() & theirs.keys()):
        yield from _different(f"{contract.name}.{name}", ours[name], theirs[name])


def _different(name: str, ours: Any, field: FieldDescriptor) -> Iterator[str]:
    element, contract = _element(ours), field.message_type
    if contract and isinstance(element, type) and issubclass(element, Struct) and element is not Money:
        if element.__name__ != contract.name:
            yield f"{name} is a {element.__name__} here and a {contract.name} there"
        yield from differences(element, contract)
    elif (here := _shape(ours)) != (there := _contract_shape(field)):
        yield f"{name} is {here} here and {there} there"


def _element(annotation: Any) -> Any:
    """What a tuple is made of; what may be None, without the None; all else as it is."""
    parts = [part for part in get_args(annotation) if part not in {type(None), ...}]
    return parts[0] if len(parts) == 1 else annotation


def _shape(annotation: Any) -> str:
    if get_origin(annotation) is tuple:
        return f"several {_PLAIN[_element(annotation)]}"
    if len(parts := get_args(annotation)) == 2 and type(None) not in parts:
        return f"{_PLAIN[parts[1]]} by {_PLAIN[parts[0]]}"
    return _PLAIN[_element(annotation)]


def _contract_shape(field: FieldDescriptor) -> str:
    message = field.message_type
    if message and message.GetOptions().map_entry:
        key, value = message.fields_by_name["key"], message.fields_by_name["value"]
        return f"{_contract_shape(value)} by {_contract_shape(key)}"
    shape = message.full_name if message else _SCALARS[field.type]
    return f"several {shape}" if field.is_repeated else shape
