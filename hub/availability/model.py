"""What can be sold, as values: who asks for which part of it, and what they are told of a SKU."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from hub.kernel.scope import Scope

Withheld = Mapping[tuple[str, str], int]
"""Units that rules withhold of a SKU, by (channel, node)."""
EVERYTHING = -1
"""All units are withheld, however many there are."""


class Method(Enum):
    """How goods come to the customer."""

    SHIP = "SHIP"
    PICKUP = "PICKUP"


@dataclass(frozen=True, slots=True)
class Asking:
    """Which part is asked for: as whom, for which channel and method (empty, None: any), of which nodes (none: all)."""

    scope: Scope
    channel_id: str = ""
    method: Method | None = None
    node_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Window:
    """The nodes that count for somebody who asks, and what is kept back from their channel.

    `buffer` units are taken off the sum. `judged`: the rules in force apply, so what was not judged yet is withheld.
    """

    node_ids: frozenset[str]
    channel_id: str = ""
    buffer: int = 0
    judged: bool = False


@dataclass(frozen=True, slots=True)
class Level:
    """What can be sold of a SKU: in all, and per node; nodes without any are left out."""

    sku: str
    available: int
    by_node: Mapping[str, int]
