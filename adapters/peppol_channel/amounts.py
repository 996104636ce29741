"""Amounts of an order, exactly as stated and in its currency only: prices, discounts, charges, tax, totals."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from google.type.money_pb2 import Money

from adapters.sdk.documents.reading import decimal_of, money_of, plain, shown
from adapters.sdk.ubl.elements import Element
from adapters.sdk.ubl.notes import Notes
from crossdock.orders.v1.orders_pb2 import OrderDraft, OrderLineDraft


@dataclass(frozen=True)
class Amounts:
    """Reads amounts of one order; notes those that cannot be read."""

    currency_code: str
    notes: Notes

    def number(self, element: Element) -> Decimal | None:
        """Return an amount of at least 0; refuse any other text and any other currency."""
        currency = element.attributes.get("currencyID", self.currency_code)
        value = decimal_of(element.text)
        if currency != self.currency_code:
            self.notes.refuse(element, "", f"{shown(currency)} is not the currency of the order")
        elif value is None or value < 0:
            self.notes.refuse(element, "", f"{shown(element.text)} is no amount of at least 0")
        else:
            return value
        return None

    def money(self, element: Element | None) -> Money | None:
        """Return an amount as money; None where it is absent or was refused."""
        value = self.number(element) if element is not None and self.currency_code else None
        return money_of(value, self.currency_code) if value is not None else None

    def read_price(self, line: OrderLineDraft, price: Element) -> None:
        """Read a net price, divided by the units that it is for."""
        stated, basis = price.first("cbc:PriceAmount"), decimal_of(price.value("cbc:BaseQuantity") or "1")
        amount = self.number(stated) if stated is not None and self.currency_code else None
        if amount is None:
            return
        each = decimal_of(amount / basis) if basis in {1, 10, 100, 1000} else None
        if each is None:
            reason = f"a price for {shown(price.value('cbc:BaseQuantity'))} units cannot be carried exactly"
            self.notes.refuse(price, "", reason)
        else:
            line.unit_price.CopyFrom(money_of(each, self.currency_code))

    def read_allowance(self, into: OrderDraft | OrderLineDraft, allowance: Element) -> None:
        """Read a discount, or a charge of the whole order; a charge of a line holds the order."""
        amount = self.money(allowance.first("cbc:Amount"))
        code = plain(
            allowance.value("cbc:AllowanceChargeReason") or allowance.value("cbc:AllowanceChargeReasonCode"), 80
        )
        is_charge = allowance.value("cbc:ChargeIndicator") == "true"
        if amount is None:
            self.notes.refuse(allowance, "cbc:Amount", "it states no amount")
        elif not is_charge:
            into.discounts.add(code=code, amount=amount)
        elif isinstance(into, OrderDraft):
            into.charges.add(code=code or "CHARGE", amount=amount)
        else:
            self.notes.hold(allowance, shown(code), "a charge on a line is not carried: add it to the order")

    def read_totals(self, order: OrderDraft, source: Element) -> None:
        """Read the tax of the whole order and what its buyer counts on paying."""
        tax = self.money(source.first("cac:TaxTotal/cbc:TaxAmount"))
        if tax is not None:
            order.taxes.add(title="VAT", amount=tax)
            order.stated_totals.tax_total.CopyFrom(tax)
        total = self.money(source.first("cac:AnticipatedMonetaryTotal/cbc:PayableAmount"))
        if total is not None:
            order.stated_totals.grand_total.CopyFrom(total)
        goods = self.money(source.first("cac:AnticipatedMonetaryTotal/cbc:LineExtensionAmount"))
        if goods is not None and not order.discounts:
            order.stated_totals.goods_total.CopyFrom(goods)
