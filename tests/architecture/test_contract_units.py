"""The contracts measure the same things in the same units, under the same names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from google.protobuf.descriptor_pb2 import DescriptorProto, FieldDescriptorProto, FileDescriptorProto

from tests.architecture.contracts import contracts

TIMESTAMP: Final = ".google.protobuf.Timestamp"
PAGE: Final = ".crossdock.common.v1.PageRequest"
UNIT_OF_TIME: Final = re.compile(
    r"(?<!_per)_(seconds?|secs?|minutes?|mins?|hours?|millis|milliseconds?|ms|micros|nanos|weeks?|months?)$"
)
"""Ends of names that state a unit shorter or longer than a day. Days are counted: they are days of a calendar."""


def fields(files: Iterable[FileDescriptorProto]) -> Iterator[tuple[str, FieldDescriptorProto]]:
    """Yield every field with its full name."""
    for file in files:
        for message in file.message_type:
            yield from ((f"{file.package}.{message.name}.{field.name}", field) for field in message.field)


def odd_durations(files: Iterable[FileDescriptorProto]) -> list[str]:
    """Return the fields that count time in a unit of their own instead of being a Duration."""
    return [name for name, field in fields(files) if UNIT_OF_TIME.search(field.name)]


def odd_instants(files: Iterable[FileDescriptorProto]) -> list[str]:
    """Return the fields where the name says instant and the type does not, or the reverse."""
    return [
        name
        for name, field in fields(files)
        if field.name.endswith("_time") != (field.type_name == TIMESTAMP) or field.name.endswith(("_at", "_on"))
    ]


def odd_pages(files: Iterable[FileDescriptorProto]) -> list[str]:
    """Return the requests and responses that page in a way of their own."""
    messages = {f"{file.package}.{message.name}": message for file in files for message in file.message_type}
    odd = [
        name
        for name, message in messages.items()
        if name.endswith("Response") and pages(message) != pages(messages[name.replace("Response", "Request")])
    ]
    return odd + [name for name, message in messages.items() if {"limit", "offset"} & {f.name for f in message.field}]


def pages(message: DescriptorProto) -> bool:
    """Return whether a request asks for a page by a PageRequest, or a response names the next page."""
    return any((f.name, f.type_name) == ("page", PAGE) or f.name == "next_page_token" for f in message.field)


TOY: Final = FileDescriptorProto(
    package="crossdock.toy.v1",
    message_type=[
        DescriptorProto(
            name="ListToysRequest",
            field=[
                FieldDescriptorProto(name="limit"),
                FieldDescriptorProto(name="ttl_seconds"),
                FieldDescriptorProto(name="made_at", type_name=TIMESTAMP),
                FieldDescriptorProto(name="toys_per_minute"),
                FieldDescriptorProto(name="transit_days"),
            ],
        ),
        DescriptorProto(name="ListToysResponse", field=[FieldDescriptorProto(name="next_page_token")]),
    ],
)


def test_a_span_of_time_is_a_duration() -> None:
    assert odd_durations([TOY]) == ["crossdock.toy.v1.ListToysRequest.ttl_seconds"]
    assert not odd_durations(contracts())


def test_an_instant_is_a_timestamp_named_time() -> None:
    assert odd_instants([TOY]) == ["crossdock.toy.v1.ListToysRequest.made_at"]
    assert not odd_instants(contracts())


def test_lists_page_in_one_way() -> None:
    assert odd_pages([TOY]) == ["crossdock.toy.v1.ListToysResponse", "crossdock.toy.v1.ListToysRequest"]
    assert not odd_pages(contracts())
