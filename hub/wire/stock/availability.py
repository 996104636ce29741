"""What can be sold on the wire. Answers are put together from pieces that were made beforehand, one per SKU."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Final

from crossdock.inventory.v1 import inventory_pb2 as pb
from crossdock.orders.v1 import orders_pb2
from hub.availability.model import Asking, Level, Method
from hub.kernel.scope import Scope
from hub.network.model import Node

_AVAILABILITY: Final = b"\x0a"
"""Tag of field 1, of bytes: `availability` in answers and in messages of a watch alike; a test compares."""
_POSITION: Final = b"\x10"
"""Tag of field 2, a number: `position`."""

_METHODS: Final = {
    orders_pb2.DELIVERY_METHOD_UNSPECIFIED: None,
    orders_pb2.DELIVERY_METHOD_SHIP: Method.SHIP,
    orders_pb2.DELIVERY_METHOD_PICKUP: Method.PICKUP,
}


def asking_of(request: pb.FindNodesRequest, scope: Scope) -> Asking:
    """Which part somebody asks for who looks for a node."""
    return Asking(scope, request.channel_id, _METHODS[request.delivery_method])


def found_to_pb(node: Node, distance_meters: int, available: Mapping[str, int]) -> pb.FoundNode:
    """A node that has what was asked for."""
    return pb.FoundNode(
        node_id=node.node_id, title=node.title, distance_meters=distance_meters, available_by_sku=available
    )


def asking_from_pb(request: pb.GetAvailabilityRequest | pb.WatchAvailabilityRequest, scope: Scope) -> Asking:
    """Which part is asked for, as whom."""
    nodes = tuple(sorted(request.node_ids)) if request.node_ids else ()
    return Asking(scope, request.channel_id, _METHODS[request.delivery_method], nodes, request.demand_class)


def piece(level: Level) -> bytes:
    """A level as it stands in an answer: field 1 of it."""
    content = pb.Availability(
        sku=level.sku, available=level.available, available_by_node=level.by_node
    ).SerializeToString()
    return _AVAILABILITY + varint(len(content)) + content


@lru_cache(maxsize=1024)
def position_piece(position: int) -> bytes:
    """The position as it stands in an answer: field 2 of it."""
    return _POSITION + varint(position) if position else b""


def varint(value: int) -> bytes:
    """A number from 0 in the base-128 form of protobuf."""
    made = bytearray()
    while value > 0x7F:
        made.append(value & 0x7F | 0x80)
        value >>= 7
    made.append(value)
    return bytes(made)
