"""Policies by which orders of a channel are sourced: what plans cost beside rates, and what is allowed."""

from __future__ import annotations

import hashlib
from typing import Final

from msgspec import Struct

from hub.kernel.money import Money


class SourcingRule(Struct, frozen=True):
    """Orders of which `when` is true (empty: all) ship only from nodes of which `nodes` is true; both are CEL."""

    rule_id: str
    nodes: str
    when: str = ""


class Markdown(Struct, frozen=True):
    """What is lost on a unit of an item class (empty: of any) that stays at a node until it is sold off there."""

    node_id: str
    item_class: str
    amount: Money


class SourcingPolicy(Struct, frozen=True):
    """What plans of a channel cost beside parcel rates and handling, and how far an order may be split.

    `split_cost` is that of each parcel beyond the first; None: the fewest parcels come first, whatever they cost.
    `pick_cost` is that of a unit, `pack_cost` that of a parcel, `freight_per_kg` comes on top of a parcel's rate, and
    `late_day_cost` counts per parcel and day that it arrives after the earliest that could be. Of `returned_permille`
    of the units the node's return handling is expected. `most_parcels` limits the parcels of an order; 0: nothing does.
    `rules` say which nodes may ship what, whatever it costs. `carbon_cost_per_kg` is that of CO2, by the grams that
    lanes state, and a unit that ships avoids the first of the `markdowns` that names it.
    `import_flow` is how goods pass customs (a name of `Flow`): if stated, duty, tax and fees that the seller pays at a
    border count, `without_import_tax` without the tax.
    Orders placed in one span of `cool_down_seconds` are sourced again together at its end; 0: each is released at once.
    `opportunity_permille` of a unit's value where it lies counts as a cost of shipping it. Values rest on what a unit
    costs that an order or a buyer in a store does not get, until nodes have new stock after `stock_days` (0: 14 days).
    """

    split_cost: Money | None = None
    pick_cost: Money | None = None
    pack_cost: Money | None = None
    freight_per_kg: Money | None = None
    late_day_cost: Money | None = None
    returned_permille: int = 0
    most_parcels: int = 0
    rules: tuple[SourcingRule, ...] = ()
    carbon_cost_per_kg: Money | None = None
    markdowns: tuple[Markdown, ...] = ()
    cool_down_seconds: int = 0
    opportunity_permille: int = 0
    lost_order_cost: Money | None = None
    lost_buyer_cost: Money | None = None
    stock_days: int = 0
    import_flow: str = ""
    without_import_tax: bool = False

    @property
    def values_stock(self) -> bool:
        """Whether what units are worth where they lie is computed."""
        return self.lost_order_cost is not None or self.lost_buyer_cost is not None

    def markdown(self, node_id: str, item_class: str) -> Money | None:
        """Return what is lost on a unit of an item class that stays at a node; None where nothing is."""
        named = (one for one in self.markdowns if one.node_id == node_id and one.item_class in ("", item_class))
        return next((one.amount for one in named), None)

    def amounts(self) -> list[Money]:
        """The amounts that it states."""
        stated: tuple[Money | None, ...]
        stated = (self.split_cost, self.pick_cost, self.pack_cost, self.freight_per_kg, self.late_day_cost)
        stated += (self.carbon_cost_per_kg, self.lost_order_cost, self.lost_buyer_cost)
        amounts = [amount for amount in stated if amount is not None]
        return amounts + [markdown.amount for markdown in self.markdowns]


JUDGED_AFTER: Final = 100
"""Orders that are compared before a trial may be stopped, unless it states a number."""


class SourcingTrial(Struct, frozen=True):
    """A sourcing policy that is tried: `share_permille` of the orders ship by it, others are compared only.

    After `judged_after` orders it is stopped where its plans cost more than `most_cost_permille` above those of the
    policy that counts, or of a thousand orders more than the other limits split, or arrive later than they could.
    """

    name: str
    policy: SourcingPolicy
    share_permille: int = 0
    judged_after: int = JUDGED_AFTER
    most_cost_permille: int = 0
    most_split_permille: int = 0
    most_late_permille: int = 0
    stopped_because: str = ""

    def takes(self, channel_reference: str) -> bool:
        """Whether an order ships by the tried policy: the same orders everywhere and always."""
        if self.stopped_because or not self.share_permille:
            return False
        drawn = int.from_bytes(hashlib.sha256(f"{self.name}/{channel_reference}".encode()).digest()[:8], "big")
        return drawn % 1000 < self.share_permille
