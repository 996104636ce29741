"""The feed of stock changes as values: where a reader stands, and what came since."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct


class Cut(Struct, frozen=True):
    """A point in the feed of stock changes: a snapshot of PostgreSQL, as text, and its bounds.

    Whatever has a number below `horizon` is settled and seen; of the numbers up to the snapshot's end those in
    `pending` were not.
    """

    snapshot: str
    horizon: int
    end: int
    pending: frozenset[int] = frozenset()

    @classmethod
    def of(cls, snapshot: str) -> Cut:
        """The cut of a snapshot's text, `xmin:xmax:xip,xip`."""
        horizon, end, pending = snapshot.split(":")
        return cls(
            snapshot, int(horizon), int(end), frozenset(map(int, pending.split(","))) if pending else frozenset()
        )

    @property
    def position(self) -> int:
        """The number up to which everything is seen."""
        return self.horizon - 1

    def shows(self, number: int) -> bool:
        """Whether a transaction that was committed under a number is seen."""
        return number < self.end and number not in self.pending


class Noted(Struct, frozen=True):
    """What one transaction noted in the feed; `deltas` are (sku, node_id, units added to what can be promised).

    `recounted` are nodes of which too much changed to say it, `judged` SKUs whose rules were judged anew; `renewed`:
    the network or the rules in force are others. `noted_at` is machine time in seconds, shortly before the commit.
    """

    number: int
    deltas: Sequence[tuple[str, str, int]]
    recounted: frozenset[str]
    judged: frozenset[str]
    renewed: bool
    noted_at: float


class StockNews(Struct, frozen=True):
    """What came between two cuts, in no order, and the later cut; `read_at` is machine time in seconds.

    Not `complete`: the feed was forgotten beyond the earlier cut, so what is missing can only be loaded anew.
    """

    cut: Cut
    changes: Sequence[Noted]
    read_at: float
    complete: bool


class Publication(Struct, frozen=True):
    """How far a channel was told of stock: of every change that the snapshot `seen` shows.

    While it is told more than one step takes, it will have seen `until` at the end, and was told of SKUs up to
    `after_sku`; `whole`: of all its stock, not only of changes. `basis` is what its levels rest on beside stock.
    """

    channel_id: str
    basis: str
    seen: str
    until: str | None = None
    after_sku: str = ""
    whole: bool = True
