"""Promises on the wire."""

from __future__ import annotations

from typing import Final

from crossdock.promising.v1 import promising_pb2 as pb
from hub.promising.model import (
    ConsideredNode,
    DeliveryMode,
    ExclusionReason,
    PromiseConfidence,
    PromisedPart,
    PromiseOption,
    PromiseQuote,
)
from hub.wire.enums import Names
from hub.wire.instants import instant_to_pb
from hub.wire.money import money_to_pb

MODES: Final = Names(DeliveryMode, pb.DeliveryMode, "DELIVERY_MODE")
CONFIDENCES: Final = Names(PromiseConfidence, pb.PromiseConfidence, "PROMISE_CONFIDENCE")
EXCLUSIONS: Final = Names(ExclusionReason, pb.ExclusionReason, "EXCLUSION_REASON")


def quote_to_pb(quote: PromiseQuote) -> pb.PromiseQuote:
    """The quote as a message."""
    return pb.PromiseQuote(
        lines=[pb.PromiseLine(sku=sku, quantity=units) for sku, units in quote.lines],
        options=[_option(option) for option in quote.options],
        nodes=[_node(node) for node in quote.nodes],
        expire_time=instant_to_pb(quote.expires_at),
    )


def _option(option: PromiseOption) -> pb.PromiseOption:
    return pb.PromiseOption(
        number=option.number,
        mode=MODES.to_pb(option.mode),
        service_code=option.service_code,
        deliver_from_time=instant_to_pb(option.deliver_from),
        deliver_by_time=instant_to_pb(option.deliver_by),
        order_by_time=instant_to_pb(option.order_by),
        delivery_fee=None if option.fee is None else money_to_pb(option.fee),
        cost=None if option.cost is None else money_to_pb(option.cost),
        confidence=CONFIDENCES.to_pb(option.confidence),
        parts=[_part(part) for part in option.parts],
    )


def _part(part: PromisedPart) -> pb.DeliveryPromise:
    return pb.DeliveryPromise(
        line_number=part.line_number,
        sku=part.sku,
        quantity=part.quantity,
        node_id=part.node_id,
        ship_time=instant_to_pb(part.dates.ship_at),
        deliver_by_time=instant_to_pb(part.dates.deliver_by),
    )


def _node(node: ConsideredNode) -> pb.ConsideredNode:
    return pb.ConsideredNode(
        node_id=node.node_id,
        service_code=node.service_code,
        coverable_quantity=node.coverable,
        cost=None if node.cost is None else money_to_pb(node.cost),
        exclusion=EXCLUSIONS.to_pb(node.exclusion) if node.exclusion else None,
        detail=node.detail,
    )
