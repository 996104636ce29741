"""How much gRPC connections of an api process may take: how many there are, and how long they live."""

from __future__ import annotations

from msgspec import Struct


class ConnectionSettings(Struct, frozen=True):
    """Settings of gRPC connections; `table` describes each. Times are in seconds.

    `most` are open at any time, each with `streams` calls under way.
    """

    most: int = 4096
    streams: int = 1024
    idle_seconds: int = 600
    age_seconds: int = 14_400
    grace_seconds: int = 3600
