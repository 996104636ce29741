"""Items and bundles as values."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from enum import Enum

from msgspec import Struct, field

from hub.kernel.money import Money


class ItemState(Enum):
    """How far an item may be sold."""

    ACTIVE = "ACTIVE"
    DRAFT = "DRAFT"
    ENDED = "ENDED"


class Component(Struct, frozen=True):
    """`quantity` units of an item in one bundle; the item is not itself a bundle."""

    sku: str
    quantity: int


class Resale(Struct, frozen=True):
    """What a unit that came back sells for, and which share of such units does (None: what the node says).

    It counts at a node, at a kind of node, or, without both, everywhere.
    """

    value: Money
    sell_through: Decimal | None = None
    node_id: str = ""
    node_kind: str = ""


class Item(Struct, frozen=True):
    """One thing that can be ordered, counted and shipped; with `components`, a bundle, which holds no stock itself.

    `prices` maps an ISO 4217 code to the list price of one unit; empty `hs_code` and `origin_country` are unknown.
    `version` counts its changes; of an item to be written it is the one to be replaced, 0 for any. Nodes without one of
    `required_skills` do not ship it; how long it takes there follows from `item_class`.
    """

    sku: str
    title: str = ""
    state: ItemState = ItemState.ACTIVE
    hs_code: str = ""
    origin_country: str = ""
    weight_grams: int = 0
    unit_code: str = "EA"
    prices: Mapping[str, Money] = field(default_factory=dict)
    components: tuple[Component, ...] = ()
    attributes: Mapping[str, str] = field(default_factory=dict)
    resales: tuple[Resale, ...] = ()
    version: int = 0
    volume_cm3: int = 0
    item_class: str = ""
    required_skills: frozenset[str] = frozenset()

    @property
    def is_bundle(self) -> bool:
        """Whether it is made of other items."""
        return bool(self.components)
