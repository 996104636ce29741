"""Hostile variants of a sound request: each field that its contract has, with values that nobody means well with."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

from google.protobuf.descriptor import FieldDescriptor
from google.protobuf.message import Message

from buf.validate import validate_pb2
from tests.walks.bases import as_new
from tests.walks.requests import fill

Path = tuple[str, ...]

_FIELD: Final[Any] = validate_pb2.field

INT32: Final = (-(2**31), -1, 0, 1, 2**31 - 1)
INT64: Final = (-(2**63), -1, 0, 1, 2**31, 2**63 - 1)
MANY: Final = 100_000
"""Elements of a list that is too long for anything."""
LONG: Final = 1_000_000
"""Characters of a text that is nearly as long as a message may be."""
MARK: Final = "~q~"
SURROGATE: Final = b"\xed\xa0\x80"
"""Half of a surrogate pair, which no text may hold: it takes the place of the mark in the bytes of a message."""
DAY_SECONDS: Final = 86_400
YEARS: Final = {0: -62_167_219_200, 1: -62_135_596_800, 9999: 253_402_300_799}
"""Seconds of the first instants of the years 0 and 1, and of the last of 9999."""


def token(content: bytes) -> str:
    """A page token as the hub writes them, of any content."""
    return base64.urlsafe_b64encode(content).decode().rstrip("=")


TOKENS: Final = (
    token(b'["\\u0000"]'),
    token(b'["\\ud800"]'),
    token(b"[" * MANY),
    token(b'["0001-01-01T00:00:00+14:00", "1"]'),
    token(b'["9999-12-31T23:59:59-14:00", "1"]'),
    token(json.dumps(["1"] * 4).encode()),
    token(b"\xff\xfe"),
    "\u00e9",
)
TEXTS: Final = (
    "\0",
    "a\0b",
    f"a{MARK}",
    "",
    " ",
    "x" * LONG,
    "[" * MANY,
    "\x1b]0;title\x07",
    "'; DROP TABLE orders; --",
    "%s{0}\\",
    "\U0010ffff\ufffe\u202e",
    "9" * 400,
    "00000000-0000-0000-0000-000000000000",
    "{URN:UUID:00000000-0000-0000-0000-000000000001}",
)
NUMBERS: Final[Mapping[int, Sequence[Any]]] = {
    FieldDescriptor.TYPE_INT32: INT32,
    FieldDescriptor.TYPE_INT64: INT64,
    FieldDescriptor.TYPE_UINT32: (0, 2**32 - 1),
    FieldDescriptor.TYPE_UINT64: (0, 2**64 - 1),
    FieldDescriptor.TYPE_DOUBLE: (float("nan"), float("inf"), float("-inf"), 1e308, -1.0, 0.0),
    FieldDescriptor.TYPE_BOOL: (False, True),
    FieldDescriptor.TYPE_ENUM: (0, 1, 99, -1, 2**31 - 1),
    FieldDescriptor.TYPE_BYTES: (b"", b"\0", b"\xff" * 1000, b"[" * MANY, b"\0" * LONG),
}
SPANS: Final = (
    {"seconds": -(2**63)},
    {"seconds": 2**63 - 1},
    {"seconds": -1},
    {"nanos": -1},
    {"seconds": 1, "nanos": 2**31 - 1},
    {"seconds": 1, "nanos": -1},
    {"seconds": 10_000 * 365 * DAY_SECONDS},
)
WHOLE: Final[Mapping[str, Sequence[Mapping[str, Any]]]] = {
    "google.protobuf.Timestamp": (*SPANS, *({"seconds": seconds} for seconds in YEARS.values())),
    "google.protobuf.Duration": SPANS,
    "google.type.Money": (
        {},
        {"currency_code": "EUR", "units": 2**63 - 1, "nanos": 999_999_999},
        {"currency_code": "EUR", "units": -(2**63), "nanos": -999_999_999},
        {"currency_code": "EUR", "units": 1, "nanos": -1},
        {"currency_code": "EUR", "nanos": 2**31 - 1},
        {"currency_code": "EUR", "units": 9_999_999_999_999, "nanos": 990_000_000},
        {"currency_code": "ZZZ", "units": 1},
        {"currency_code": "JPY", "nanos": 10_000_000},
    ),
}
"""Messages that are taken as values of their own, by the fields of each hostile one."""


@dataclass(frozen=True)
class Variant:
    """A request with one field changed; `name` says which field and how, `content` gives its bytes, each time anew.

    It is `sound` where the contract takes lists as long as that: then each element may cost what it costs.
    """

    path: Path
    name: str
    content: Callable[[], bytes]
    sound: bool = False


def paths(message: Message) -> Iterator[Path]:
    """Return the path of each field of a message, however deep, each message once on its way down."""
    return _below(message.DESCRIPTOR, frozenset({message.DESCRIPTOR.full_name}))


def _below(descriptor: Any, above: frozenset[str]) -> Iterator[Path]:
    for field in descriptor.fields:
        yield (field.name,)
        inner = field.message_type
        if inner is None or inner.full_name in above or inner.GetOptions().map_entry or inner.full_name in WHOLE:
            continue
        for path in _below(inner, above | {inner.full_name}):
            yield (field.name, *path)


def variants(sound: Message, path: Path, known: Mapping[str, str]) -> Iterator[Variant]:
    """Return the hostile variants of a request at one field."""
    holder = _holder(_copy(sound), path, known)
    field = holder.DESCRIPTOR.fields_by_name[path[-1]]

    def content(value: Any) -> bytes:
        request: Any = as_new(sound)
        _put(_holder(request, path, known), field, value, known)
        return bytes(request.SerializeToString()).replace(MARK.encode(), SURROGATE)

    for number, value in enumerate(_values(field)):
        takes_many = value is MANY and field.GetOptions().Extensions[_FIELD].repeated.max_items >= MANY
        yield Variant(path, f"{'.'.join(path)} #{number} {str(value)[:40]!r}", partial(content, value), takes_many)


def _values(field: FieldDescriptor) -> list[Any]:
    """The values to try: of a list, also none, two of the same, and very many elements."""
    whole: list[Any] = [None]
    if field.message_type is not None and field.message_type.GetOptions().map_entry:
        return [None, *({text: "value"} for text in TEXTS), *({"key": text} for text in TEXTS)]
    if field.is_repeated:
        whole += [2, MANY]
    if field.message_type is not None:
        return whole + list(WHOLE.get(field.message_type.full_name, ({},)))
    if field.type == FieldDescriptor.TYPE_STRING:
        return whole + list(TOKENS if field.name == "page_token" else ()) + list(TEXTS)
    return whole + list(NUMBERS[field.type])


def _put(holder: Any, field: FieldDescriptor, value: Any, known: Mapping[str, str]) -> None:
    """Set a field: None clears it, a number is how often a list has its first element."""
    name = field.name
    if field.is_repeated and isinstance(value, int) and value in (2, MANY) and not isinstance(value, bool):
        elements = getattr(holder, name)
        if not elements:
            _append(elements, field, known)
        elements.extend([elements[0]] * (value - len(elements)))
        return
    holder.ClearField(name)
    if value is None:
        return
    if field.message_type is None:
        if field.is_repeated:
            getattr(holder, name).append(value)
        else:
            setattr(holder, name, value)
    elif field.message_type.GetOptions().map_entry:
        getattr(holder, name).update(value)
    else:
        inner = getattr(holder, name).add() if field.is_repeated else getattr(holder, name)
        inner.SetInParent()
        for part, number in value.items():
            setattr(inner, part, number)


def _append(elements: Any, field: FieldDescriptor, known: Mapping[str, str]) -> None:
    if field.message_type is not None:
        fill(elements.add(), dict(known), required_only=True)
    else:
        elements.append("x" if field.type == FieldDescriptor.TYPE_STRING else 1)


def _holder(message: Any, path: Path, known: Mapping[str, str]) -> Any:
    """Return the message that has the last field of a path; what is missing on the way is made, soundly."""
    for name in path[:-1]:
        field = message.DESCRIPTOR.fields_by_name[name]
        inner = getattr(message, name)
        if field.is_repeated:
            if not inner:
                _append(inner, field, known)
            message = inner[0]
        else:
            if not message.HasField(name):
                inner.SetInParent()
                fill(inner, dict(known), required_only=True)
            message = inner
    return message


def _copy(message: Message) -> Any:
    made = type(message)()
    made.CopyFrom(message)
    return made
