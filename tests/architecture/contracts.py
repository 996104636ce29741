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
def comments(file_name: str) -> dict[Path, str]:
    """Return the comment above each element of a contract, by its path in the descriptor."""
    file = next(file for file in contracts() if file.name == file_name)
    return {tuple(place.path): place.leading_comments.strip() for place in file.source_code_info.location}


def comment_of(file: File, path: Path) -> str:
    """Return the comment above the element at `path` of `file`; empty where there is none."""
    return comments(file.name).get(path, "")


@cache
def elements() -> tuple[Element, ...]:
    """Return every package, service, rpc, message, field, enum and value of our contracts."""
    return tuple(element for file in contracts() for element in elements_of(file))


def elements_of(file: File) -> Iterator[Element]:
    """Yield what one contract declares, top to bottom by kind."""
    for place, service in enumerate(file.service):
        yield from _service(file, service, (File.SERVICE_FIELD_NUMBER, place))
    for place, message in enumerate(file.message_type):
        yield from _message(file, message, file.package, (File.MESSAGE_TYPE_FIELD_NUMBER, place))
    for place, enum in enumerate(file.enum_type):
        yield from _enum(file, enum, file.package, (File.ENUM_TYPE_FIELD_NUMBER, place))


def _service(file: File, service: Service, path: Path) -> Iterator[Element]:
    name = f"{file.package}.{service.name}"
    yield Element("service", name, comment_of(file, path))
    for place, method in enumerate(service.method):
        within = (*path, Service.METHOD_FIELD_NUMBER, place)
        yield Element("rpc", f"{name}.{method.name}", comment_of(file, within))


def _message(file: File, message: Message, parent: str, path: Path) -> Iterator[Element]:
    if message.options.map_entry:
        return
    name = f"{parent}.{message.name}"
    yield Element("message", name, comment_of(file, path))
    for place, field in enumerate(message.field):
        within = (*path, Message.FIELD_FIELD_NUMBER, place)
        yield Element("field", f"{name}.{field.name}", comment_of(file, within))
    for place, nested in enumerate(message.nested_type):
        yield from _message(file, nested, name, (*path, Message.NESTED_TYPE_FIELD_NUMBER, place))
    for place, enum in enumerate(message.enum_type):
        yield from _enum(file, enum, name, (*path, Message.ENUM_TYPE_FIELD_NUMBER, place))


def _enum(file: File, enum: Enum, parent: str, path: Path) -> Iterator[Element]:
    name = f"{parent}.{enum.name}"
    yield Element("enum", name, comment_of(file, path))
    for place, value in enumerate(enum.value):
        yield Element("value", f"{name}.{value.name}", comment_of(file, (*path, Enum.VALUE_FIELD_NUMBER, place)))
