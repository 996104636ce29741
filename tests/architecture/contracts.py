"""The contracts as descriptors with their comments, for the tests of this folder."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from google.protobuf import descriptor_pb2

from tools.contracts import image

File = descriptor_pb2.FileDescriptorProto
Message = descriptor_pb2.DescriptorProto
Enum = descriptor_pb2.EnumDescriptorProto
Service = descriptor_pb2.ServiceDescriptorProto

Path = tuple[int, ...]
Place = tuple[str, str, Path]


@dataclass(frozen=True)
class Element:
    """One thing a contract declares: its kind, its full name and its comment."""

    kind: str
    name: str
    comment: str


@cache
def contracts() -> tuple[File, ...]:
    """Return our own contracts, without what they import of others."""
    return tuple(file for file in image().file if file.package.startswith("crossdock."))


@cache
def elements() -> tuple[Element, ...]:
    """Return every service, rpc, message, field, enum and value of our contracts."""
    return tuple(element for file in contracts() for element in elements_of(file))


def elements_of(file: File) -> Iterator[Element]:
    """Yield what one contract declares, top to bottom by kind."""
    comments = comments_of(file)
    for kind, name, path in declared(file):
        yield Element(kind, name, comments.get(path, ""))


def comments_of(file: File) -> dict[Path, str]:
    """Return the comment above each element of a contract, by its path in the descriptor."""
    return {tuple(place.path): place.leading_comments.strip() for place in file.source_code_info.location}


def declared(file: File) -> Iterator[Place]:
    """Yield the kind, the full name and the path of everything a contract declares."""
    for number, service in enumerate(file.service):
        yield from _service(service, file.package, (File.SERVICE_FIELD_NUMBER, number))
    for number, message in enumerate(file.message_type):
        yield from _message(message, file.package, (File.MESSAGE_TYPE_FIELD_NUMBER, number))
    for number, enum in enumerate(file.enum_type):
        yield from _enum(enum, file.package, (File.ENUM_TYPE_FIELD_NUMBER, number))


def _service(service: Service, parent: str, path: Path) -> Iterator[Place]:
    name = f"{parent}.{service.name}"
    yield "service", name, path
    for number, method in enumerate(service.method):
        yield "rpc", f"{name}.{method.name}", (*path, Service.METHOD_FIELD_NUMBER, number)


def _message(message: Message, parent: str, path: Path) -> Iterator[Place]:
    if message.options.map_entry:
        return
    name = f"{parent}.{message.name}"
    yield "message", name, path
    for number, field in enumerate(message.field):
        yield "field", f"{name}.{field.name}", (*path, Message.FIELD_FIELD_NUMBER, number)
    for number, nested in enumerate(message.nested_type):
        yield from _message(nested, name, (*path, Message.NESTED_TYPE_FIELD_NUMBER, number))
    for number, enum in enumerate(message.enum_type):
        yield from _enum(enum, name, (*path, Message.ENUM_TYPE_FIELD_NUMBER, number))


def _enum(enum: Enum, parent: str, path: Path) -> Iterator[Place]:
    name = f"{parent}.{enum.name}"
    yield "enum", name, path
    for number, value in enumerate(enum.value):
        yield "value", f"{name}.{value.name}", (*path, Enum.VALUE_FIELD_NUMBER, number)
