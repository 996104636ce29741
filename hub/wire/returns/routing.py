"""Routes of returned units on the wire."""

from __future__ import annotations

from crossdock.returns.v1 import routing_pb2 as pb
from hub.returns.policy.routing import Considered, RoutedUnits
from hub.wire.instants import instant_to_pb
from hub.wire.money import money_to_pb
from hub.wire.shares import share_to_text


def route_to_pb(routed: RoutedUnits) -> pb.ReturnRoute:
    """The route with every place looked at."""
    route = routed.route
    return pb.ReturnRoute(
        line_number=routed.line_number,
        sku=routed.sku,
        quantity=routed.quantity,
        node_id=route.node_id or "",
        pays=route.pays,
        places=[_place(one) for one in route.considered],
        explanation=route.explanation,
        decide_time=instant_to_pb(routed.decided_at),
        network_version=routed.network_version,
    )


def _place(considered: Considered) -> pb.ReturnPlace:
    place = considered.place
    if place is None:
        return pb.ReturnPlace(node_id=considered.node_id, not_chosen_because=considered.because)
    return pb.ReturnPlace(
        node_id=considered.node_id,
        resale=money_to_pb(place.resale),
        sell_through=share_to_text(place.sell_through),
        freight=money_to_pb(place.freight),
        handling=money_to_pb(place.handling),
        outcome=f"{place.outcome:f}",
        not_chosen_because=considered.because,
    )
