"""Identities: time-ordered UUIDs (RFC 9562 version 7), made from an instant and random bits that are handed in."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Final, NewType
from uuid import UUID, SafeUUID

from msgspec import convert, to_builtins

from hub.kernel.instant import Instant, micros

OrderId = NewType("OrderId", UUID)
FulfillmentOrderId = NewType("FulfillmentOrderId", UUID)
ShipmentId = NewType("ShipmentId", UUID)
PartyId = NewType("PartyId", UUID)

_MILLISECONDS: Final = ((1 << 48) - 1) << 80
_VERSION_7: Final = 0x7 << 76 | 0b10 << 62
_HIGH_BITS: Final = ((1 << 12) - 1) << 64
_LOW_BITS: Final = (1 << 62) - 1
"""Where a version 7 UUID has its time, its version and variant, and its random bits."""

_NEW: Final = UUID.__new__
_SET: Final = object.__setattr__
_UNKNOWN: Final = SafeUUID.unknown

Identities = Callable[[], UUID]
"""Gives a new identity at each call; `app` hands in one that reads clock and randomness, tests a counted one."""


def uuid7(at: Instant, random_bits: int) -> UUID:
    """A version 7 UUID: 48 bits of milliseconds of `at`, 74 of `random_bits`."""
    return uuid7_of(micros(at) // 1000, random_bits)


def uuid7_of(milliseconds: int, random_bits: int) -> UUID:
    """The same of milliseconds since 1970."""
    value = (milliseconds & (1 << 48) - 1) << 80
    value |= 0x7 << 76 | (random_bits >> 62 & 0xFFF) << 64
    value |= 0b10 << 62 | random_bits & (1 << 62) - 1
    return _uuid(value)


def derived(parent: UUID, *parts: str | int) -> UUID:
    """An identity that follows from a parent and parts: the same give the same, in the time order of the parent.

    For things whose making may be tried again (a capture of a shipment, a command of a document), so that a repeat
    meets the first one instead of standing beside it.
    """
    parent_value, name = parent.int, parent.hex
    for part in parts:
        name += f"/{part}"
    bits = int.from_bytes(hashlib.sha256(name.encode()).digest()[:10], "big")
    return _uuid(parent_value & _MILLISECONDS | _VERSION_7 | bits << 2 & _HIGH_BITS | bits & _LOW_BITS)


def text_of(identity: UUID) -> str:
    """What `str` makes of it, without a call of Python: an order's identities are written some fifteen times."""
    text: str = to_builtins(identity)
    return text


def identity_of(text: str) -> UUID:
    """The identity that a text of hexadecimal digits and hyphens names. Raises ValueError."""
    return convert(text, UUID)


def _uuid(value: int) -> UUID:
    """`UUID(int=value)` without its checks of every other way to make one: an order has some fifteen identities."""
    made = _NEW(UUID)
    _SET(made, "int", value)
    _SET(made, "is_safe", _UNKNOWN)
    return made
