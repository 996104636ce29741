"""What partners are told of a case: releases to nodes, parcels to carriers, progress to channel, ERP and customer.

Every message names an identity derived from what it is about, so that the same fact is told once.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from msgspec.structs import replace

from hub.cases.case import Case
from hub.fulfillment.model import FulfillmentLine, FulfillmentOrder, Shipment
from hub.kernel.ids import derived
from hub.kernel.instant import iso
from hub.kernel.money import first_units
from hub.network.model import Channel, Network
from hub.payments.model import Holder
from hub.slices.lifecycle import GONE, WAITING
from hub.slices.policy import units


def fulfillment_lane(fulfillment_order: FulfillmentOrder) -> str:
    """The lane of a fulfillment order: a cancel never overtakes its release."""
    return f"fulfillment:{fulfillment_order.account_id}:{fulfillment_order.fulfillment_order_id}"


def release(case: Case, fulfillment_order: FulfillmentOrder) -> None:
    """Hands a fulfillment order to its node."""
    payload = {
        "fulfillment_order_id": str(fulfillment_order.fulfillment_order_id),
        "order_id": str(case.order_id),
        "node_id": fulfillment_order.node_id,
        "lines": [{**line_of(line), "title": _title(case, line.line_number)} for line in fulfillment_order.lines],
        "ship_to_party_id": str(case.order.ship_to_party_id),
        "service_code": fulfillment_order.service_code,
        "ship_by": iso(fulfillment_order.ship_by),
    }
    message_id = derived(fulfillment_order.fulfillment_order_id, "release")
    lane = fulfillment_lane(fulfillment_order)
    case.send("warehouse.release", lane, message_id, payload, account_id=fulfillment_order.account_id, priority=2)


def cancel(case: Case, fulfillment_order: FulfillmentOrder) -> None:
    """Asks a node to cancel the units its fulfillment order names in `cancel_lines`."""
    payload = {
        "fulfillment_order_id": str(fulfillment_order.fulfillment_order_id),
        "lines": [line_of(line) for line in fulfillment_order.cancel_lines],
    }
    message_id = derived(fulfillment_order.fulfillment_order_id, "cancel", case.order.version)
    lane = fulfillment_lane(fulfillment_order)
    case.send("warehouse.cancel", lane, message_id, payload, account_id=fulfillment_order.account_id, priority=1)


def parcel(case: Case, network: Network, shipment: Shipment, service_code: str) -> None:
    """Has a carrier account follow a parcel, where it has a tracking number and its lane an account."""
    lane = network.lane(shipment.node_id, case.order.ship_to_country, service_code)
    if lane is None or not shipment.tracking_number:
        return
    promised = [
        case.order.promises[line.line_number] for line in shipment.lines if line.line_number in case.order.promises
    ]
    payload = {
        "shipment_id": str(shipment.shipment_id),
        "tracking_number": shipment.tracking_number,
        "from_node_id": shipment.node_id,
        "ship_to_party_id": str(case.order.ship_to_party_id),
        "service_code": service_code,
        "shipped_at": iso(shipment.shipped_at),
        "promised_at": iso(max(promised)) if promised else None,
    }
    message_id = derived(shipment.shipment_id, "register")
    account_id = lane.transport_account_id
    case.send(
        "transport.register", f"parcel:{account_id}:{shipment.shipment_id}", message_id, payload, account_id=account_id
    )


def tell_channel(
    case: Case,
    channel: Channel,
    progress: str,
    subject: UUID,
    lines: Iterable[FulfillmentLine],
    tracking_number: str = "",
    facts: Mapping[str, Any] | None = None,
) -> None:
    """Tells the channel of progress of units, as the last event of the case made it, once per subject.

    `progress` is CONFIRMED, SHIPPED, CANCELED, DELIVERED, TRACKING, SHORT or REFUNDED; `facts` says more of it, in the
    names of the payload.
    """
    if not channel.channel_account_id:
        return
    payload = {
        "order_id": str(case.order_id),
        "channel_reference": case.order.channel_reference,
        "progress": progress,
        "lines": [_told_line(case, line) for line in lines],
        "tracking_number": tracking_number,
        "occurred_at": _happened_at(case),
        **(facts or {}),
    }
    _send_once(case, "channel.report", channel.channel_account_id, derived(subject, "channel", progress), payload)


def acknowledge(case: Case, channel: Channel) -> None:
    """Tells the channel that the order is committed to: per line the day promised, and the units that wait."""
    lines = []
    for line in case.order.lines:
        own = [slice_ for slice_ in case.slices if slice_.line_number == line.line_number]
        promised = case.order.promises.get(line.line_number)
        told = _told_line(case, FulfillmentLine(line.line_number, line.quantity, line.sku))
        waiting = units(own, WAITING)
        lines.append({**told, "waiting_quantity": waiting, "promised_at": iso(promised) if promised else None})
    tell_channel(case, channel, "CONFIRMED", case.order_id, (), facts={"lines": lines})


def shipped(case: Case, channel: Channel, shipment: Shipment, service_code: str) -> None:
    """Tells the channel that units left, and in which pallets, cartons and parcels."""
    packages = [
        {
            "reference": package.reference,
            "kind": package.kind,
            "tracking_number": package.tracking_number,
            "lines": [_told_line(case, line) for line in package.lines],
        }
        for package in shipment.packages
    ]
    facts = {"shipment_reference": shipment.reference, "service_code": service_code, "packages": packages}
    tell_channel(case, channel, "SHIPPED", shipment.shipment_id, shipment.lines, shipment.tracking_number, facts)


def refunded(
    case: Case, channel: Channel, refund_id: UUID, lines: list[dict[str, Any]], amount_minor: int, reason: str = ""
) -> None:
    """Tells channel and ERP that money was given back, once per refund.

    `lines` are units with `value_minor` and `tax_minor`, which sum to `amount_minor`; line 0 is charges.
    """
    told = [
        FulfillmentLine(line["line_number"], line["quantity"], line["sku"]) for line in lines if line["line_number"]
    ]
    facts = {"amount_minor": amount_minor, "currency": case.order.currency, "reason": reason}
    tell_channel(case, channel, "REFUNDED", refund_id, told, facts=facts)
    post_to_erp(case, channel, "CREDIT_NOTE", refund_id, lines, {"subject_id": str(refund_id)})


def terms_of(case: Case) -> str:
    """Terms of payment of an order that is invoiced, for example NET30; empty where nothing is."""
    return next(
        (instrument.reference for instrument in case.payments.instruments if instrument.holder is Holder.TERMS), ""
    )


def post_to_erp(
    case: Case,
    channel: Channel,
    document: str,
    subject: UUID,
    lines: list[dict[str, Any]],
    about: Mapping[str, Any] | None = None,
) -> None:
    """Posts a document with its lines' values to the ERP, numbered in the order.

    `document` is ORDER, SHIPMENT, CANCELLATION, INVOICE or CREDIT_NOTE; `about` may have `node_id`, `subject_id` and
    `terms`.
    """
    if not channel.erp_account_id:
        return
    number = case.order.erp_documents + 1
    case.order = replace(case.order, erp_documents=number)
    payload = {
        "order_id": str(case.order_id),
        "seller_id": case.order.seller_id,
        "document": document,
        "document_number": number,
        "channel_reference": case.order.channel_reference,
        "currency": case.order.currency,
        "lines": [{**line, "channel_line_reference": _reference(case, line["line_number"])} for line in lines],
        "total_minor": sum(line["value_minor"] for line in lines),
        "occurred_at": _happened_at(case),
        **(about or {}),
    }
    _send_once(case, "erp.post", channel.erp_account_id, derived(subject, "erp", document), payload)


def notify(case: Case, channel: Channel, template: str, subject: UUID, values: Mapping[str, str]) -> None:
    """Sends the customer a notice, once per template and subject."""
    if not channel.notice_account_id:
        return
    payload = {
        "order_id": str(case.order_id),
        "template": template,
        "party_id": str(case.order.customer_party_id),
        "language_code": case.order.language_code,
        "values": {"channel_reference": case.order.channel_reference, **values},
    }
    _send_once(case, "notice.send", channel.notice_account_id, derived(subject, "notice", template), payload)


def order_lines(case: Case) -> list[dict[str, Any]]:
    """All lines and charges of the order with their values."""
    lines = [
        {"line_number": line.line_number, "sku": line.sku, "quantity": line.quantity, "value_minor": line.total_minor}
        for line in case.order.lines
    ]
    return lines + _charge_lines(case)


def shipped_lines(case: Case, lines: Iterable[FulfillmentLine], *, with_charges: bool) -> list[dict[str, Any]]:
    """Lines that just shipped, with the values they were billed at."""
    result = []
    for line in lines:
        ordered = case.order.line(line.line_number)
        if ordered is None:
            continue
        gone = units((slice_ for slice_ in case.slices if slice_.line_number == line.line_number), GONE)
        value, tax = (
            first_units(amount, ordered.quantity, gone) - first_units(amount, ordered.quantity, gone - line.quantity)
            for amount in (ordered.total_minor, ordered.tax_minor)
        )
        result.append({**line_of(line), "value_minor": value, "tax_minor": tax})
    return result + (_charge_lines(case) if with_charges else [])


def _charge_lines(case: Case) -> list[dict[str, Any]]:
    return [
        {
            "line_number": 0,
            "sku": charge.code,
            "quantity": 1,
            "value_minor": charge.total_minor,
            "tax_minor": charge.tax_minor,
        }
        for charge in case.order.charges
    ]


def _send_once(case: Case, kind: str, account_id: str, message_id: UUID, payload: Mapping[str, Any]) -> None:
    case.send(kind, f"{kind}:{account_id}:{case.order_id}", message_id, payload, account_id=account_id, priority=6)


def line_of(line: FulfillmentLine) -> dict[str, Any]:
    """Units of a line as a payload says them."""
    return {"line_number": line.line_number, "sku": line.sku, "quantity": line.quantity}


def _told_line(case: Case, line: FulfillmentLine) -> dict[str, Any]:
    return {**line_of(line), "channel_line_reference": _reference(case, line.line_number)}


def _happened_at(case: Case) -> str:
    events = case.effects.events
    return iso(events[-1].occurred_at if events else case.order.placed_at)


def _title(case: Case, line_number: int) -> str:
    line = case.order.line(line_number)
    return line.title if line else ""


def _reference(case: Case, line_number: int) -> str:
    line = case.order.line(line_number)
    return line.channel_line_reference if line else ""
