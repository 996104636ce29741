"""Orders as callers state them: OrderDraft on the wire to drafts of the orders room."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Any, Final
from uuid import UUID

from google.type import money_pb2

from crossdock.network.v1 import network_pb2
from crossdock.orders.v1 import orders_pb2
from hub.balances.policy import normal_code
from hub.kernel.errors import InvalidField
from hub.kernel.money import LARGEST_MINOR
from hub.network.model import ShortagePolicy
from hub.orders.model import (
    ChargeDraft,
    DeliveryMethod,
    Discount,
    Draft,
    InstrumentDraft,
    LineDraft,
    PromiseChoice,
    ReservationPolicy,
    StatedTotals,
    TaxDraft,
    TaxKind,
    TaxTreatment,
    UnreadFact,
)
from hub.payments.model import Holder
from hub.wire.address import contact_from_pb
from hub.wire.codes import country_from_text, currency_from_text
from hub.wire.defaults import canonical, meant
from hub.wire.enums import Names
from hub.wire.instants import instant_from_pb, optional_instant
from hub.wire.prices import minor_from_pb, price_from_pb
from hub.wire.vat import in_the_union
from hub.wire.wishes import wish_from_pb

DELIVERY_METHODS: Final = Names(DeliveryMethod, orders_pb2.DeliveryMethod, "DELIVERY_METHOD")
HOLDERS: Final = Names(Holder, orders_pb2.InstrumentHolder, "INSTRUMENT_HOLDER")
RESERVATION_POLICIES: Final = Names(ReservationPolicy, orders_pb2.ReservationPolicy, "RESERVATION_POLICY")
TAX_KINDS: Final = Names(TaxKind, orders_pb2.TaxKind, "TAX_KIND")
TAX_TREATMENTS: Final = Names(TaxTreatment, orders_pb2.TaxTreatment, "TAX_TREATMENT")
SHORTAGE_POLICIES: Final = Names(ShortagePolicy, network_pb2.ShortagePolicy, "SHORTAGE_POLICY")


def draft_from_pb(message: orders_pb2.OrderDraft, *, draft_unknown_skus: bool = False) -> Draft:
    """The draft in a message, with the contract's defaults and the hash of its content.

    Raises InvalidField for amounts that are finer than the minor unit, negative or too large, for instants and values
    that are none, and for PICKUP without a node; CurrencyMismatch for an amount in another currency than the draft's.
    """
    currency = currency_from_text(message.currency_code, field="currency_code")
    draft = Draft(
        channel_id=message.channel_id,
        channel_reference=message.channel_reference,
        currency=currency,
        lines=tuple([line_from_pb(line, currency, f"lines[{index}]") for index, line in enumerate(message.lines)]),
        customer=contact_from_pb(message.customer, field="customer"),
        ship_to=contact_from_pb(message.ship_to, field="ship_to") if message.HasField("ship_to") else None,
        bill_to=contact_from_pb(message.bill_to, field="bill_to") if message.HasField("bill_to") else None,
        charges=tuple([_charge(charge, currency, f"charges[{index}]") for index, charge in enumerate(message.charges)]),
        discounts=_order_discounts(message.discounts, currency),
        taxes=_taxes(message.taxes, currency),
        instruments=tuple(
            [_instrument(one, currency, f"instruments[{index}]") for index, one in enumerate(message.instruments)]
        ),
        stated=_stated(message.stated_totals, currency) if message.HasField("stated_totals") else StatedTotals(),
        placed_at=optional_instant(message, "placed_time"),
        delivery_method=DELIVERY_METHODS.from_pb(meant(message, "delivery_method"), "delivery_method"),
        pickup_node_id=message.pickup_node_id,
        service_code=message.service_code,
        shortage_policy=SHORTAGE_POLICIES.optional(message.shortage_policy, "shortage_policy"),
        language_code=message.language_code,
        incoterm=message.incoterm,
        demand_class=message.demand_class,
        attributes=dict(message.attributes),
        draft_unknown_skus=draft_unknown_skus,
        content_hash=hashlib.sha256(canonical(message)).hexdigest(),
        reservation_ids=tuple(map(UUID, message.reservation_ids)),
        reservation_policy=RESERVATION_POLICIES.from_pb(meant(message, "reservation_policy"), "reservation_policy"),
        promise=PromiseChoice(UUID(message.promise.quote_id), message.promise.option_number)
        if message.HasField("promise")
        else None,
        gift_message=message.gift_message,
        delivery_instructions=message.delivery_instructions,
        wish=wish_from_pb(message.wish) if message.HasField("wish") else None,
        tax_treatment=TAX_TREATMENTS.from_pb(meant(message, "tax_treatment"), "tax_treatment"),
        unread_facts=tuple([UnreadFact(one.location, one.value, one.reason) for one in message.unread_facts]),
    )
    if (draft.delivery_method is DeliveryMethod.PICKUP) != bool(draft.pickup_node_id):
        raise InvalidField(
            "pickup_node_id goes with delivery_method PICKUP: state both or neither.",
            pickup_node_id="goes with delivery_method PICKUP",
        )
    _check_owner(draft)
    _check_credit(draft)
    _check_treatment(draft)
    return draft


def line_from_pb(message: orders_pb2.OrderLineDraft, currency: str, field: str) -> LineDraft:
    """Return a line as stated, its amounts in `currency`; raises CurrencyMismatch, or InvalidField under `field`."""
    priced, customs = message.HasField("unit_price"), message.HasField("customs")
    _refuse_reversed(message, field)
    return LineDraft(
        sku=message.sku,
        quantity=message.quantity,
        unit_price=price_from_pb(message.unit_price, currency, field=f"{field}.unit_price") if priced else None,
        discounts=_discounts(message.discounts, currency, field),
        taxes=_taxes(message.taxes, currency, field),
        channel_line_reference=message.channel_line_reference,
        title=message.title,
        unit_code=message.unit_code,
        hs_code=message.customs.hs_code if customs else "",
        origin_country=country_from_text(
            message.customs.origin_country_code, field=f"{field}.customs.origin_country_code"
        )
        if customs
        else "",
        ship_not_before=optional_instant(message, "ship_not_before_time", within=field),
        cancel_after=optional_instant(message, "cancel_after_time", within=field),
        ship_not_after=optional_instant(message, "ship_not_after_time", within=field),
        personalization=message.personalization,
        value_added_services=tuple(sorted(message.value_added_services)),
    )


def _refuse_reversed(message: orders_pb2.OrderLineDraft, field: str) -> None:
    """Raises InvalidField for a ship window that ends before it begins."""
    if not message.HasField("ship_not_before_time"):
        return
    begin = instant_from_pb(message.ship_not_before_time, field=f"{field}.ship_not_before_time")
    for name in ("cancel_after_time", "ship_not_after_time"):
        end = optional_instant(message, name, within=field)
        if end is not None and end < begin:
            raise InvalidField(
                f"{field}.{name} is before ship_not_before_time; state a window that begins before it ends.",
                **{f"{field}.{name}": "before ship_not_before_time"},
            )


def _charge(message: orders_pb2.Charge, currency: str, field: str) -> ChargeDraft:
    return ChargeDraft(
        code=message.code,
        amount_minor=minor_from_pb(message.amount, currency, field=f"{field}.amount"),
        taxes=_taxes(message.taxes, currency, field),
    )


def _discounts(messages: Sequence[orders_pb2.Discount], currency: str, within: str = "") -> tuple[Discount, ...]:
    if not messages:
        return ()
    field = f"{within}.discounts" if within else "discounts"
    return tuple(
        Discount(
            amount_minor=minor_from_pb(discount.amount, currency, field=f"{field}[{index}].amount"),
            code=discount.code,
            units_needed=discount.units_needed,
        )
        for index, discount in enumerate(messages)
    )


def _order_discounts(messages: Sequence[orders_pb2.Discount], currency: str) -> tuple[Discount, ...]:
    discounts = _discounts(messages, currency)
    for index, discount in enumerate(discounts):
        if discount.units_needed:
            field = f"discounts[{index}].units_needed"
            raise InvalidField(f"{field} goes with a discount of a line; leave it out.", **{field: "not of the order"})
    return discounts


def _taxes(messages: Sequence[orders_pb2.Tax], currency: str, within: str = "") -> tuple[TaxDraft, ...]:
    if not messages:
        return ()
    field = f"{within}.taxes" if within else "taxes"
    return tuple(
        TaxDraft(
            amount_minor=minor_from_pb(tax.amount, currency, field=f"{field}[{index}].amount"),
            title=tax.title,
            rate=tax.rate,
            included=tax.included,
            kind=TAX_KINDS.from_pb(meant(tax, "kind"), f"{field}[{index}].kind"),
        )
        for index, tax in enumerate(messages)
    )


def _instrument(message: orders_pb2.InstrumentDraft, currency: str, field: str) -> InstrumentDraft:
    holder = HOLDERS.from_pb(message.holder, f"{field}.holder")
    if holder is Holder.RETURN:
        raise InvalidField(
            f"{field}.holder RETURN is the hub's own; ask for an exchange (AuthorizeReturns).", **{field: "not allowed"}
        )
    balance = bool(message.balance_code) or message.store_credit
    if balance:
        _check_balance(message, holder, field)
    if holder is Holder.HUB and not message.token and not balance:
        raise InvalidField(
            f"{field}.token is missing: the payment provider must know what the hub authorizes.",
            **{f"{field}.token": "missing"},
        )
    if message.credit_account_id and holder is not Holder.TERMS:
        raise InvalidField(
            f"{field}.credit_account_id is for holder TERMS; leave it out, or state TERMS.",
            **{f"{field}.credit_account_id": "not on terms"},
        )
    return InstrumentDraft(
        holder=holder,
        kind=message.kind,
        token=message.token,
        amount_minor=_optional_minor(message, "amount", currency, f"{field}.amount"),
        reference=message.reference,
        balance_code=message.balance_code,
        store_credit=message.store_credit,
        credit_account_id=message.credit_account_id,
    )


def _check_owner(draft: Draft) -> None:
    """Raises InvalidField where store credit pays and nothing says whose it is."""
    if any(one.store_credit for one in draft.instruments) and not draft.customer.email.strip():
        raise InvalidField(
            "customer.email is missing: store credit belongs to an e-mail address.", **{"customer.email": "missing"}
        )


def _check_credit(draft: Draft) -> None:
    """Raises InvalidField where instruments on terms name several credit accounts, or only some of them one."""
    if len({one.credit_account_id for one in draft.instruments if one.holder is Holder.TERMS}) > 1:
        raise InvalidField(
            "instruments on terms name different credit accounts; state the same for all of them.",
            **{"instruments.credit_account_id": "not the same"},
        )


def _check_treatment(draft: Draft) -> None:
    """Raises InvalidField where the buyer is to owe the tax, and cannot."""
    if draft.tax_treatment is TaxTreatment.TAXED:
        return
    payer = "bill_to" if draft.bill_to else "customer"
    if not draft.payer.vat_number:
        raise InvalidField(
            f"{payer}.vat_number is missing: under REVERSE_CHARGE the payer owes the tax.",
            **{f"{payer}.vat_number": "missing"},
        )
    address = (draft.ship_to or draft.customer).address
    if address is not None and not in_the_union(address.country_code, draft.payer.vat_number):
        raise InvalidField(
            "tax_treatment REVERSE_CHARGE is for goods to a state of the European Union, not to"
            f" {address.country_code}; leave it out, and state no tax on an export.",
            tax_treatment="not for this destination",
        )


def _check_balance(message: orders_pb2.InstrumentDraft, holder: Holder, field: str) -> None:
    """Raises InvalidField where what pays from a balance states what one has not."""
    if message.balance_code and message.store_credit:
        raise InvalidField(
            f"{field} states a balance_code and store_credit; state one instrument of each.",
            **{f"{field}.store_credit": "not with balance_code"},
        )
    if holder is not Holder.HUB or message.token:
        raise InvalidField(
            f"{field} is paid from a balance, which the hub keeps: state holder HUB and no token.",
            **{f"{field}.token" if message.token else f"{field}.holder": "not of a balance"},
        )
    if message.balance_code and normal_code(message.balance_code) is None:
        raise InvalidField(
            f"{field}.balance_code is no code; it has at least 10 letters and digits.",
            **{f"{field}.balance_code": "not a code"},
        )


def _stated(message: orders_pb2.StatedTotals, currency: str) -> StatedTotals:
    """Totals are compared, never computed with: any sign may be stated."""
    goods, tax, grand = (
        _optional_minor(message, name, currency, f"stated_totals.{name}", least=-LARGEST_MINOR)
        for name in ("goods_total", "tax_total", "grand_total")
    )
    return StatedTotals(goods, tax, grand)


def _optional_minor(message: Any, name: str, currency: str, field: str, *, least: int = 0) -> int | None:
    if not message.HasField(name):
        return None
    amount: money_pb2.Money = getattr(message, name)
    return minor_from_pb(amount, currency, field=field, least=least)
