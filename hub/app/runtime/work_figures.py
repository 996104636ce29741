"""Figures of a process's own work: transactions of flows, how many orders each served, and connections."""

from __future__ import annotations

from collections.abc import Sequence

from hub.database.pool import Database
from hub.observability.figures import SIZES, Figure, Level, Spread


class FlowFigures:
    """Measures transactions that were committed."""

    def __init__(self) -> None:
        self._seconds = Spread("crossdock.flow", "How long transactions of flows took, begin to commit.", ("flow",))
        self._orders = Spread(
            "crossdock.flow.orders",
            "How many orders one transaction of a flow served.",
            ("flow",),
            bounds=SIZES,
            unit="1",
        )

    @property
    def figures(self) -> Sequence[Figure]:
        """What was measured."""
        return self._seconds, self._orders

    def commit(self, flow: str, *, orders: int, seconds: float) -> None:
        """Take a transaction that was committed."""
        self._seconds.note(seconds, flow)
        self._orders.note(orders, flow)


def connections_of(database: Database) -> Figure:
    """Return the figure of a process's connections to its database."""
    return Level(
        "crossdock.connections",
        "Connections to the database: open, idle, and transactions waiting for one.",
        ("state",),
        lambda: {(state,): float(count) for state, count in database.connections().items()},
    )
