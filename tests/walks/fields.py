"""Fields of messages by their paths, `lines.sku`: which have values, how one is set, and which test shows one."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from google.protobuf.message import Message
from google.protobuf.timestamp_pb2 import Timestamp

from tests.architecture.accepted import Accepted, accepted
from tests.architecture.contracts import contracts
from tests.walks.hostile import WHOLE, paths


def value_paths(message: Message) -> list[str]:
    """Return the paths of the fields below a message that callers may give a value, sorted."""
    return sorted(".".join(path) for path in paths(message) if _takes_value(message, path))


def put(message: Any, path: str, value: object) -> None:
    """Set the value at a path, in the first element of each list on the way.

    The value of a map is that of an entry, the value of an instant its seconds.
    """
    name, _, rest = path.partition(".")
    field = message.DESCRIPTOR.fields_by_name[name]
    inner = getattr(message, name)
    if rest:
        put((inner[0] if inner else inner.add()) if field.is_repeated else inner, rest, value)
    elif field.message_type is Timestamp.DESCRIPTOR:
        inner.seconds = value
    elif field.message_type is not None:
        inner["stated"] = value
    elif field.is_repeated:
        inner[:] = [value]
    else:
        setattr(message, name, value)


def shows(test: str, path: str) -> bool:
    """Whether a test, given as `file::name`, is there, in a file that speaks of the last field of a path."""
    file, _, name = test.partition("::")
    text = Path(file).read_text()
    return f"def {name}(" in text and path.rpartition(".")[2] in text


@cache
def _accepted() -> Accepted:
    return accepted(contracts())


def _takes_value(message: Message, path: tuple[str, ...]) -> bool:
    """Whether a field is none that only answers fill, and none that holds a message with fields of its own."""
    holder: Any = message.DESCRIPTOR
    for name in path[:-1]:
        holder = holder.fields_by_name[name].message_type
    inner = holder.fields_by_name[path[-1]].message_type
    whole = inner is None or inner.GetOptions().map_entry or inner.full_name in WHOLE
    return whole and (holder.full_name, path[-1]) in _accepted().fields
