"""What partners are told of a case: releases to nodes, progress to channel, ERP and customer.

Every message names an identity derived from what it is about, so that the same fact is told once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final
from uuid import UUID

from msgspec.structs import replace

from hub.cases.case import Case
from hub.cases.held import held_notice
from hub.fulfillment.model import Carriage, FulfillmentLine, FulfillmentOrder, NodeRequest, Shipment
from hub.holds.model import WithheldNotice
from hub.kernel.ids import derived
from hub.kernel.instant import Instant
from hub.kernel.money import first_units
from hub.messages.channel import Package, Progress, ProgressLine, ReportProgress
from hub.messages.erp import DocumentKind, PostDocument, PostedLine, StatedDiscount
from hub.messages.events.orders import NoticeWithheld
from hub.messages.notice import SendNotice, Template
from hub.messages.warehouse import CancelFulfillmentOrder, ReleaseFulfillmentOrder, WorkLine
from hub.network.model import Channel
from hub.orders.model import TaxTreatment
from hub.payments.model import Holder
from hub.slices.lifecycle import GONE, WAITING
from hub.slices.policy import units

_NOT_CARRIED: Final = Carriage()


def fulfillment_lane(fulfillment_order: FulfillmentOrder) -> str:
    """The lane of a fulfillment order: a cancel never overtakes its release."""
    return f"fulfillment:{fulfillment_order.account_id}:{fulfillment_order.fulfillment_order_id}"


def release(case: Case, fulfillment_order: FulfillmentOrder) -> None:
    """Hands a fulfillment order to its node."""
    payload = ReleaseFulfillmentOrder(
        fulfillment_order_id=fulfillment_order.fulfillment_order_id,
        order_id=case.order_id,
        node_id=fulfillment_order.node_id,
        lines=tuple(_work_line(case, line) for line in fulfillment_order.lines),
        ship_to_party_id=case.order.ship_to_party_id,
        service_code=fulfillment_order.service_code,
        ship_by=fulfillment_order.ship_by,
        incoterm=case.order.incoterm,
        attributes=case.order.attributes,
        delivery_method=case.order.delivery_method.value,
        gift_message=case.order.gift_message,
        delivery_instructions=case.order.delivery_instructions,
    )
    message_id = derived(fulfillment_order.fulfillment_order_id, "release")
    lane = fulfillment_lane(fulfillment_order)
    case.send(payload, lane, message_id, account_id=fulfillment_order.account_id, priority=2)


def cancel(case: Case, fulfillment_order: FulfillmentOrder, request: NodeRequest) -> None:
    """Asks a node to cancel the units of a request, of either kind; it answers under the request's id."""
    payload = CancelFulfillmentOrder(
        fulfillment_order_id=fulfillment_order.fulfillment_order_id,
        lines=tuple(WorkLine(line.line_number, line.sku, line.quantity) for line in request.lines),
        partner_reference=fulfillment_order.partner_reference,
    )
    lane = fulfillment_lane(fulfillment_order)
    case.send(payload, lane, request.request_id, account_id=fulfillment_order.account_id, priority=1)


def acknowledge(case: Case, channel: Channel) -> None:
    """Tells the channel that the order is committed to: per line the day promised, and the units that wait."""
    lines = []
    for line in case.order.lines:
        own = [slice_ for slice_ in case.slices if slice_.line_number == line.line_number]
        acknowledged = ProgressLine(
            line_number=line.line_number,
            sku=line.sku,
            quantity=line.quantity,
            channel_line_reference=line.channel_line_reference,
            waiting_quantity=units(own, WAITING),
            promised_at=case.order.promises.get(line.line_number),
        )
        lines.append(acknowledged)
    _tell_channel(case, channel, Progress.CONFIRMED, case.order_id, lines)


def shipped(case: Case, channel: Channel, shipment: Shipment, service_code: str) -> None:
    """Tells the channel that units left, and in which pallets, cartons and parcels."""
    packages = [
        Package(package.reference, package.kind, package.tracking_number, _progress_lines(case, package.lines))
        for package in shipment.packages
    ]
    _tell_channel(
        case,
        channel,
        Progress.SHIPPED,
        shipment.shipment_id,
        _progress_lines(case, shipment.lines),
        tracking_number=shipment.tracking_number,
        shipment_reference=shipment.reference,
        service_code=service_code,
        packages=tuple(packages),
        carriage=shipment.carriage,
    )


def delivered(case: Case, channel: Channel, shipment: Shipment) -> None:
    """Tells the channel that a parcel arrived."""
    _tell_channel(
        case,
        channel,
        Progress.DELIVERED,
        shipment.shipment_id,
        _progress_lines(case, shipment.lines),
        tracking_number=shipment.tracking_number,
        carriage=shipment.carriage,
    )


def tracked(case: Case, channel: Channel, cause: UUID, shipment: Shipment, carrier_state: str) -> None:
    """Tells the channel where a parcel is."""
    _tell_channel(
        case,
        channel,
        Progress.TRACKING,
        cause,
        _progress_lines(case, shipment.lines),
        tracking_number=shipment.tracking_number,
        shipment_reference=shipment.reference,
        carrier_state=carrier_state,
        carriage=shipment.carriage,
    )


def canceled(case: Case, channel: Channel, cause: UUID, lines: Iterable[FulfillmentLine], reason: str) -> None:
    """Tells the channel that units will not come."""
    _tell_channel(case, channel, Progress.CANCELED, cause, _progress_lines(case, lines), reason=reason)


def short(case: Case, channel: Channel, cause: UUID, lines: Iterable[FulfillmentLine], reason: str) -> None:
    """Tells the channel that a node did not have units, which are sourced again."""
    _tell_channel(case, channel, Progress.SHORT, cause, _progress_lines(case, lines), reason=reason)


def refunded(
    case: Case, channel: Channel, refund_id: UUID, lines: Sequence[PostedLine], amount_minor: int, reason: str = ""
) -> None:
    """Tells channel and ERP that money was given back, once per refund.

    The values and taxes of `lines` sum to `amount_minor`; line 0 is charges, of which the channel hears only in sum.
    """
    goods = [FulfillmentLine(line.line_number, line.quantity, line.sku) for line in lines if line.line_number]
    told = _progress_lines(case, goods)
    _tell_channel(case, channel, Progress.REFUNDED, refund_id, told, reason=reason, amount_minor=amount_minor)
    post_to_erp(case, channel, DocumentKind.CREDIT_NOTE, refund_id, lines, subject_id=refund_id)


def shipment_documents(case: Case, channel: Channel, shipment: Shipment, billed: Sequence[PostedLine]) -> None:
    """Posts to the ERP that units left, and what is billed for them."""
    identity, node_id = shipment.shipment_id, shipment.node_id
    post_to_erp(case, channel, DocumentKind.SHIPMENT, identity, billed, node_id=node_id, subject_id=identity)
    post_to_erp(
        case,
        channel,
        DocumentKind.INVOICE,
        identity,
        billed,
        node_id=node_id,
        subject_id=identity,
        terms=_terms_of(case),
    )


def post_to_erp(
    case: Case,
    channel: Channel,
    document: DocumentKind,
    subject: UUID,
    lines: Sequence[PostedLine],
    *,
    node_id: str = "",
    subject_id: UUID | None = None,
    terms: str = "",
    sellers: tuple[str, str] | None = None,
) -> None:
    """Posts a document with its lines' values to the ERP, numbered in the order, once per document and subject.

    `sellers`: who gives the units, and who owns them from then on; the order's own alone where it is absent.
    """
    if not channel.erp_account_id:
        return
    instruments = sorted(case.payments.instruments, key=lambda one: one.rank)
    number = case.order.erp_documents + 1
    case.order = replace(case.order, erp_documents=number)
    payload = PostDocument(
        document=document,
        document_number=number,
        lines=tuple(lines),
        occurred_at=_happened_at(case),
        order_id=case.order_id,
        seller_id=sellers[0] if sellers else case.order.seller_id,
        to_seller_id=sellers[1] if sellers else "",
        reverse_charge=case.order.tax_treatment is TaxTreatment.REVERSE_CHARGE,
        channel_reference=case.order.channel_reference,
        currency=case.order.currency,
        total_minor=sum(line.value_minor or 0 for line in lines),
        node_id=node_id,
        subject_id=subject_id,
        terms=terms,
        bill_to_party_id=case.order.bill_to_party_id,
        incoterm=case.order.incoterm,
        placed_at=case.order.placed_at,
        discounts=tuple(_stated_discounts(case)) if document is DocumentKind.ORDER else (),
        instrument_kinds=tuple(one.kind for one in instruments) if document is DocumentKind.ORDER else (),
    )
    _send_once(case, payload, channel.erp_account_id, derived(subject, "erp", document.value))


def notify(
    case: Case,
    channel: Channel,
    template: Template,
    subject: UUID,
    values: Mapping[str, str],
    *,
    about: tuple[UUID | None, Iterable[FulfillmentLine]] = (None, ()),
) -> None:
    """Sends the customer a notice, once per template and subject; while a hold blocks notices the hold keeps it.

    `about`: the fulfillment order and the units that it tells of, where it does not tell of the whole order.
    """
    if not channel.notice_account_id:
        return
    work, numbers = about[0], tuple(sorted({line.line_number for line in about[1]}))
    if held := held_notice(case, work, numbers):
        notice = WithheldNotice(template.value, subject, values, work, numbers)
        if (notice.template, subject) not in {(one.template, one.subject) for one in held.withheld}:
            case.put_hold(replace(held, withheld=(*held.withheld, notice)))
            withheld = NoticeWithheld(template=template.value, hold_type=held.type.value)
            case.happened(withheld, _happened_at(case))
        return
    payload = SendNotice(
        order_id=case.order_id,
        template=template,
        party_id=case.order.customer_party_id,
        language_code=case.order.language_code,
        values={"channel_reference": case.order.channel_reference, **values},
        channel_id=channel.channel_id,
    )
    _send_once(case, payload, channel.notice_account_id, derived(subject, "notice", template.value))


def order_lines(case: Case) -> list[PostedLine]:
    """All lines and charges of the order with their values."""
    lines = [FulfillmentLine(line.line_number, line.quantity, line.sku) for line in case.order.lines]
    values = [line.total_minor for line in case.order.lines]
    posted = [posted_line(case, line, value_minor=value) for line, value in zip(lines, values, strict=True)]
    return posted + _charge_lines(case)


def shipped_lines(case: Case, lines: Iterable[FulfillmentLine], *, with_charges: bool) -> list[PostedLine]:
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
        result.append(posted_line(case, line, value_minor=value, tax_minor=tax))
    return result + (_charge_lines(case) if with_charges else [])


def posted_line(case: Case, line: FulfillmentLine, *, value_minor: int, tax_minor: int | None = None) -> PostedLine:
    """Units of an order line as the ERP is posted them."""
    return PostedLine(
        line_number=line.line_number,
        sku=line.sku,
        quantity=line.quantity,
        value_minor=value_minor,
        tax_minor=tax_minor,
        channel_line_reference=_reference(case, line.line_number),
    )


def _charge_lines(case: Case) -> list[PostedLine]:
    return [
        PostedLine(0, charge.code, 1, value_minor=charge.total_minor, tax_minor=charge.tax_minor)
        for charge in case.order.charges
    ]


def _tell_channel(
    case: Case,
    channel: Channel,
    progress: Progress,
    subject: UUID,
    lines: Sequence[ProgressLine],
    *,
    tracking_number: str = "",
    shipment_reference: str = "",
    service_code: str = "",
    packages: tuple[Package, ...] = (),
    carrier_state: str = "",
    reason: str = "",
    amount_minor: int | None = None,
    carriage: Carriage = _NOT_CARRIED,
) -> None:
    """Tells the channel of progress of units, as the last event of the case made it, once per progress and subject."""
    if not channel.channel_account_id:
        return
    payload = ReportProgress(
        order_id=case.order_id,
        channel_reference=case.order.channel_reference,
        progress=progress,
        lines=tuple(lines),
        tracking_number=tracking_number,
        occurred_at=_happened_at(case),
        shipment_reference=shipment_reference,
        service_code=service_code,
        packages=packages,
        carrier_state=carrier_state,
        reason=reason,
        amount_minor=amount_minor,
        currency="" if amount_minor is None else case.order.currency,
        carrier_code=carriage.carrier_code,
        carrier_name=carriage.carrier_name,
        weight_grams=carriage.weight_grams,
        tracking_url=carriage.tracking_url,
    )
    _send_once(case, payload, channel.channel_account_id, derived(subject, "channel", progress.value))


def _send_once(
    case: Case, payload: ReportProgress | PostDocument | SendNotice, account_id: str, message_id: UUID
) -> None:
    lane = f"{payload.KIND}:{account_id}:{case.order_id}"
    case.send(payload, lane, message_id, account_id=account_id, priority=6)


def _progress_lines(case: Case, lines: Iterable[FulfillmentLine]) -> tuple[ProgressLine, ...]:
    return tuple(
        ProgressLine(line.line_number, line.sku, line.quantity, _reference(case, line.line_number)) for line in lines
    )


def _terms_of(case: Case) -> str:
    """Terms of payment of an order that is invoiced, for example NET30; empty where nothing is."""
    return next(
        (instrument.reference for instrument in case.payments.instruments if instrument.holder is Holder.TERMS), ""
    )


def _happened_at(case: Case) -> Instant:
    events = case.effects.events
    return events[-1].occurred_at if events else case.order.placed_at


def _stated_discounts(case: Case) -> Iterator[StatedDiscount]:
    for line in case.order.lines:
        yield from (StatedDiscount(line.line_number, one.amount_minor, one.code) for one in line.discounts)
    yield from (StatedDiscount(0, one.amount_minor, one.code) for one in case.order.discounts)


def _work_line(case: Case, line: FulfillmentLine) -> WorkLine:
    ordered = case.order.line(line.line_number)
    if ordered is None:
        return WorkLine(line.line_number, line.sku, line.quantity)
    return WorkLine(
        line.line_number,
        line.sku,
        line.quantity,
        title=ordered.title,
        hs_code=ordered.hs_code,
        origin_country_code=ordered.origin_country,
        weight_grams=ordered.weight_grams,
        personalization=ordered.personalization,
        value_added_services=ordered.value_added_services,
    )


def _reference(case: Case, line_number: int) -> str:
    line = case.order.line(line_number)
    return line.channel_line_reference if line else ""
