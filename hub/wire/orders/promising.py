"""Promises on the wire."""

from __future__ import annotations

from typing import Final

from crossdock.promising.v1 import promising_pb2 as pb
from hub.cases.intake.quotes import PromiseRequest
from hub.kernel.errors import InvalidField, inside
from hub.promising.model import (
    ConsideredNodes,
    DeliveryMode,
    ExclusionReason,
    FrozenQuote,
    PromiseConfidence,
    PromisedPart,
    PromiseOption,
    PromiseQuote,
    WishAnswer,
    WishOutcome,
)
from hub.trade.model.landed_cost import LandedQuestion
from hub.wire.codes import country_from_text, currency_from_text
from hub.wire.defaults import meant
from hub.wire.enums import Names
from hub.wire.instants import shared_instant
from hub.wire.money import money_from_pb, money_to_pb
from hub.wire.trade import DECLARATIONS, FLOWS, INCOTERMS, landed_cost_to_pb
from hub.wire.wishes import wish_from_pb, wish_to_pb

MODES: Final = Names(DeliveryMode, pb.DeliveryMode, "DELIVERY_MODE")
CONFIDENCES: Final = Names(PromiseConfidence, pb.PromiseConfidence, "PROMISE_CONFIDENCE")
OUTCOMES: Final = Names(WishOutcome, pb.WishOutcome, "WISH_OUTCOME")
EXCLUSIONS: Final = Names(ExclusionReason, pb.ExclusionReason, "EXCLUSION_REASON")


def request_from_pb(message: pb.QuotePromisesRequest) -> PromiseRequest:
    """What a message asks for. Raises InvalidField for a country that is none."""
    return PromiseRequest(
        channel_id=message.channel_id,
        country=country_from_text(message.to_country_code, field="to_country_code"),
        lines=tuple((line.sku, line.quantity) for line in message.lines),
        service_codes=tuple(message.service_codes),
        demand_class=message.demand_class,
        each_line_alone=message.each_line_alone,
        region_code=message.to_region_code,
        postal_code=message.to_postal_code,
        pickup_node_ids=tuple(message.pickup_node_ids),
        landed=_question(message),
        wish=wish_from_pb(message.wish) if message.HasField("wish") else None,
        services=tuple(frozenset(line.value_added_services) for line in message.lines),
    )


def _question(message: pb.QuotePromisesRequest) -> LandedQuestion | None:
    """What is asked about landed cost, if anything. Raises InvalidField, also for values that nobody asks for."""
    values = tuple(
        money_from_pb(line.value, field=f"lines[{index}].value") if line.HasField("value") else None
        for index, line in enumerate(message.lines)
    )
    if not message.HasField("landed_cost"):
        for index in (index for index, value in enumerate(values) if value is not None):
            field = f"lines[{index}].value"
            raise InvalidField(
                f"{field} is for landed cost alone; ask for landed_cost, too.", **{field: "not asked for"}
            )
        return None
    asked = message.landed_cost
    with inside("landed_cost"):
        return LandedQuestion(
            flow=FLOWS.from_pb(asked.flow, "flow"),
            incoterm=INCOTERMS.from_pb(meant(asked, "incoterm"), "incoterm"),
            declaration=DECLARATIONS.from_pb(meant(asked, "declaration"), "declaration"),
            currency=currency_from_text(asked.currency_code, field="currency_code"),
            values=values,
        )


def frozen_to_pb(frozen: FrozenQuote) -> pb.PromiseQuote:
    """A quote that is kept, with its id, as a message."""
    message = quote_to_pb(frozen.quote)
    message.quote_id = str(frozen.quote_id)
    message.reservation_ids.extend(str(one) for one in frozen.reservation_ids)
    return message


def quote_to_pb(quote: PromiseQuote) -> pb.PromiseQuote:
    """The quote as a message."""
    return pb.PromiseQuote(
        lines=[pb.PromiseLine(sku=sku, quantity=units) for sku, units in quote.lines],
        options=[_option(option) for option in quote.options],
        nodes=[_nodes(nodes) for nodes in quote.nodes],
        expire_time=shared_instant(quote.expires_at),
        wish_answer=_answer(quote.wish_answer) if quote.wish_answer else None,
    )


def _answer(answer: WishAnswer) -> pb.WishAnswer:
    return pb.WishAnswer(outcome=OUTCOMES.to_pb(answer.outcome), detail=answer.detail)


def _option(option: PromiseOption) -> pb.PromiseOption:
    return pb.PromiseOption(
        number=option.number,
        mode=MODES.to_pb(option.mode),
        service_code=option.service_code,
        deliver_from_time=shared_instant(option.deliver_from),
        deliver_by_time=shared_instant(option.deliver_by),
        order_by_time=shared_instant(option.order_by),
        delivery_fee=None if option.fee is None else money_to_pb(option.fee),
        cost=None if option.cost is None else money_to_pb(option.cost),
        confidence=CONFIDENCES.to_pb(option.confidence),
        parts=[_part(part) for part in option.parts],
        pickup_node_id=option.pickup_node_id,
        landed_costs=[landed_cost_to_pb(one.cost, {}) for one in option.landed],
        carbon_grams=option.carbon_grams,
        wish=wish_to_pb(option.wish),
    )


def _part(part: PromisedPart) -> pb.DeliveryPromise:
    return pb.DeliveryPromise(
        line_number=part.line_number,
        sku=part.sku,
        quantity=part.quantity,
        node_id=part.node_id,
        ship_time=shared_instant(part.dates.ship_at),
        deliver_by_time=shared_instant(part.dates.deliver_by),
    )


def _nodes(nodes: ConsideredNodes) -> pb.ConsideredNodes:
    return pb.ConsideredNodes(
        service_code=nodes.service_code,
        node_ids=nodes.node_ids,
        coverable_quantity=nodes.coverable,
        least_cost=None if nodes.least_cost is None else money_to_pb(nodes.least_cost),
        exclusion=EXCLUSIONS.to_pb(nodes.exclusion) if nodes.exclusion else None,
        detail=nodes.detail,
    )
