"""Things that happen at an instant."""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct

from hub.kernel.instant import Instant

Act = Callable[[], str]


class Deed(Struct, frozen=True):
    """Something that happens at an instant: `act` does it and answers a sentence about it."""

    at: Instant
    act: Act
