"""What a Shopify order charges beside the goods: shipping, tips, duties, and lines that the profile calls charges."""

from __future__ import annotations

from collections.abc import Iterator

from google.type.money_pb2 import Money

from adapters.sdk.documents.reading import decimal_of, money_of
from adapters.shopify_channel.edits import share_by_units, standing_lines, units_of
from adapters.shopify_channel.lines import charge_code_of, is_tip, shipping_lines_of, taxes_of
from adapters.shopify_channel.places import Place
from adapters.shopify_channel.refusals import refuse_shipping
from adapters.shopify_channel.settings import Settings
from crossdock.orders.v1.orders_pb2 import Charge


def charges_of(order: Place, currency_code: str, settings: Settings) -> list[Charge]:
    """Reads the charges: shipping at its lowered price where one is stated, tips, duties, lines of the profile."""
    charges = []
    for place in shipping_lines_of(order):
        refuse_shipping(place)
        price = place.at("discounted_price") if place.at("discounted_price").is_there else place.at("price")
        taxes = taxes_of(place, order, currency_code)
        charges.append(Charge(code="SHIPPING", amount=price.amount(currency_code), taxes=taxes))
    charges.extend(_tips(order, currency_code))
    for line in standing_lines(order):
        charges.extend(_duties(line, order, currency_code))
        code = "" if is_tip(line) else charge_code_of(line, settings)
        if code:
            taxes = taxes_of(line, order, currency_code)
            share_by_units(taxes, line, currency_code)
            charges.append(Charge(code=code, amount=_line_total(line, currency_code), taxes=taxes))
    return charges


def _tips(order: Place, currency_code: str) -> Iterator[Charge]:
    """Reads tips once: as the order states their sum, else as lines."""
    total = order.at("total_tip_received").amount_if_stated(currency_code)
    if total is not None and (total.units or total.nanos):
        yield Charge(code="TIP", amount=total)
        return
    for line in standing_lines(order):
        if is_tip(line):
            yield Charge(code="TIP", amount=_line_total(line, currency_code))


def _duties(line: Place, order: Place, currency_code: str) -> Iterator[Charge]:
    """Reads the duties of a line, in the currency of the shop."""
    for duty in line.each("duties"):
        money = next((at for at in (duty.at("shop_money"), duty.at("price_set").at("shop_money")) if at.is_there), None)
        amount = (money or duty.at("shop_money")).shop_amount(currency_code)
        charge = Charge(code="DUTY", amount=amount, taxes=taxes_of(duty, order, currency_code))
        share_by_units([charge], line, currency_code)
        yield charge


def _line_total(line: Place, currency_code: str) -> Money | None:
    """Answers what a line that is no goods costs; refuses discounts on it, which a charge cannot state."""
    units, price = units_of(line), line.at("price").amount(currency_code)
    for name in ("discount_allocations", "total_discount"):
        if line.at(name).value and (name == "discount_allocations" or decimal_of(line.at(name).value)):
            line.at(name).refuse("is stated on a line that is no goods: a charge has no discount; enter it by hand")
    number = decimal_of(line.at("price").value)
    total = decimal_of(number * units) if number is not None and units is not None else None
    if price is not None and units is not None and total is None:
        line.at("price").refuse("times quantity is larger than any amount that can be carried")
    return money_of(total, currency_code) if price is not None and total is not None else None
