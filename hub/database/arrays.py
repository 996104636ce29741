"""Columns of values as PostgreSQL arrays in binary form, so that one parameter carries a column of a whole batch.

psycopg's list dumper walks every element in Python with a dumper of its own and was the largest single cost of a batch;
here a column is packed in one pass. Wire form: PostgreSQL's `array_recv`.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any, Final, NamedTuple
from uuid import UUID

import msgspec
from psycopg import adapters
from psycopg.adapt import Dumper
from psycopg.pq import Format

_POSTGRES_EPOCH: Final = datetime(2000, 1, 1, tzinfo=UTC)
_MICROSECOND: Final = timedelta(microseconds=1)
_NULL: Final = struct.pack(">i", -1)
_JSON: Final = msgspec.json.Encoder()

_TEXT_LENGTHS: Final = [struct.pack(">i", length) for length in range(256)]
_JSON_LENGTHS: Final = [struct.pack(">iB", length + 1, 1) for length in range(1024)]
"""What stands before a short text or document of each length; a document in binary form begins with a version."""
_UUID_LENGTH: Final = struct.pack(">i", 16)
_HEADER: Final = struct.Struct(">iiiii")
_BIGINT: Final = struct.Struct(">iq")


@cache
def _integers(count: int) -> struct.Struct:
    return struct.Struct(">" + "iq" * count)


def _bigints(values: Sequence[int]) -> bytes:
    parts: list[int] = [8] * (2 * len(values))
    parts[1::2] = values
    return _integers(len(values)).pack(*parts)


def _bigint(value: int) -> bytes:
    return _BIGINT.pack(8, value)


def _booleans(values: Sequence[object]) -> bytes:
    return b"".join(map(_boolean, values))


def _boolean(value: object) -> bytes:
    return b"\0\0\0\1\1" if value else b"\0\0\0\1\0"


def _uuids(values: Sequence[UUID]) -> bytes:
    return _UUID_LENGTH + _UUID_LENGTH.join([value.int.to_bytes(16, "big") for value in values])


def _uuid(value: UUID) -> bytes:
    return _UUID_LENGTH + value.int.to_bytes(16, "big")


def _texts(values: Sequence[str]) -> bytes:
    return _after_lengths([value.encode() for value in values], _TEXT_LENGTHS, _text_length)


def _text(value: str) -> bytes:
    return _byte_string(value.encode())


def _byte_strings(values: Sequence[bytes]) -> bytes:
    return _after_lengths(values, _TEXT_LENGTHS, _text_length)


def _byte_string(value: bytes) -> bytes:
    return (_TEXT_LENGTHS[len(value)] if len(value) < len(_TEXT_LENGTHS) else _text_length(len(value))) + value


def _text_length(length: int) -> bytes:
    return struct.pack(">i", length)


def _documents(values: Sequence[object]) -> bytes:
    """Structs become objects, instants end in Z, decimals are texts."""
    return _after_lengths([_JSON.encode(value) for value in values], _JSON_LENGTHS, _document_length)


def _document(value: object) -> bytes:
    data = _JSON.encode(value)
    return _document_length(len(data)) + data


def _document_length(length: int) -> bytes:
    return struct.pack(">iB", length + 1, 1)


def _after_lengths(values: Sequence[bytes], short: list[bytes], long: Callable[[int], bytes]) -> bytes:
    lengths = list(map(len, values))
    parts = [b""] * (2 * len(values))
    parts[1::2] = values
    if max(lengths) < len(short):
        parts[::2] = [short[length] for length in lengths]
    else:
        parts[::2] = map(long, lengths)
    return b"".join(parts)


def _instants(values: Sequence[datetime]) -> bytes:
    return _bigints([(value - _POSTGRES_EPOCH) // _MICROSECOND for value in values])


def _instant(value: datetime) -> bytes:
    return _BIGINT.pack(8, (value - _POSTGRES_EPOCH) // _MICROSECOND)


class _Kind(NamedTuple):
    """How a type of PostgreSQL travels: its oid and its array's, and its elements, one or many, with their lengths.

    Where equal values are fast to `compare`, one stands for all: many a column of a batch has but one.
    """

    oid: int
    array_oid: int
    one: Callable[[Any], bytes]
    many: Callable[[Any], bytes]
    compare: bool = True


KINDS: Final = {
    "bigint": _Kind(20, 1016, _bigint, _bigints),
    "boolean": _Kind(16, 1000, _boolean, _booleans),
    "uuid": _Kind(2950, 2951, _uuid, _uuids, compare=False),
    "text": _Kind(25, 1009, _text, _texts),
    "bytea": _Kind(17, 1001, _byte_string, _byte_strings, compare=False),
    "jsonb": _Kind(3802, 3807, _document, _documents, compare=False),
    "timestamptz": _Kind(1184, 1185, _instant, _instants),
}


class Array(bytes):
    """A column of values of one type in the form of `array_recv`."""


class _ArrayDumper(Dumper):
    format = Format.BINARY

    def dump(self, obj: Array) -> bytes:
        return obj


def _array_type(kind: str) -> type[Array]:
    array = type(f"{kind.capitalize()}Array", (Array,), {})
    dumper = type(f"{kind.capitalize()}ArrayDumper", (_ArrayDumper,), {"oid": KINDS[kind].array_oid})
    adapters.register_dumper(array, dumper)
    return array


_TYPES: Final = {kind: _array_type(kind) for kind in KINDS}


def array(kind: str, values: Sequence[Any]) -> Array:
    """A column as one parameter; `kind` is a key of KINDS, None is NULL."""
    oid, _, one, many, compare = KINDS[kind]
    count = len(values)
    if not count:
        return _TYPES[kind](struct.pack(">iii", 0, 0, oid))
    first = values[0]
    if count == 1 or ((compare or first is None) and values.count(first) == count):
        element = _NULL if first is None else one(first)
        return _TYPES[kind](_HEADER.pack(1, first is None, oid, count, 1) + element * count)
    there = [value for value in values if value is not None]
    if len(there) == count:
        return _TYPES[kind](_HEADER.pack(1, 0, oid, count, 1) + many(values))
    if compare:
        element_of = {None: _NULL, **{value: one(value) for value in set(there)}}
        elements = [element_of[value] for value in values]
    else:
        elements = [_NULL if value is None else one(value) for value in values]
    return _TYPES[kind](_HEADER.pack(1, 1, oid, count, 1) + b"".join(elements))


def bigints(values: Sequence[int]) -> Array:
    """A bigint[] parameter."""
    return array("bigint", values)


def texts(values: Sequence[str | None]) -> Array:
    """A text[] parameter."""
    return array("text", values)


def uuids(values: Sequence[UUID | None]) -> Array:
    """A uuid[] parameter."""
    return array("uuid", values)
