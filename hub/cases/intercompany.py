"""Goods that change their owner: a seller ships what another owns, or goods come back to the node of another.

Each such unit is an entry, and a document for the ERP of the channel. The value is what the customer paid for the units
without tax; units of a line have it by the cumulative proportion, so that entries of a line sum to its share exactly.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from uuid import UUID

from msgspec import Struct

from hub.cases import outgoing
from hub.cases.case import Case
from hub.fulfillment.model import FulfillmentLine, Shipment
from hub.kernel.ids import derived
from hub.kernel.instant import Instant
from hub.kernel.money import first_units
from hub.messages.erp import DocumentKind
from hub.network.model import Channel, Network
from hub.orders.model import OrderLine
from hub.slices.lifecycle import GONE
from hub.slices.policy import units
from hub.trade.model.intercompany import IntercompanyCause, IntercompanyEntry


class Handover(Struct, frozen=True):
    """Units of order lines that left a node, or came to it: (line number, quantity), in an order of their own."""

    cause: IntercompanyCause
    subject_id: UUID
    node_id: str
    lines: Sequence[tuple[int, int]]
    occurred_at: Instant
    reference: str = ""


def shipped(shipment: Shipment) -> Handover:
    """The units of a parcel that left, or that were collected."""
    lines = [(line.line_number, line.quantity) for line in shipment.lines]
    return Handover(IntercompanyCause.SHIPPED, shipment.shipment_id, shipment.node_id, lines, shipment.shipped_at)


def hand(case: Case, network: Network, handover: Handover, known: Iterable[IntercompanyEntry] = ()) -> None:
    """Notes that units changed their owner; nothing where the node belongs to the order's seller, or to no seller.

    `known` are the order's entries so far; those that this flow makes count as well.
    """
    node = network.nodes.get(handover.node_id)
    seller = case.order.seller_id
    if node is None or node.owner_id in {"", seller}:
        return
    giver, taker = (node.owner_id, seller) if handover.cause is IntercompanyCause.SHIPPED else (seller, node.owner_id)
    standing = [*known, *case.effects.intercompany]
    made: list[IntercompanyEntry] = []
    for line_number, quantity in handover.lines:
        line = case.order.line(line_number)
        if line is None:
            continue
        before = _before(case, handover, [*standing, *made], line_number, quantity)
        made.append(_entry(case, handover, line, quantity, before, giver, taker))
    case.effects.intercompany += made
    _post(case, network.channel(case.order.channel_id), handover, made, giver, taker)


def _before(
    case: Case, handover: Handover, standing: Sequence[IntercompanyEntry], line_number: int, quantity: int
) -> int:
    """Units of the line that were valued before these: what left before, or what came back to others before."""
    if handover.cause is IntercompanyCause.SHIPPED:
        gone = units((slice_ for slice_ in case.slices if slice_.line_number == line_number), GONE)
        return gone - quantity
    return sum(
        one.quantity for one in standing if one.cause is IntercompanyCause.RETURNED and one.line_number == line_number
    )


def _entry(
    case: Case, handover: Handover, line: OrderLine, quantity: int, before: int, giver: str, taker: str
) -> IntercompanyEntry:
    net = line.total_minor - line.tax_minor
    value = first_units(net, line.quantity, before + quantity) - first_units(net, line.quantity, before)
    return IntercompanyEntry(
        entry_id=derived(handover.subject_id, "intercompany", handover.reference, line.line_number, before),
        order_id=case.order_id,
        cause=handover.cause,
        subject_id=handover.subject_id,
        reference=handover.reference,
        node_id=handover.node_id,
        line_number=line.line_number,
        sku=line.sku,
        quantity=quantity,
        from_seller_id=giver,
        to_seller_id=taker,
        value_minor=value,
        currency=case.order.currency,
        occurred_at=handover.occurred_at,
    )


def _post(
    case: Case,
    channel: Channel,
    handover: Handover,
    made: Sequence[IntercompanyEntry],
    giver: str,
    taker: str,
) -> None:
    lines = [
        outgoing.posted_line(case, FulfillmentLine(one.line_number, one.quantity, one.sku), value_minor=one.value_minor)
        for one in made
    ]
    if lines:
        subject = derived(handover.subject_id, "intercompany", handover.reference, handover.node_id)
        outgoing.post_to_erp(
            case,
            channel,
            DocumentKind.INTERCOMPANY,
            subject,
            lines,
            node_id=handover.node_id,
            subject_id=handover.subject_id,
            sellers=(giver, taker),
        )
