"""A view of availability that was not asked before costs the nodes that it asks about, not the network."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeVar

import pytest
from msgspec.structs import replace

from hub.availability.model import Asking, Kept, Level, Method
from hub.availability.policy.board import FEW_NODES, MOST_NARROW_VIEWS, MOST_VIEWS, Board
from hub.availability.policy.levels import window
from hub.inventory.model.feed import Cut
from hub.kernel.scope import HUB
from hub.network.model import Network, NodeKind
from tests.unit.network.networks import a_channel, a_lane, a_network, a_node

K = TypeVar("K")
V = TypeVar("V")

STORES = [f"ST-{number:03}" for number in range(300)]


class Watched(dict[K, V]):
    """A mapping that counts how many of its keys are walked over."""

    walked = 0

    def __iter__(self) -> Iterator[K]:
        for key in super().__iter__():
            self.walked += 1
            yield key


def rendered(level: Level) -> bytes:
    return repr((level.sku, level.available, sorted(level.by_node.items()))).encode()


@pytest.fixture
def network() -> Network:
    nodes = [
        a_node(name, closed=number % 50 == 1, kind=NodeKind.STORE if number % 3 else NodeKind.SUPPLIER)
        for number, name in enumerate(STORES)
    ]
    channels = [a_channel("ALL"), a_channel("SOME", node_ids=frozenset(STORES[:10]), stock_buffer=2)]
    lanes = [a_lane(name) for name in STORES[::2]]
    return a_network(nodes=nodes, lanes=lanes, channels=channels)


@pytest.fixture
def board(network: Network) -> Board:
    board = Board(rendered)
    board.load(Cut.of("1:1:"), {"SHIRT": dict.fromkeys(STORES, 5), "HAT": {"ST-004": 1}})
    board.renew(network, Kept())
    return board


def test_a_view_not_asked_before_walks_over_no_lane_and_only_over_the_nodes_asked_for(network: Network) -> None:
    lanes, nodes, spare = Watched(network.lanes), Watched(network.nodes), Watched(dict.fromkeys(STORES, 5))
    board = Board(rendered)
    board.load(Cut.of("1:1:"), {"SHIRT": spare})
    board.renew(replace(network, lanes=lanes, nodes=nodes), Kept())
    lanes.walked = nodes.walked = spare.walked = 0

    for name in STORES:
        view = board.view(Asking(HUB, node_ids=(name,), method=Method.SHIP))
        assert (name.encode() in view["SHIRT"]) == (name in STORES[::2])

    assert (lanes.walked, nodes.walked, spare.walked) == (0, 0, 0)


@pytest.mark.parametrize("method", [None, *Method])
@pytest.mark.parametrize("channel", ["", "ALL", "SOME"])
@pytest.mark.parametrize("count", [0, 1, FEW_NODES, FEW_NODES + 1, 60])
def test_whatever_is_asked_is_answered_alike_kept_or_not(
    board: Board, network: Network, count: int, channel: str, method: Method | None
) -> None:
    asking = Asking(HUB, channel, method, tuple(STORES[:count]))
    ship, stores = {key[0] for key in network.lanes}, set(STORES)
    sells = (network.channels[channel].node_ids or stores) if channel else stores
    expected = {
        name
        for name, node in network.nodes.items()
        if (not count or name in STORES[:count])
        and name in sells
        and not (channel and node.closed)
        and (method is not Method.SHIP or name in ship)
        and (method is not Method.PICKUP or node.kind is NodeKind.STORE)
    }

    assert window(network, asking, judged=False).node_ids == expected
    assert board.view(asking).window == window(network, asking, judged=False)
    level = board.level("SHIRT", board.view(asking).window)
    assert level.by_node == dict.fromkeys(expected, 5)
    assert [board.view(asking)["SHIRT"] for _ in range(2)] == [rendered(level)] * 2


def test_stores_that_ask_for_themselves_do_not_push_out_what_channels_ask(board: Board) -> None:
    shop = board.view(Asking(HUB, "ALL"))
    kept = shop["SHIRT"]
    stores = [board.view(Asking(HUB, node_ids=(name,))) for name in STORES]

    assert len(STORES) > MOST_VIEWS
    assert board.view(Asking(HUB, "ALL")) is shop
    assert shop == {"SHIRT": kept}
    assert all(board.view(Asking(HUB, node_ids=(name,))) is view for name, view in zip(STORES, stores, strict=True))
    assert not any(stores)


def test_ways_of_asking_are_forgotten_the_oldest_first(board: Board) -> None:
    first = board.view(Asking(HUB, node_ids=("ST-000",)))
    for number in range(MOST_NARROW_VIEWS):
        board.view(Asking(HUB, node_ids=("ST-000",), demand_class=str(number)))

    assert board.view(Asking(HUB, node_ids=("ST-000",))) is not first
