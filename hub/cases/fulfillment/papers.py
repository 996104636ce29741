"""The papers of fulfillment orders that cross a customs border, made of their order when they are asked for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from uuid import UUID

from msgspec import Struct

from hub.cases.case import Case
from hub.fulfillment.lifecycle import FulfillmentState
from hub.fulfillment.model import FulfillmentLine, Shipment
from hub.kernel.instant import Instant
from hub.kernel.money import Money, first_units
from hub.network.model import Network, Node
from hub.orders.model import Order, OrderLine
from hub.parties.model import Contact
from hub.promising.policy.dates import local_day
from hub.trade.errors import PapersIncomplete
from hub.trade.model.landed_cost import Incoterm, Landed
from hub.trade.model.papers import ConsignmentPapers, PaperGoods, PaperParty
from hub.trade.model.rules import TradeRules
from hub.trade.policy.papers import paper_form, refuse_incomplete, seller_imports

_WITHOUT_GOODS = frozenset({FulfillmentState.CANCELED, FulfillmentState.REJECTED})


class PapersContext(Struct, frozen=True):
    """What papers are made with beside their order; `landed` is as quoted, `stated` the incoterm of the request."""

    network: Network
    rules: TradeRules
    recipient: Contact
    landed: Sequence[Landed]
    stated: Incoterm | None
    at: Instant


def papers_of(case: Case, context: PapersContext) -> list[ConsignmentPapers]:
    """Return the papers of each fulfillment order that crosses a customs border, oldest first.

    Amounts of a line are counted on from one fulfillment order to the next, so that together they are the line's.
    Raises PapersIncomplete.
    """
    gone = Counter[int]()
    papers = []
    for work in sorted(case.fulfillment_orders, key=lambda one: (one.created_at, one.fulfillment_order_id)):
        if work.state in _WITHOUT_GOODS:
            continue
        node = context.network.node(work.node_id)
        day = local_day(node, context.at)
        if context.rules.crosses(node.address.country_code, case.order.ship_to_country, day):
            made = _papers(case, work.fulfillment_order_id, work.lines, node, day, gone, context)
            refuse_incomplete(made)
            papers.append(made)
        for line in work.lines:
            gone[line.line_number] += line.quantity
    return papers


def papers_of_shipment(
    case: Case, shipment: Shipment, gone: Counter[int], context: PapersContext
) -> ConsignmentPapers | None:
    """Return the papers of a parcel by the rules of the day on which it left; None where it crosses no customs border.

    `gone` are the units declared before, by line: amounts are counted on from them. Raises PapersIncomplete.
    """
    node = context.network.node(shipment.node_id)
    day = local_day(node, shipment.shipped_at)
    if not context.rules.crosses(node.address.country_code, case.order.ship_to_country, day):
        return None
    made = _papers(case, shipment.fulfillment_order_id, shipment.lines, node, day, gone, context)
    refuse_incomplete(made)
    return made


def _papers(
    case: Case,
    fulfillment_order_id: UUID,
    lines: Sequence[FulfillmentLine],
    node: Node,
    day: date,
    gone: Counter[int],
    context: PapersContext,
) -> ConsignmentPapers:
    order, quoted = case.order, context.landed[0].consignment if context.landed else None
    incoterm = quoted.incoterm if quoted else Incoterm.__members__.get(order.incoterm) or context.stated
    if incoterm is None:
        raise PapersIncomplete(str(fulfillment_order_id), ["the order has no incoterm, and the request states none"])
    units = Counter[int]()
    for line in lines:
        units[line.line_number] += line.quantity
    goods = [_goods(line, order.currency, gone, units) for line in order.lines if units[line.line_number]]
    value = Money(sum(one.value.minor for one in goods), order.currency)
    flow = quoted.flow if quoted else None
    return ConsignmentPapers(
        consignment_id=str(fulfillment_order_id),
        order_number=order.channel_reference,
        day=day,
        form=paper_form(value, sum(one.net_grams for one in goods), context.rules.exchange_rates, day),
        incoterm=incoterm,
        flow=flow,
        exporter=_node_party(node),
        recipient=recipient_party(context.recipient),
        seller_imports=seller_imports(incoterm, flow),
        goods=goods,
        freight=Money(_freight(order, gone, units), order.currency),
        registrations=context.rules.registered(
            order.seller_id, {node.address.country_code, order.ship_to_country}, day
        ),
    )


def _goods(line: OrderLine, currency: str, gone: Counter[int], units: Counter[int]) -> PaperGoods:
    count = units[line.line_number]
    return PaperGoods(
        line_number=line.line_number,
        sku=line.sku,
        description=line.title,
        hs_code=line.hs_code,
        origin=line.origin_country,
        quantity=count,
        net_grams=line.weight_grams * count,
        value=Money(_value(line, gone[line.line_number] + count) - _value(line, gone[line.line_number]), currency),
    )


def _value(line: OrderLine, count: int) -> int:
    """What the first `count` units of a line cost without tax."""
    return first_units(line.total_minor - line.tax_minor, line.quantity, count)


def _freight(order: Order, gone: Counter[int], units: Counter[int]) -> int:
    """The part of the charges, without tax, that the goods have by value, counted on from those before."""
    charges = sum(charge.total_minor - charge.tax_minor for charge in order.charges)
    whole = sum(line.total_minor - line.tax_minor for line in order.lines)
    if not whole:
        return 0
    before = sum(_value(line, gone[line.line_number]) for line in order.lines)
    until = sum(_value(line, gone[line.line_number] + units[line.line_number]) for line in order.lines)
    return first_units(charges, whole, until) - first_units(charges, whole, before)


def _node_party(node: Node) -> PaperParty:
    address = node.address
    return PaperParty(
        name=node.title,
        street_lines=address.street_lines,
        city=address.city,
        country_code=address.country_code,
        region_code=address.region_code,
        postal_code=address.postal_code,
    )


def recipient_party(contact: Contact) -> PaperParty:
    """Return who receives as papers name them."""
    address = contact.address
    return PaperParty(
        name=contact.name,
        company=contact.company,
        phone=contact.phone,
        street_lines=address.street_lines if address else (),
        city=address.city if address else "",
        country_code=address.country_code if address else "",
        region_code=address.region_code if address else "",
        postal_code=address.postal_code if address else "",
    )
