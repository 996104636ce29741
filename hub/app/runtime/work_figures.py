"""Figures of a process's own work: transactions of flows, how many orders each served, and connections."""

from __future__ import annotations

from collections.abc import Sequence

from hub.database.pool import Database
from hub.observability.figures import SIZES, Count, Figure, Level, Spread


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

        self._promises = Count(
            "crossdock.promises",
            "Parcels that arrived, by channel and by whether that was by the day last promised (kept, late).",
            ("channel", "outcome"),
        )

    @property
    def figures(self) -> Sequence[Figure]:
        """What was measured."""
        return self._seconds, self._orders, self._promises

    def commit(self, flow: str, *, orders: int, seconds: float) -> None:
        """Take a transaction that was committed."""
        self._seconds.note(seconds, flow)
        self._orders.note(orders, flow)

    def arrive(self, channel_id: str, *, kept: bool) -> None:
        """Take a parcel that arrived, by the day promised or later."""
        self._promises.add(channel_id, "kept" if kept else "late")


def connections_of(database: Database) -> Figure:
    """Return the figure of a process's connections to its database."""
    return Level(
        "crossdock.connections",
        "Connections to the database: open, idle, and transactions waiting for one.",
        ("state",),
        lambda: {(state,): float(count) for state, count in database.connections().items()},
    )
