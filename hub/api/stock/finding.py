"""Who near a place has a SKU, or a variant of a style, that can really be bought there."""

from __future__ import annotations

from typing import Final

from crossdock.inventory.v1 import inventory_pb2 as pb
from hub.api.deps import ServiceDeps
from hub.api.edge.calls import Call
from hub.availability.policy.nearness import nearest, place_asked
from hub.catalog import operations as catalog
from hub.kernel.errors import InvalidField
from hub.network.model import Coordinates, Network
from hub.wire.codes import country_from_text
from hub.wire.setup.nodes import coordinates_from_pb
from hub.wire.stock.availability import asking_of, found_to_pb

DEFAULT_NODES: Final = 10
MOST_SKUS: Final = 200
"""SKUs of a style that are looked for."""
STYLE: Final = "style"
"""Attribute of items by which variants belong together."""


class Finding:
    """Finds nodes by place and stock."""

    def __init__(self, deps: ServiceDeps) -> None:
        self._deps = deps

    async def find(self, request: pb.FindNodesRequest, call: Call) -> pb.FindNodesResponse:
        """The nearest nodes that have it."""
        memory = self._deps.availability
        await memory.ready(call.deadline)
        await memory.reached(request.min_position, call.deadline)
        skus = await self._skus(request)
        board = memory.board
        window = board.view(asking_of(request, call.scope)).window
        place = _place(request, board.network)
        wanted = request.quantity or 1
        levels = {sku: board.level(sku, window).by_node for sku in skus}
        nodes = []
        for meters, node in nearest(board.network, place, window.node_ids, within_meters=request.within_meters):
            there = {sku: units for sku, by_node in levels.items() if (units := by_node.get(node.node_id, 0)) >= wanted}
            if there:
                nodes.append(found_to_pb(node, meters, there))
            if len(nodes) == (request.node_limit or DEFAULT_NODES):
                break
        position = max(board.cut.position, request.min_position)
        return pb.FindNodesResponse(nodes=nodes, skus=skus, position=position)

    async def _skus(self, request: pb.FindNodesRequest) -> list[str]:
        """The SKU asked for, or those of the style."""
        if bool(request.sku) == bool(request.style):
            raise InvalidField("State either a SKU or a style.", sku="or a style", style="or a SKU")
        if request.sku:
            return [request.sku]
        wanted = {**request.attributes, STYLE: request.style}
        async with self._deps.database.reading() as tx:
            return await catalog.skus_with(tx, wanted, MOST_SKUS)


def _place(request: pb.FindNodesRequest, network: Network) -> Coordinates:
    if request.HasField("coordinates"):
        return coordinates_from_pb(request.coordinates)
    if not request.country_code or not request.postal_code:
        raise InvalidField(
            "State a place: coordinates, or a country and a postal code.", postal_code="missing", country_code="missing"
        )
    country = country_from_text(request.country_code, field="country_code")
    return place_asked(network, country, request.postal_code)
