"""Nodes of the network on the wire."""

from __future__ import annotations

from typing import Final

from crossdock.common.v1 import address_pb2
from crossdock.network.v1 import network_pb2
from hub.kernel.errors import InvalidField
from hub.network.model import Coordinates, Node, NodeAddress, NodeKind, ReturnTerms
from hub.wire.codes import country_from_text, currency_from_text
from hub.wire.enums import Names
from hub.wire.instants import duration_to_pb
from hub.wire.money import money_from_pb, money_to_pb
from hub.wire.shares import share_from_text, share_to_text
from hub.wire.times import time_from_text

NODE_KINDS: Final = Names(NodeKind, network_pb2.NodeKind, "NODE_KIND")


def node_from_pb(message: network_pb2.Node, field: str) -> Node:
    """The node in a message; raises InvalidField, under `field`, for what it cannot be."""
    return Node(
        node_id=message.node_id,
        kind=NODE_KINDS.from_pb(message.kind, f"{field}.kind"),
        address=NodeAddress(
            street_lines=tuple(message.address.street_lines),
            city=message.address.city,
            country_code=country_from_text(message.address.country_code, field=f"{field}.address.country_code"),
            region_code=message.address.region_code,
            postal_code=message.address.postal_code,
        ),
        time_zone=message.time_zone,
        calendar_id=message.calendar_id,
        cut_off=time_from_text(message.cut_off, field=f"{field}.cut_off"),
        handling_cost=money_from_pb(message.handling_cost, field=f"{field}.handling_cost"),
        warehouse_account_id=message.warehouse_account_id,
        title=message.title,
        inbound_processing_days=message.inbound_processing_days,
        returns=_return_terms(message.returns, f"{field}.returns") if message.HasField("returns") else None,
        erp_account_id=message.erp_account_id,
        variance_units=message.variance_units,
        daily_capacity=message.daily_capacity,
        variance_value=money_from_pb(message.variance_value, field=f"{field}.variance_value")
        if message.HasField("variance_value")
        else None,
        attributes=dict(message.attributes),
        coordinates=coordinates_from_pb(message.coordinates) if message.HasField("coordinates") else None,
        skills=frozenset(message.skills),
        processing_days=_processing_days(message, field),
        accept_within_seconds=message.accept_within.seconds,
        transfer_service_code=message.transfer_service_code,
        owner_id=message.owner_id,
    )


def _processing_days(message: network_pb2.Node, field: str) -> dict[str, int]:
    """Working days by class; raises InvalidField for a class that stands twice."""
    days: dict[str, int] = {}
    for index, one in enumerate(message.processing_times):
        if one.item_class in days:
            name = f"{field}.processing_times[{index}].item_class"
            raise InvalidField(f"{name} {one.item_class} stands twice; state it once.", **{name: "given twice"})
        days[one.item_class] = one.working_days
    return days


def node_to_pb(node: Node) -> network_pb2.Node:
    """A node as a message."""
    return network_pb2.Node(
        node_id=node.node_id,
        kind=NODE_KINDS.to_pb(node.kind),
        title=node.title,
        address=address_pb2.PostalAddress(
            street_lines=node.address.street_lines,
            city=node.address.city,
            region_code=node.address.region_code,
            postal_code=node.address.postal_code,
            country_code=node.address.country_code,
        ),
        time_zone=node.time_zone,
        calendar_id=node.calendar_id,
        cut_off=f"{node.cut_off:%H:%M}",
        inbound_processing_days=node.inbound_processing_days,
        handling_cost=money_to_pb(node.handling_cost),
        warehouse_account_id=node.warehouse_account_id,
        erp_account_id=node.erp_account_id,
        closed=node.closed,
        transfer_service_code=node.transfer_service_code,
        owner_id=node.owner_id,
        variance_units=node.variance_units,
        daily_capacity=node.daily_capacity,
        variance_value=None if node.variance_value is None else money_to_pb(node.variance_value),
        returns=_return_terms_to_pb(node.returns) if node.returns else None,
        attributes=dict(node.attributes),
        coordinates=coordinates_to_pb(node.coordinates) if node.coordinates else None,
        skills=sorted(node.skills),
        processing_times=[
            network_pb2.ProcessingTime(item_class=item_class, working_days=days)
            for item_class, days in sorted(node.processing_days.items())
        ],
        accept_within=duration_to_pb(node.accept_within_seconds) if node.accept_within_seconds else None,
    )


def coordinates_from_pb(message: network_pb2.Coordinates) -> Coordinates:
    """A place in a message."""
    return Coordinates(message.latitude, message.longitude)


def coordinates_to_pb(place: Coordinates) -> network_pb2.Coordinates:
    """A place as a message."""
    return network_pb2.Coordinates(latitude=place.latitude, longitude=place.longitude)


def _return_terms(message: network_pb2.ReturnTerms, field: str) -> ReturnTerms:
    cost = message.handling_cost
    return ReturnTerms(
        sell_through=share_from_text(message.sell_through, field=f"{field}.sell_through"),
        handling_cost=money_from_pb(cost, field=f"{field}.handling_cost")
        if message.HasField("handling_cost")
        else None,
        currency=currency_from_text(message.currency_code, field=f"{field}.currency_code")
        if message.currency_code
        else "",
    )


def _return_terms_to_pb(terms: ReturnTerms) -> network_pb2.ReturnTerms:
    return network_pb2.ReturnTerms(
        sell_through=share_to_text(terms.sell_through),
        handling_cost=money_to_pb(terms.handling_cost) if terms.handling_cost else None,
        currency_code=terms.currency,
    )
