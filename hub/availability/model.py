"""What can be sold, as values: who asks for which part of it, what they are told, and by which rules."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import Enum

from msgspec import Struct, field

from hub.inventory.model.supply import Claimant, Protection
from hub.kernel.scope import Scope

Withheld = Mapping[str, Mapping[str, int]]
"""Units that rules withhold of a SKU: channel -> node -> units."""
EVERYTHING = -1
"""All units are withheld, however many there are."""


class Method(Enum):
    """How goods come to the customer."""

    SHIP = "SHIP"
    PICKUP = "PICKUP"


class Asking(Struct, frozen=True):
    """Which part is asked for: as whom, for which channel and method (empty, None: any), of which nodes (none: all)."""

    scope: Scope
    channel_id: str = ""
    method: Method | None = None
    node_ids: tuple[str, ...] = ()
    demand_class: str = ""


class Window(Struct, frozen=True):
    """The nodes that count for somebody who asks, and what is kept back from them.

    `claimant` is for whom units may be kept; None: all stock is told, whoever may sell it. `buffer` units are taken off
    the sum. `judged`: the rules in force apply, so what was not judged yet is withheld.
    """

    node_ids: frozenset[str]
    claimant: Claimant | None = None
    buffer: int = 0
    judged: bool = False


class Level(Struct, frozen=True):
    """What can be sold of a SKU: in all, and per node; nodes without any are left out."""

    sku: str
    available: int
    by_node: Mapping[str, int]


class Kept(Struct, frozen=True):
    """What is kept from those who ask, whatever stock there is.

    `withheld` is what the rules in force withhold, by SKU; None: there are no rules. `protections` are by SKU, under ''
    those of every SKU.
    """

    withheld: Mapping[str, Withheld] | None = None
    protections: Mapping[str, Sequence[Protection]] = field(default_factory=dict)


class ScenarioKind(Enum):
    """Whose concern a scenario is."""

    GEOGRAPHY = "GEOGRAPHY"
    MERCHANDISING = "MERCHANDISING"
    LOGISTICS = "LOGISTICS"
    FINANCE = "FINANCE"
    STORE_OPERATIONS = "STORE_OPERATIONS"


class WithholdingRule(Struct, frozen=True):
    """Withholds units, 0 meaning all, of what its condition is true of."""

    rule_id: str
    condition: str
    units: int = 0


class Scenario(Struct, frozen=True):
    """A named set of rules in a version; `active_version` is the one that is switched on, 0 for none."""

    scenario_id: str
    kind: ScenarioKind
    title: str
    rules: tuple[WithholdingRule, ...]
    version: int = 0
    active_version: int = 0


class InForce(Struct, frozen=True):
    """The scenarios that are switched on, as one version; version 0 is before any was."""

    version: int = 0
    scenarios: Mapping[str, int] = field(default_factory=dict)


class CellChange(Struct, frozen=True):
    """What can be sold of a SKU at a node to a channel, as it is and as it would be."""

    sku: str
    node_id: str
    channel_id: str
    available: int
    available_then: int
