"""Identities of a running hub: UUIDv7 of the machine's clock and the system's randomness."""

from __future__ import annotations

import secrets
from datetime import UTC, datetime
from uuid import UUID

from hub.kernel.ids import uuid7

_RANDOM_BITS = 74


def new_identity() -> UUID:
    """A new identity, later in order than those made milliseconds before."""
    return uuid7(datetime.now(UTC), secrets.randbits(_RANDOM_BITS))
