"""Columns of values as PostgreSQL arrays in binary form, so that one parameter carries a column of a whole batch.

psycopg's list dumper walks every element in Python with a dumper of its own and was the largest single cost of a batch;
here a column is packed in one pass. Wire form: PostgreSQL's `array_recv`.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any, ClassVar, Final
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


@cache
def _integers(count: int) -> struct.Struct:
    return struct.Struct(">" + "iq" * count)


def _bigint(values: Sequence[int]) -> bytes:
    parts: list[int] = [8] * (2 * len(values))
    parts[1::2] = values
    return _integers(len(values)).pack(*parts)


def _boolean(values: Sequence[object]) -> bytes:
    return b"".join([b"\0\0\0\1\1" if value else b"\0\0\0\1\0" for value in values])


def _uuid(values: Sequence[UUID]) -> bytes:
    return _UUID_LENGTH + _UUID_LENGTH.join([value.int.to_bytes(16, "big") for value in values])


def _text(values: Sequence[str]) -> bytes:
    return _bytes([value.encode() for value in values])


def _bytes(values: Sequence[bytes]) -> bytes:
    return _after_lengths(values, _TEXT_LENGTHS, lambda length: struct.pack(">i", length))


def _jsonb(values: Sequence[object]) -> bytes:
    """Structs become objects, instants end in Z, decimals are texts."""
    data = [_JSON.encode(value) for value in values]
    return _after_lengths(data, _JSON_LENGTHS, lambda length: struct.pack(">iB", length + 1, 1))


def _after_lengths(values: Sequence[bytes], short: list[bytes], long: Callable[[int], bytes]) -> bytes:
    lengths = list(map(len, values))
    parts = [b""] * (2 * len(values))
    parts[1::2] = values
    if max(lengths) < len(short):
        parts[::2] = [short[length] for length in lengths]
    else:
        parts[::2] = map(long, lengths)
    return b"".join(parts)


def _timestamptz(values: Sequence[datetime]) -> bytes:
    return _bigint([(value - _POSTGRES_EPOCH) // _MICROSECOND for value in values])


ENCODERS: Final[dict[str, tuple[int, int, Callable[[Any], bytes]]]] = {
    "bigint": (20, 1016, _bigint),
    "boolean": (16, 1000, _boolean),
    "uuid": (2950, 2951, _uuid),
    "text": (25, 1009, _text),
    "bytea": (17, 1001, _bytes),
    "jsonb": (3802, 3807, _jsonb),
    "timestamptz": (1184, 1185, _timestamptz),
}
"""Type name -> (oid of an element, oid of the array, encoder of elements that are all there, with their lengths)."""
_COMPARED: Final = frozenset({"bigint", "boolean", "text", "timestamptz"})
"""Types of which equal values are encoded alike, and are fast to compare: many a column of a batch has one value."""


def encoded(kind: str, values: Sequence[Any]) -> bytes:
    """A column in the form of `array_recv`."""
    element_oid, _, encode = ENCODERS[kind]
    if not values:
        return struct.pack(">iii", 0, 0, element_oid)
    count, first = len(values), values[0]
    if kind in _COMPARED and values.count(first) == count:
        one = _NULL if first is None else encode([first])
        return _HEADER.pack(1, first is None, element_oid, count, 1) + one * count
    there = [value for value in values if value is not None]
    if len(there) == count:
        return _HEADER.pack(1, 0, element_oid, count, 1) + encode(values)
    if kind in _COMPARED:
        parts = list(map({None: _NULL, **{value: encode([value]) for value in set(there)}}.__getitem__, values))
    else:
        parts = [_NULL if value is None else encode([value]) for value in values]
    return _HEADER.pack(1, 1, element_oid, count, 1) + b"".join(parts)


class Array:
    """A column of values of one type; None is NULL."""

    kind: ClassVar[str]

    def __init__(self, values: Sequence[Any]) -> None:
        self.data = encoded(self.kind, values)


class _ArrayDumper(Dumper):
    format = Format.BINARY

    def dump(self, obj: Array) -> bytes:
        return obj.data


def _array_type(kind: str) -> type[Array]:
    array = type(f"{kind.capitalize()}Array", (Array,), {"kind": kind})
    dumper = type(f"{kind.capitalize()}ArrayDumper", (_ArrayDumper,), {"oid": ENCODERS[kind][1]})
    adapters.register_dumper(array, dumper)
    return array


_TYPES: Final = {kind: _array_type(kind) for kind in ENCODERS}


def array(kind: str, values: Sequence[Any]) -> Array:
    """A column as one parameter; `kind` is a key of ENCODERS."""
    return _TYPES[kind](values)


def bigints(values: Sequence[int]) -> Array:
    """A bigint[] parameter."""
    return array("bigint", values)


def texts(values: Sequence[str | None]) -> Array:
    """A text[] parameter."""
    return array("text", values)


def uuids(values: Sequence[UUID | None]) -> Array:
    """A uuid[] parameter."""
    return array("uuid", values)
