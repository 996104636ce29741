"""Rows for COPY in binary form, packed in one pass. Wire form: PostgreSQL's `COPY ... (FORMAT binary)`."""

from __future__ import annotations

import struct
from collections.abc import Iterable
from typing import Final

_HEAD: Final = b"PGCOPY\n\xff\r\n\0" + struct.pack(">ii", 0, 0)
_END: Final = struct.pack(">h", -1)
_NUMBERS: Final = struct.Struct(">iqiq")
_LENGTH: Final = struct.Struct(">i")


class _Texts(dict[str, bytes]):
    """Texts with their lengths, each packed once, behind what stands before each."""

    def __init__(self, before: bytes) -> None:
        super().__init__()
        self._before = before

    def __missing__(self, text: str) -> bytes:
        data = text.encode()
        packed = self[text] = self._before + _LENGTH.pack(len(data)) + data
        return packed


def keyed_numbers(rows: Iterable[tuple[str, str, int, int]]) -> bytes:
    """Rows of two texts and two bigints as the whole input of a COPY."""
    first, second, numbers = _Texts(struct.pack(">h", 4)), _Texts(b""), _NUMBERS.pack
    parts = [_HEAD]
    for one, other, left, right in rows:
        parts.append(first[one])
        parts.append(second[other])
        parts.append(numbers(8, left, 8, right))
    parts.append(_END)
    return b"".join(parts)
