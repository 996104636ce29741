"""Columns of values as PostgreSQL arrays in binary form, so that one parameter carries a column of a whole batch.

psycopg's list dumper walks every element in Python with a dumper of its own and was the largest single cost of a batch;
here a column is packed in one pass. Wire form: PostgreSQL's `array_recv`.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
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


def _bigint(value: int) -> bytes:
    return struct.pack(">iq", 8, value)


def _boolean(value: object) -> bytes:
    return b"\0\0\0\1\1" if value else b"\0\0\0\1\0"


def _uuid(value: UUID) -> bytes:
    return b"\0\0\0\x10" + value.int.to_bytes(16, "big")


def _text(value: str) -> bytes:
    data = value.encode()
    return struct.pack(">i", len(data)) + data


def _bytes(value: bytes) -> bytes:
    return struct.pack(">i", len(value)) + value


def _jsonb(value: object) -> bytes:
    """Structs become objects, instants end in Z, decimals are texts."""
    data = _JSON.encode(value)
    return struct.pack(">i", len(data) + 1) + b"\1" + data


def _timestamptz(value: datetime) -> bytes:
    return struct.pack(">iq", 8, (value - _POSTGRES_EPOCH) // _MICROSECOND)


ENCODERS: Final[dict[str, tuple[int, int, Callable[[Any], bytes]]]] = {
    "bigint": (20, 1016, _bigint),
    "boolean": (16, 1000, _boolean),
    "uuid": (2950, 2951, _uuid),
    "text": (25, 1009, _text),
    "bytea": (17, 1001, _bytes),
    "jsonb": (3802, 3807, _jsonb),
    "timestamptz": (1184, 1185, _timestamptz),
}
"""Type name -> (oid of an element, oid of the array, encoder of one element with its length)."""


_REPEATING: Final = frozenset({"bigint", "text", "timestamptz"})
"""Types of which the columns of a batch mostly hold a few values again and again: each is encoded once."""


class _Encoded(dict[Any, bytes]):
    """Values of one column, as encoded."""

    def __init__(self, encode: Callable[[Any], bytes]) -> None:
        super().__init__({None: _NULL})
        self._encode = encode

    def __missing__(self, value: Any) -> bytes:
        data = self[value] = self._encode(value)
        return data


class Array:
    """A column of values of one type; None is NULL."""

    kind: ClassVar[str]

    def __init__(self, values: Sequence[Any]) -> None:
        self.values = values


class _ArrayDumper(Dumper):
    format = Format.BINARY

    def dump(self, obj: Array) -> bytes:
        element_oid, _, encode = ENCODERS[obj.kind]
        if not obj.values:
            return struct.pack(">iii", 0, 0, element_oid)
        if obj.kind in _REPEATING:
            parts = list(map(_Encoded(encode).__getitem__, obj.values))
        else:
            parts = [_NULL if value is None else encode(value) for value in obj.values]
        has_null = int(_NULL in parts)
        return struct.pack(">iiiii", 1, has_null, element_oid, len(parts), 1) + b"".join(parts)


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
