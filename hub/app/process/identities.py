"""Identities of a running hub: UUIDv7 of the machine's clock and the system's randomness."""

from __future__ import annotations

import os
import time
from typing import Final
from uuid import UUID

from hub.kernel.ids import uuid7_of

_RANDOM_BYTES: Final = 10
"""Of which 74 bits are used."""
_AT_ONCE: Final = 256
"""Draws for which the kernel is called once."""
_drawn: list[int] = []


def new_identity() -> UUID:
    """A new identity, later in order than those made milliseconds before."""
    try:
        random_bits = _drawn.pop()
    except IndexError:
        random_bits = _draw()
    return uuid7_of(time.time_ns() // 1_000_000, random_bits)


def _draw() -> int:
    """Draws anew; answers one draw and keeps the others."""
    drawn = os.urandom(_RANDOM_BYTES * _AT_ONCE)
    first, *others = (
        int.from_bytes(drawn[start : start + _RANDOM_BYTES], "big") for start in range(0, len(drawn), _RANDOM_BYTES)
    )
    _drawn.extend(others)
    return first


os.register_at_fork(after_in_child=_drawn.clear)  # a child must not use the draws of its parent
