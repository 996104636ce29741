"""Where a returned unit may go, and what each place makes of it: from the network's costs and the item's resale values.

The costs are those of sourcing: a unit that is with the customer travels a lane backward at the lane's rate, one that
is at a node travels the lane from there, and stays for nothing. Choosing among the places is left to `routing`.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from msgspec import Struct

from hub.catalog.model import Item, Resale
from hub.kernel.money import Money
from hub.network.model import Network, Node, ReturnTerms
from hub.network.model.carriers import Destination, Load
from hub.network.policy.freight import route_by
from hub.returns.policy.routing import Place

NO_TERMS: Final = "it takes no returns"


class Origin(Struct, frozen=True):
    """Where units are: at a node, or, without one, with the customer of a destination."""

    place: Destination
    node_id: str = ""


class Journey(Struct, frozen=True):
    """What travels: an item's units from an origin, `units` to a parcel, of an order in `currency`."""

    item: Item
    origin: Origin
    currency: str
    service_code: str
    units: int = 1


def places_for(network: Network, nodes: Sequence[Node], journey: Journey) -> tuple[list[Place], dict[str, str]]:
    """The places among `nodes`, and the other nodes with the reason why each is none."""
    places: list[Place] = []
    excluded: dict[str, str] = {}
    for node in sorted(nodes, key=lambda one: one.node_id):
        terms = node.returns
        freight = _freight(network, node, journey)
        if terms is None:
            excluded[node.node_id] = NO_TERMS
        elif (terms.currency or node.handling_cost.currency) != journey.currency:
            own = terms.currency or node.handling_cost.currency
            excluded[node.node_id] = f"its bookkeeping is in {own}, the order is in {journey.currency}"
        elif freight is None:
            excluded[node.node_id] = f"no {journey.service_code} lane between it and {_from(journey.origin)}"
        else:
            places.append(_place(node, terms, journey, freight))
    return places, excluded


def _place(node: Node, terms: ReturnTerms, journey: Journey, freight: Money) -> Place:
    currency = node.handling_cost.currency
    resale = _resale(journey.item, node, currency)
    value = resale.value if resale else journey.item.prices.get(currency, Money.zero(currency))
    stated = resale.sell_through if resale else None
    return Place(
        node_id=node.node_id,
        resale=value,
        sell_through=terms.sell_through if stated is None else stated,
        freight=Money.of(freight.decimal() / Decimal(journey.units), currency),
        handling=terms.handling_cost or node.handling_cost,
    )


def _freight(network: Network, node: Node, journey: Journey) -> Money | None:
    """The rate of a parcel to the node; None where goods do not travel so."""
    origin = journey.origin
    load = Load(journey.item.weight_grams * journey.units, journey.item.volume_cm3 * journey.units)
    if origin.node_id == node.node_id:
        return Money.zero(node.handling_cost.currency)
    if origin.node_id:
        start, place = origin.node_id, network.place_of(node)
    else:
        start, place = node.node_id, origin.place
    route = route_by(network, start, place, journey.service_code, load)
    return route.rate if route else None


def _resale(item: Item, node: Node, currency: str) -> Resale | None:
    """What the item states for the node: for it, for its kind, for everywhere, in this order."""
    fitting = [
        resale
        for resale in item.resales
        if resale.value.currency == currency
        and resale.node_id in {"", node.node_id}
        and resale.node_kind in {"", node.kind.value}
    ]
    return min(fitting, key=lambda one: (not one.node_id, not one.node_kind), default=None)


def _from(origin: Origin) -> str:
    return origin.node_id or str(origin.place)
