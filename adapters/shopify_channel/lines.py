"""Lines, discounts, taxes and charges of a Shopify order: every amount as the shop states it, none computed.

Where the same amount stands twice, one place is read: discounts from the allocations on lines, else from the codes,
else from `total_discounts`; taxes from lines and shipping lines, else from the order.
"""

from __future__ import annotations

from collections.abc import Iterator

from google.type.money_pb2 import Money

from adapters.sdk.documents.reading import MOST_UNITS, decimal_of, shown
from adapters.shopify_channel.places import Place
from crossdock.orders.v1.orders_pb2 import Charge, Discount, OrderLineDraft, Tax

MOST_LINES = 1000


def lines_of(order: Place, currency_code: str) -> list[OrderLineDraft]:
    """Reads the lines. Refuses an order without lines, with more than 1,000, or with a malformed one."""
    places = list(order.each("line_items"))
    if not places and order.at("line_items").value in (None, []):
        order.at("line_items").refuse("has no line: there is nothing to order")
    if len(places) > MOST_LINES:
        order.at("line_items").refuse(f"has {len(places)} lines, more than {MOST_LINES}")
        return []
    codes = [_application_code(place) for place in order.each("discount_applications")]
    return [_line(place, order, currency_code, codes) for place in places]


def charges_of(order: Place, currency_code: str) -> list[Charge]:
    """Reads what is charged beside the goods: shipping, at its lowered price where one is stated, and tips."""
    charges = [
        _charge("SHIPPING", _shipping_price(place).amount(currency_code), _taxes(place, order, currency_code))
        for place in order.each("shipping_lines")
    ]
    tip = order.at("total_tip_received").amount_if_stated(currency_code)
    if tip is not None and (tip.units or tip.nanos):
        charges.append(_charge("TIP", tip, []))
    return charges


def order_discounts_of(order: Place, currency_code: str) -> list[Discount]:
    """Reads discounts of the order as a whole: none when lines carry their shares.

    Codes are carried with the amount each names for itself, also where `total_discounts` says otherwise;
    `total_discounts` is read only when there is no code. A code for shipping is left out where the shipping line states
    its lowered price.
    """
    if _has_allocations(order):
        return []
    codes = [place for place in order.each("discount_codes") if not _is_in_shipping_price(place, order)]
    if codes:
        return [
            Discount(code=code.at("code").words(120), amount=code.at("amount").amount(currency_code)) for code in codes
        ]
    total = order.at("total_discounts")
    amount = None if order.at("discount_codes").value else total.amount_if_stated(currency_code)
    if amount is None or not (amount.units or amount.nanos):
        return []
    return [Discount(code="total_discounts", amount=amount)]


def order_taxes_of(order: Place, currency_code: str) -> list[Tax]:
    """Reads taxes of the order as a whole: none when lines or shipping lines carry them."""
    stated_below = any(place.at("tax_lines").value for place in _taxed(order))
    return [] if stated_below else _taxes(order, order, currency_code)


def _line(place: Place, order: Place, currency_code: str, codes: list[str]) -> OrderLineDraft:
    return OrderLineDraft(
        sku=_sku(place),
        quantity=place.at("quantity").units(MOST_UNITS) or 0,
        unit_price=place.at("price").amount(currency_code),
        discounts=[
            Discount(code=_code_of(share, codes), amount=share.at("amount").amount(currency_code))
            for share in place.each("discount_allocations")
        ],
        taxes=_taxes(place, order, currency_code),
        channel_line_reference=place.at("id").identifier(80),
        title=place.at("name").words(300) or place.at("title").words(300),
    )


def _sku(place: Place) -> str:
    """Answers the SKU; a line without one is named by its variant, which the catalog then knows or not."""
    sku = place.at("sku").identifier(80)
    if sku or place.at("sku").text():
        return sku
    variant = place.at("variant_id").identifier(70)
    if not variant:
        place.at("sku").refuse("is missing, and so is variant_id: what is ordered cannot be told")
    return f"variant:{variant}"


def _taxes(place: Place, order: Place, currency_code: str) -> list[Tax]:
    included = order.at("taxes_included").value is True
    return [
        Tax(
            title=tax.at("title").text(120),
            rate=_rate(tax.at("rate")),
            amount=tax.at("price").amount(currency_code),
            included=included,
        )
        for tax in place.each("tax_lines")
    ]


def _rate(place: Place) -> str:
    """Answers a rate as a plain decimal; one that is none is reported and left out, since the amount is what counts."""
    if not place.is_there:
        return ""
    rate = decimal_of(place.value)
    if rate is None or rate < 0:
        place.report(f"is not a decimal rate: {shown(place.value)}; the tax is taken without it")
        return ""
    return f"{abs(rate):f}"


def _charge(code: str, amount: Money | None, taxes: list[Tax]) -> Charge:
    return Charge(code=code, amount=amount, taxes=taxes)


def _shipping_price(place: Place) -> Place:
    discounted = place.at("discounted_price")
    return discounted if discounted.is_there else place.at("price")


def _is_in_shipping_price(code: Place, order: Place) -> bool:
    return code.at("type").text() == "shipping" and any(
        place.at("discounted_price").is_there for place in order.each("shipping_lines")
    )


def _has_allocations(order: Place) -> bool:
    return any(place.at("discount_allocations").value for place in _taxed(order))


def _taxed(order: Place) -> Iterator[Place]:
    """Answers lines and shipping lines; a list that is none was refused where it was read for its content."""
    for name in ("line_items", "shipping_lines"):
        if isinstance(order.at(name).value, list):
            yield from order.each(name)


def _application_code(place: Place) -> str:
    """Answers how the shop names a discount: its code, else its title, else its sort."""
    named = (place.at(name).words(120) for name in ("code", "title", "type"))
    return next((name for name in named if name), "")


def _code_of(share: Place, codes: list[str]) -> str:
    index = share.at("discount_application_index").value
    is_known = isinstance(index, int) and not isinstance(index, bool) and 0 <= index < len(codes)
    return codes[index] if is_known and isinstance(index, int) else ""
