"""What can be promised where, in memory: moved from one cut of the feed to the next, never in between.

It is a copy to answer questions from. No claim is decided by it: the rows in the database are, under their locks.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Final

from msgspec.structs import replace

from hub.availability.model import Asking, Kept, Level, Window, Withheld
from hub.availability.policy.levels import level, window
from hub.inventory.model.feed import Cut, StockNews
from hub.network.model import Network

MOST_VIEWS: Final = 128
"""Ways of asking whose answers are kept."""
FEW_NODES: Final = 4
"""An answer about so few nodes is quickly made: it is not kept."""
MOST_NARROW_VIEWS: Final = 4_096
"""Ways of asking about a few nodes of which it is remembered which nodes those are."""

Render = Callable[[Level], bytes]
"""Makes of a level what is sent."""
_NONE: Final[Mapping[str, int]] = {}


class Board:
    """Spare units by SKU and node as of `cut`, and answers ready to be sent."""

    def __init__(self, render: Render) -> None:
        self.cut = Cut.of("0:0:")
        self.tick = 0
        self._render = render
        self._network = Network()
        self._shipping = frozenset[str]()
        self._kept = Kept()
        self._spare: dict[str, dict[str, int]] = {}
        self._changed: dict[str, int] = {}
        self._loaded_at = 0
        self._views: OrderedDict[Asking, View] = OrderedDict()
        self._narrow: OrderedDict[Asking, View] = OrderedDict()

    def __iter__(self) -> Iterator[tuple[str, str, int]]:
        """Every cell: SKU, node, spare units."""
        return ((sku, node_id, units) for sku, nodes in self._spare.items() for node_id, units in nodes.items())

    def __len__(self) -> int:
        return sum(map(len, self._spare.values()))

    def load(self, cut: Cut, spare: Mapping[str, dict[str, int]]) -> None:
        """Takes what was read as of a cut in the place of all there was."""
        self.cut, self._spare = cut, dict(spare)
        self._changed.clear()
        self._loaded_at = cut.end
        self._forget_answers()

    @property
    def network(self) -> Network:
        """The network that windows are of."""
        return self._network

    @property
    def network_version(self) -> int:
        """The network that windows are of."""
        return self._network.version

    def renew(self, network: Network, kept: Kept) -> None:
        """Takes another network, and what else is kept from those who ask."""
        self._network, self._kept = network, kept
        self._shipping = network.shipping_nodes
        self._loaded_at = max(self._loaded_at, self.cut.end)
        self._forget_answers()

    def judge(self, withheld: Mapping[str, Withheld], number: int) -> None:
        """Takes what rules withhold of some SKUs now."""
        self._kept = replace(self._kept, withheld={**(self._kept.withheld or {}), **withheld})
        self._touch(withheld, number)

    def apply(self, news: StockNews, recounted: Mapping[str, Mapping[str, int]] | None = None) -> None:
        """Moves on to the cut of the news; `recounted` is what was read, as of that cut, of the nodes they name."""
        anew = frozenset(node_id for one in news.changes for node_id in one.recounted)
        for change in news.changes:
            for sku, node_id, units in change.deltas:
                if units and node_id not in anew:
                    nodes = self._spare.get(sku)
                    if nodes is None:
                        nodes = self._spare[sku] = {}
                    nodes[node_id] = nodes.get(node_id, 0) + units
                self._changed[sku] = max(change.number, self._changed.get(sku, 0))
            for view in self._views.values():
                view.forget(sku for sku, _, _ in change.deltas)
        if anew:
            self._recount(anew, recounted or {}, max(change.number for change in news.changes))
        if news.changes:
            self.tick += 1
        self.cut = news.cut

    def view(self, asking: Asking) -> View:
        """The view of somebody who asks. Raises UnknownChannel."""
        for views in (self._views, self._narrow):
            if (known := views.get(asking)) is not None:
                views.move_to_end(asking)
                return known
        judged = self._kept.withheld is not None
        view = View(self, window(self._network, asking, judged=judged, shipping=self._shipping))
        views, most = (self._views, MOST_VIEWS) if view.keeps else (self._narrow, MOST_NARROW_VIEWS)
        views[asking] = view
        if len(views) > most:
            views.popitem(last=False)
        return view

    def level(self, sku: str, seen: Window) -> Level:
        """What can be sold of a SKU through a window."""
        return level(sku, self._spare.get(sku, _NONE), seen, self._kept)

    def rendered(self, sku: str, seen: Window) -> tuple[bytes, bool]:
        """What is sent of a SKU through a window, and whether the SKU has stock anywhere."""
        return self._render(self.level(sku, seen)), sku in self._spare

    def changed_after(self, sku: str, position: int) -> bool:
        """Whether a SKU may be another than it was at a position of the feed."""
        return position < self._loaded_at or self._changed.get(sku, 0) > position

    def _recount(self, node_ids: frozenset[str], counted: Mapping[str, Mapping[str, int]], number: int) -> None:
        for nodes in self._spare.values():
            for node_id in node_ids:
                nodes.pop(node_id, None)
        for sku, counts in counted.items():
            self._spare.setdefault(sku, {}).update(counts)
        self._touch(tuple(self._spare), number)

    def _touch(self, skus: Iterable[str], number: int) -> None:
        touched: Sequence[str] = tuple(skus)
        for sku in touched:
            self._changed[sku] = max(number, self._changed.get(sku, 0))
        for view in self._views.values():
            view.forget(touched)
        self.tick += 1

    def _forget_answers(self) -> None:
        self._views.clear()
        self._narrow.clear()
        self.tick += 1


class View(dict[str, bytes]):
    """What is sent of each SKU to somebody who asks, made when first asked for.

    About more than a few nodes it `keeps` what was made until the SKU changes.
    """

    def __init__(self, board: Board, seen: Window) -> None:
        super().__init__()
        self.window = seen
        self.keeps = len(seen.node_ids) > FEW_NODES
        self._board = board

    def __missing__(self, sku: str) -> bytes:
        made, known = self._board.rendered(sku, self.window)
        if known and self.keeps:
            self[sku] = made
        return made

    def pieces(self, skus: Iterable[str]) -> list[bytes]:
        """What is sent of SKUs, in order."""
        return [self[sku] for sku in skus]

    def forget(self, skus: Iterable[str]) -> None:
        """Has SKUs made anew when next asked for."""
        for sku in skus:
            self.pop(sku, None)
