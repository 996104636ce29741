"""Routing of what comes back: the places for units of a return, the route of each line, the node for a parcel."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from hub.cases.case import Case
from hub.cases.context import FlowContext
from hub.catalog.model import Item
from hub.kernel.ids import derived
from hub.returns.model import Return, ReturnLine
from hub.returns.policy.places import Journey, Origin, places_for
from hub.returns.policy.routing import Place, RoutedUnits, best_for_all, best_place

Places = tuple[list[Place], dict[str, str]]


def route(
    flow: FlowContext,
    case: Case,
    rma: Return,
    lines: Sequence[ReturnLine],
    items: Mapping[str, Item],
    at_node: str = "",
) -> list[RoutedUnits]:
    """The route of each line's units, alone; `at_node` says where they are, empty: with the customer."""
    return [
        _routed(
            flow, rma, line, _places(flow, case, line, sum(line.quantity for line in lines), items, at_node), at_node
        )
        for line in lines
    ]


def route_together(
    flow: FlowContext, case: Case, rma: Return, items: Mapping[str, Item]
) -> tuple[str, list[RoutedUnits]]:
    """The node for a parcel of all lines, where most comes of them together (empty: none takes all), and their routes.

    Nodes that are not chosen for the parcel are left out of the routes with that reason.
    """
    units = sum(line.quantity for line in rma.lines)
    known = [(line, _places(flow, case, line, units, items, "")) for line in rma.lines]
    node_id = best_for_all([(line.quantity, places) for line, (places, _) in known]) or ""
    if not node_id:
        return "", []
    routes = []
    for line, (places, excluded) in known:
        left_out: dict[str, str] = {}
        if best_place(places, excluded=excluded).node_id != node_id:
            others = {place.node_id for place in places} - {node_id}
            left_out = dict.fromkeys(others, f"more comes of the parcel as a whole at {node_id}")
        routes.append(_routed(flow, rma, line, (places, excluded | left_out), ""))
    return node_id, routes


def _places(
    flow: FlowContext, case: Case, line: ReturnLine, units: int, items: Mapping[str, Item], at_node: str
) -> Places:
    network, order = flow.network, case.order
    journey = Journey(
        item=items.get(line.sku) or Item(line.sku),
        origin=Origin(order.destination, at_node),
        currency=order.currency,
        service_code=network.channel(order.channel_id).default_service_code,
        units=units,
    )
    return places_for(network, list(network.nodes.values()), journey)


def _routed(flow: FlowContext, rma: Return, line: ReturnLine, known: Places, at_node: str) -> RoutedUnits:
    places, excluded = known
    return RoutedUnits(
        route_id=derived(rma.return_id, "route", line.line_number, at_node, len(rma.disposed)),
        return_id=rma.return_id,
        line_number=line.line_number,
        sku=line.sku,
        quantity=line.quantity,
        decided_at=flow.at,
        network_version=flow.network.version,
        route=best_place(places, excluded=excluded),
    )
