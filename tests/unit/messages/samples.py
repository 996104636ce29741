"""Facts for tests: each field filled, with a value that the contract has where it is one of an enum."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, Final, TypeVar, get_args, get_origin
from uuid import UUID

from google.protobuf.descriptor import Descriptor, EnumDescriptor
from msgspec import Struct
from msgspec.structs import fields

from hub.kernel.instant import Instant
from hub.kernel.money import Money
from hub.messages.events.codec import EVENTS
from hub.messages.events.facts import EventFacts
from tests.unit.messages.contracts import contract_of

S = TypeVar("S", bound=Struct)

AT: Final = datetime(2026, 3, 3, 10, 30, 0, 250_000, tzinfo=UTC)
_PLAIN: Final[dict[Any, Any]] = {
    str: "some",
    int: 3,
    UUID: UUID(int=7),
    Instant: AT,
    Money: Money(-10501, "EUR"),
}


def sample(event_type: str) -> EventFacts:
    """Facts of an event of a type, all of them stated."""
    return filled(EVENTS[event_type], contract_of(event_type))


def filled(struct: type[S], contract: Descriptor) -> S:
    """A struct with every field filled."""
    return struct(**{info.name: _value(info.type, contract, info.name) for info in fields(struct)})


def named(enum: EnumDescriptor, number: int) -> str:
    """The name of a value without the prefix of its enum."""
    prefix = enum.values_by_number[0].name.removesuffix("UNSPECIFIED")
    return enum.values_by_number[number].name.removeprefix(prefix)


def _value(annotation: Any, contract: Descriptor, name: str) -> Any:
    field = contract.fields_by_name[name]
    if field.enum_type:
        return named(field.enum_type, 1)
    parts = get_args(annotation)
    if get_origin(annotation) is tuple:
        element = parts[0]
        message = field.message_type
        return (filled(element, message) if message else _PLAIN[element],)
    if len(parts) == 2 and type(None) not in parts:
        return {_PLAIN[parts[0]]: _PLAIN[parts[1]]}
    return _PLAIN[parts[0] if parts else annotation]
