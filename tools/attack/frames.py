"""HTTP/2 as bytes: calls that no client library would make, such as one whose body never comes.

Nothing here reads answers or counts windows: whoever sends this obeys no rule that it does not have to.
"""

from __future__ import annotations

import asyncio
import struct
from collections.abc import Iterable
from typing import Final

_DATA: Final = 0x0
_HEADERS: Final = 0x1
_RESET: Final = 0x3
_SETTINGS: Final = 0x4
_ENDS_STREAM: Final = 0x1
_ACKNOWLEDGES: Final = 0x1
_ENDS_HEADERS: Final = 0x4
_CANCEL: Final = 0x8
_SEVEN_BITS: Final = 0x7F
_FIRST_BYTES: Final = 1024

Headers = Iterable[tuple[str, str]]


def opening() -> bytes:
    """Return what a connection begins with: the preface and empty settings."""
    return b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + _frame(_SETTINGS, 0, 0, b"")


def call(stream: int, path: str, headers: Headers = ()) -> bytes:
    """Return the headers of a call on a stream (odd numbers, counting up); its body may come or not."""
    fields = [
        (":method", "POST"),
        (":scheme", "http"),
        (":path", path),
        (":authority", "hub"),
        ("content-type", "application/grpc"),
        ("te", "trailers"),
        *headers,
    ]
    block = b"".join(b"\x00" + _text(name) + _text(value) for name, value in fields)
    return _frame(_HEADERS, _ENDS_HEADERS, stream, block)


def message(stream: int, content: bytes) -> bytes:
    """Return the one message of a call, and its end; it must be smaller than a frame of 16 KiB."""
    return _frame(_DATA, _ENDS_STREAM, stream, b"\x00" + struct.pack(">I", len(content)) + content)


def reset(stream: int) -> bytes:
    """Return the end of a call that its caller gives up."""
    return _frame(_RESET, 0, stream, struct.pack(">I", _CANCEL))


async def connected(address: str) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    """Return a connection to HOST:PORT that has begun, as one that keeps the rules so far. Raises OSError."""
    host, _, port = address.rpartition(":")
    reader, writer = await asyncio.open_connection(host, int(port))
    writer.write(opening())
    await reader.read(_FIRST_BYTES)
    writer.write(_frame(_SETTINGS, _ACKNOWLEDGES, 0, b""))
    return reader, writer


def _frame(kind: int, flags: int, stream: int, payload: bytes) -> bytes:
    return struct.pack(">I", len(payload))[1:] + struct.pack(">BBI", kind, flags, stream) + payload


def _text(text: str) -> bytes:
    """A text as HPACK writes it that compresses nothing."""
    content = text.encode()
    return _length(len(content)) + content


def _length(length: int) -> bytes:
    if length < _SEVEN_BITS:
        return bytes([length])
    rest, octets = length - _SEVEN_BITS, [_SEVEN_BITS]
    while rest > _SEVEN_BITS:
        octets.append(rest & _SEVEN_BITS | 0x80)
        rest >>= 7
    return bytes([*octets, rest])
