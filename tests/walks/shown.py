"""Rows that say which test shows what becomes of a field that callers may state."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from hub.api.edge.rpcs import SERVICES, Change
from hub.api.servicers import SERVICES as DESCRIPTORS
from tests.architecture.accepted import accepted
from tests.architecture.contracts import contracts
from tests.walks.hostile import WHOLE

Shown = Mapping[str, Mapping[str, str]]
"""Test (`file::name` below tests) -> field (`package.Message.field`) -> who outside reads it, or how it is obeyed."""


def stated() -> set[str]:
    """Return each field that a caller may state in a request that changes something, each message once."""
    fields = accepted(contracts()).fields
    return {
        _named(message, field.name)
        for message in _messages()
        for field in message.fields
        if (message.full_name, field.name) in fields and _whole(field)
    }


def named(message: Any, path: str) -> str:
    """Return the field to which a path below a message leads, `lines.sku`."""
    *steps, name = path.split(".")
    for step in steps:
        message = message.fields_by_name[step].message_type
    return _named(message, name)


def unfounded(tables: Iterable[Shown]) -> list[tuple[str, str]]:
    """Return the rows whose test is not there, or stands in a file that does not speak of the field."""
    rows = [(test, field) for table in tables for test, fields in table.items() for field in fields]
    return [(test, field) for test, field in rows if not _shows(test, field.rpartition(".")[2])]


def _messages() -> Iterator[Any]:
    waiting: list[Any] = [
        DESCRIPTORS[service.rpartition(".")[2]].methods_by_name[rpc].input_type
        for service, rpcs in SERVICES.items()
        for rpc, row in rpcs.items()
        if row.change is not Change.NOTHING
    ]
    seen = set[str]()
    while waiting:
        message = waiting.pop()
        if message.full_name not in seen:
            seen.add(message.full_name)
            yield message
            waiting += [field.message_type for field in message.fields if not _whole(field)]


def _whole(field: Any) -> bool:
    inner = field.message_type
    return inner is None or inner.GetOptions().map_entry or inner.full_name in WHOLE


def _named(message: Any, field: str) -> str:
    return f"{message.full_name.removeprefix('crossdock.')}.{field}"


def _shows(test: str, field: str) -> bool:
    file, _, name = test.partition("::")
    text = (Path("tests") / file).read_text()
    return f"def {name}(" in text and re.search(rf"\b{field}\b", text) is not None
