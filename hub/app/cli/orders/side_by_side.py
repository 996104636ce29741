"""What orders ship by two policies, side by side: as rows of a table, as figures of a picture, and in sentences."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from crossdock.sourcing.v1 import sourcing_pb2 as pb
from hub.app.cli.plotting import Figure
from hub.kernel.money import Money
from hub.wire.money import money_from_pb

COUNTS: Final[Mapping[str, str]] = {
    "parcels": "parcel_count",
    "orders in several parcels": "split_order_count",
    "orders later than they could be": "late_order_count",
    "units that wait": "waiting_quantity",
    "grams of CO2": "carbon_grams",
}
"""What is counted -> the field of the figures."""
_BAR: Final = 20
"""Characters of the longer of two bars."""


@dataclass
class Side:
    """What orders ship by one policy, added up; the cost is in minor units of `currency`.

    `limited_parcels` leave nodes with a daily capacity, `parcels_over` of them beyond it, and `busiest_percent` is the
    greatest share of its capacity that a node has on a day.
    """

    orders: int = 0
    counts: dict[str, int] = field(default_factory=lambda: dict.fromkeys(COUNTS.values(), 0))
    cost: int = 0
    currency: str = ""
    by_node: dict[str, int] = field(default_factory=dict)
    limited_parcels: int = 0
    parcels_over: int = 0
    busiest_percent: int = 0

    def add(self, figures: pb.ShippedFigures) -> None:
        """Adds what more orders ship."""
        self.orders += figures.order_count
        for name in self.counts:
            self.counts[name] += getattr(figures, name)
        if figures.HasField("cost"):
            cost = money_from_pb(figures.cost, field="cost")
            self.cost, self.currency = self.cost + cost.minor, cost.currency
        for node_id, parcels in figures.parcel_count_by_node.items():
            self.by_node[node_id] = self.by_node.get(node_id, 0) + parcels

    def take_places(self, days: Iterable[tuple[int, int]]) -> None:
        """Counts what parcels take of nodes' capacities: (parcels, capacity) of each node and day with a limit."""
        for parcels, capacity in days:
            self.limited_parcels += parcels
            self.parcels_over += max(0, parcels - capacity)
            self.busiest_percent = max(self.busiest_percent, 100 * parcels // capacity)

    def money(self, minor: int) -> str:
        """An amount in words; nothing where nothing shipped."""
        return str(Money(minor, self.currency)) if self.currency else ""

    def json(self) -> dict[str, object]:
        """The figures for a program."""
        return {
            "orders": self.orders,
            "cost": self.cost,
            "currency": self.currency,
            **self.counts,
            "limited_parcels": self.limited_parcels,
            "parcels_over_capacity": self.parcels_over,
            "busiest_percent": self.busiest_percent,
            "parcels_by_node": dict(sorted(self.by_node.items())),
        }


def rows(first: Side, second: Side) -> Iterator[tuple[object, ...]]:
    """Both sides as rows of a table: what, each value, and a bar for each."""
    for name, values in figures(first, second):
        yield (
            name,
            *(words for _, words in values),
            *("█" * (max(0, int(value)) * _BAR // _most(values)) for value, _ in values),
        )


def figures(first: Side, second: Side) -> list[Figure]:
    """Both sides as figures of a picture."""
    sides = (first, second)
    found: list[Figure] = [("cost", [(side.cost, side.money(side.cost)) for side in sides])]
    found += [(what, _plain(*(side.counts[name] for side in sides))) for what, name in COUNTS.items()]
    if any(side.limited_parcels for side in sides):
        found.append(("parcels at nodes with a limit", _plain(*(side.limited_parcels for side in sides))))
        found.append(("parcels over the limit of a day", _plain(*(side.parcels_over for side in sides))))
        found.append(("busiest day of a node, % of limit", _plain(*(side.busiest_percent for side in sides))))
    for node_id in sorted({*first.by_node, *second.by_node}):
        found.append((f"parcels from {node_id}", _plain(*(side.by_node.get(node_id, 0) for side in sides))))
    return found


def benefits(decided: Side, rehearsed: Side) -> str:
    """What the second does better or worse than the first, in a sentence."""
    saved = decided.cost - rehearsed.cost
    share = f" ({abs(saved) / abs(decided.cost):.1%})" if decided.cost else ""
    parts = [f"cost {decided.money(abs(saved)) or 'nothing'} {'less' if saved >= 0 else 'more'}{share}"]
    for what, name in COUNTS.items():
        change = rehearsed.counts[name] - decided.counts[name]
        if change:
            parts.append(f"{abs(change)} {what} {'more' if change > 0 else 'less'}")
    over = rehearsed.parcels_over - decided.parcels_over
    if over:
        parts.append(f"{abs(over)} parcels over a node's limit {'more' if over > 0 else 'less'}")
    return f"By it {decided.orders} orders would {'; '.join(parts)}."


def _plain(*values: int) -> list[tuple[float, str]]:
    return [(value, str(value)) for value in values]


def _most(values: Iterable[tuple[float, str]]) -> int:
    return max(1, *(int(value) for value, _ in values))
