"""Orders on the wire: a case as Order, requests about orders as commands."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final
from uuid import UUID

from crossdock.orders.v1 import order_service_pb2, orders_pb2
from hub.cases.case import Case
from hub.holds.model import AtExpiry, Hold, HoldScope, HoldStatus, HoldType
from hub.kernel.ids import text_of
from hub.kernel.instant import Instant
from hub.kernel.trace import from_traceparent
from hub.orders.lifecycle import OrderState
from hub.orders.model import (
    CancelRequest,
    Charge,
    Discount,
    Order,
    OrderFilter,
    OrderLine,
    StatedTotals,
    TaxDraft,
)
from hub.payments.model import Instrument
from hub.slices.lifecycle import SliceState
from hub.slices.model import Slice
from hub.wire.enums import Names
from hub.wire.fields import Fields
from hub.wire.instants import instant_to_pb, optional_instant, shared_instant
from hub.wire.orders.drafts import (
    DELIVERY_METHODS,
    HOLDERS,
    RESERVATION_POLICIES,
    SHORTAGE_POLICIES,
    TAX_KINDS,
    TAX_TREATMENTS,
)
from hub.wire.orders.rollups import roll_ups
from hub.wire.prices import shared_amount, shared_price

ORDER_STATES: Final = Names(OrderState, orders_pb2.OrderState, "ORDER_STATE")
SLICE_STATES: Final = Names(SliceState, orders_pb2.SliceState, "SLICE_STATE")
HOLD_TYPES: Final = Names(HoldType, orders_pb2.HoldType, "HOLD_TYPE")
HOLD_SCOPES: Final = Names(HoldScope, orders_pb2.HoldScope, "HOLD_SCOPE")
HOLD_EXPIRIES: Final = Names(AtExpiry, orders_pb2.HoldExpiry, "HOLD_EXPIRY")
HOLD_STATUSES: Final = Names(HoldStatus, orders_pb2.HoldStatus, "HOLD_STATUS")


def order_fields(case: Case) -> Fields:
    """The order of a case as it stands, with its progress and its roll-ups: the fields of Order."""
    order, extents = case.order, roll_ups(case)
    trace = from_traceparent(order.traceparent)
    slices: dict[int, list[Fields]] = {}
    for slice_ in case.slices:
        slices.setdefault(slice_.line_number, []).append(slice_fields(slice_))
    return {
        "order_id": text_of(order.order_id),
        "channel_id": order.channel_id,
        "channel_reference": order.channel_reference,
        "seller_id": order.seller_id,
        "state": ORDER_STATES.to_pb(order.state),
        "version": order.version,
        "currency_code": order.currency,
        "lines": [_line(order, line, slices.get(line.line_number, ())) for line in order.lines],
        "charges": [_charge(charge, order.currency) for charge in order.charges],
        "grand_total": shared_amount(order.total_minor, order.currency),
        "customer_party_id": text_of(order.customer_party_id),
        "ship_to_party_id": text_of(order.ship_to_party_id),
        "bill_to_party_id": text_of(order.bill_to_party_id),
        "placed_time": instant_to_pb(order.placed_at),
        "delivery_method": DELIVERY_METHODS.to_pb(order.delivery_method),
        "pickup_node_id": order.pickup_node_id,
        "service_code": order.service_code,
        "shipped": extents.shipped,
        "delivered": extents.delivered,
        "returned": extents.returned,
        "authorized": extents.authorized,
        "charged": extents.charged,
        "holds": [_hold(case, hold) for hold in case.holds],
        "trace_id": trace.trace_id if trace else "",
        "ship_to_country_code": order.ship_to_country,
        "incoterm": order.incoterm,
        "demand_class": order.demand_class,
        "language_code": order.language_code,
        "attributes": order.attributes,
        "gift_message": order.gift_message,
        "delivery_instructions": order.delivery_instructions,
        "update_time": shared_instant(order.updated_at),
        **_stated(case),
    }


def cancel_from_pb(message: order_service_pb2.CancelLinesRequest) -> CancelRequest:
    """What is to be canceled, and why."""
    return CancelRequest(
        order_id=UUID(message.order_id),
        reason=message.reason,
        lines=tuple((line.line_number, line.quantity) for line in message.lines),
    )


def filter_from_pb(message: order_service_pb2.ListOrdersRequest, email_index: bytes) -> OrderFilter:
    """What a listing asks for; `email_index` is the blind index of its e-mail address, empty where it names none."""
    return OrderFilter(
        channel_id=message.channel_id,
        channel_reference=message.channel_reference,
        email_index=email_index,
        sku=message.sku,
        tracking_number=message.tracking_number,
        state=ORDER_STATES.optional(message.state, "state"),
        node_id=message.node_id,
        exception_reason=message.exception_reason,
        placed_since=optional_instant(message, "placed_since_time"),
        placed_before=optional_instant(message, "placed_before_time"),
        changed_since=optional_instant(message, "changed_since_time"),
    )


def _line(order: Order, line: OrderLine, slices: Sequence[Fields]) -> Fields:
    currency, promised = order.currency, order.promises.get(line.line_number)
    customs = None
    if line.hs_code or line.origin_country:
        customs = {"hs_code": line.hs_code, "origin_country_code": line.origin_country}
    return {
        "line_number": line.line_number,
        "sku": line.sku,
        "quantity": line.quantity,
        "unit_price": shared_price(line.unit_price, currency),
        "personalization": line.personalization,
        "value_added_services": line.value_added_services,
        "discount_total": shared_amount(line.discount_minor, currency),
        "tax_total": shared_amount(line.tax_minor, currency),
        "line_total": shared_amount(line.total_minor, currency),
        "channel_line_reference": line.channel_line_reference,
        "title": line.title,
        "bundle_sku": line.bundle_sku,
        "slices": slices,
        "promised_time": _optional(promised),
        "customs": customs,
        "unit_code": line.unit_code,
        "discounts": _discounts(line.discounts, currency),
        "taxes": _taxes(line.taxes, currency),
        "ship_not_before_time": _optional(line.ship_not_before),
        "ship_not_after_time": _optional(line.ship_not_after),
        "cancel_after_time": _optional(line.cancel_after),
        "bundle_quantity": line.bundle_quantity,
        "bundle_unit_price": None if line.bundle_price is None else shared_price(line.bundle_price, currency),
    }


def slice_fields(slice_: Slice) -> Fields:
    """Units of a line that are in one state at one place: the fields of Slice."""
    return {
        "state": SLICE_STATES.to_pb(slice_.state),
        "quantity": slice_.quantity,
        "node_id": slice_.node_id,
        "fulfillment_order_id": slice_.fulfillment_order_id and text_of(slice_.fulfillment_order_id),
        "shipment_id": slice_.shipment_id and text_of(slice_.shipment_id),
        "return_id": slice_.return_id and text_of(slice_.return_id),
    }


def _stated(case: Case) -> Fields:
    """What was stated for the order as a whole, but for what its other fields say."""
    order, currency = case.order, case.order.currency
    return {
        "discounts": _discounts(order.discounts, currency),
        "taxes": _taxes(order.taxes, currency),
        "stated_totals": _totals(order.stated, currency),
        "instruments": [_instrument(one, currency) for one in sorted(case.payments.instruments, key=_rank)],
        "shortage_policy": SHORTAGE_POLICIES.to_pb(order.shortage_policy),
        "reservation_ids": list(map(text_of, order.reservation_ids)),
        "reservation_policy": RESERVATION_POLICIES.to_pb(order.reservation_policy),
        "promise": order.promise
        and {"quote_id": text_of(order.promise.quote_id), "option_number": order.promise.option_number},
        "tax_treatment": TAX_TREATMENTS.to_pb(order.tax_treatment),
        "wish": order.wish and {"day": order.wish.day.isoformat(), "slot_id": order.wish.slot_id},
    }


def _discounts(discounts: Sequence[Discount], currency: str) -> list[Fields]:
    return [
        {"code": one.code, "amount": shared_amount(one.amount_minor, currency), "units_needed": one.units_needed}
        for one in discounts
    ]


def _taxes(taxes: Sequence[TaxDraft], currency: str) -> list[Fields]:
    return [
        {
            "title": one.title,
            "rate": one.rate,
            "amount": shared_amount(one.amount_minor, currency),
            "included": one.included,
            "kind": TAX_KINDS.to_pb(one.kind),
        }
        for one in taxes
    ]


def _totals(stated: StatedTotals, currency: str) -> Fields:
    """The totals that were stated; None where none was."""
    amounts = {"goods_total": stated.goods_minor, "tax_total": stated.tax_minor, "grand_total": stated.grand_minor}
    totals = {name: shared_amount(minor, currency) for name, minor in amounts.items() if minor is not None}
    return totals or None


def _instrument(instrument: Instrument, currency: str) -> Fields:
    return {
        "holder": HOLDERS.to_pb(instrument.holder),
        "kind": instrument.kind,
        "amount": shared_amount(instrument.amount_minor, currency),
        "reference": instrument.reference,
        "balance_id": str(instrument.balance_id or ""),
        "credit_account_id": instrument.credit_account_id,
    }


def _rank(instrument: Instrument) -> int:
    return instrument.rank


def _charge(charge: Charge, currency: str) -> Fields:
    """The charge as stated; where its taxes were not kept, with the tax contained in it."""
    taxes = charge.taxes or ((TaxDraft(charge.tax_minor, included=True),) if charge.tax_minor else ())
    added = sum(tax.amount_minor for tax in taxes if not tax.included)
    return {
        "code": charge.code,
        "amount": shared_amount(charge.total_minor - added, currency),
        "taxes": _taxes(taxes, currency),
    }


def _optional(at: Instant | None) -> Fields:
    return None if at is None else shared_instant(at)


def _hold(case: Case, hold: Hold) -> Fields:
    ranked = [one.instrument_id for one in sorted(case.payments.instruments, key=_rank)]
    return {
        "hold_id": str(hold.hold_id),
        "type": HOLD_TYPES.to_pb(hold.type),
        "status": HOLD_STATUSES.to_pb(hold.status),
        "reason": hold.reason,
        "blocks": sorted(operation.value for operation in hold.blocks),
        "create_time": instant_to_pb(hold.created_at),
        "expire_time": _optional(hold.expires_at),
        "scope": HOLD_SCOPES.to_pb(hold.scope),
        "line_number": hold.line_number or 0,
        "quantity": hold.quantity or 0,
        "fulfillment_order_id": str(hold.fulfillment_order_id or ""),
        "instrument_number": ranked.index(hold.instrument_id) + 1 if hold.instrument_id in ranked else 0,
        "owner": hold.owner,
        "at_expiry": HOLD_EXPIRIES.to_pb(hold.at_expiry),
    }
