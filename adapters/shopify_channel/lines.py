"""Lines, discounts and taxes of a Shopify order: every amount as the shop states it, none computed.

Where the same amount stands twice, one place is read: discounts from the allocations on lines, else from the
`total_discount` of lines, else from the codes, else from `total_discounts`; taxes from lines and shipping lines, else
from the order.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from adapters.sdk.documents.reading import decimal_of, shown
from adapters.shopify_channel.edits import current, differs, share_by_units, standing_lines, units_of
from adapters.shopify_channel.places import Place
from adapters.shopify_channel.refusals import refuse_line
from adapters.shopify_channel.settings import Settings
from crossdock.orders.v1.orders_pb2 import Discount, OrderLineDraft, Tax

MOST_LINES = 1000


@dataclass(frozen=True)
class _Amounts:
    """How amounts of an order's lines are read: their currency, codes of discounts, and whether lines state shares."""

    currency_code: str
    codes: list[str]
    has_allocations: bool


def lines_of(order: Place, currency_code: str, settings: Settings) -> list[OrderLineDraft]:
    """Reads the lines of goods. Refuses an order without any, with more than 1,000, or with a malformed one."""
    places = [place for place in standing_lines(order) if not is_tip(place) and not charge_code_of(place, settings)]
    if not places and (order.at("line_items").value is None or isinstance(order.at("line_items").value, list)):
        order.at("line_items").refuse("has no line of goods: there is nothing to order")
    if len(places) > MOST_LINES:
        order.at("line_items").refuse(f"has {len(places)} lines, more than {MOST_LINES}")
        return []
    codes = [_application_code(place) for place in order.each("discount_applications")]
    amounts = _Amounts(currency_code, codes, _has_allocations(order))
    return [_line(place, order, amounts, settings) for place in places]


def order_discounts_of(order: Place, currency_code: str) -> list[Discount]:
    """Reads discounts of the order as a whole: none when lines carry their shares.

    Codes are carried with the amount each names for itself, also where `total_discounts` says otherwise;
    `total_discounts` is read only when there is no code, or when the shop has changed it. A code for shipping is left
    out where the shipping line states its lowered price.
    """
    if _has_allocations(order) or _has_line_discounts(order):
        return []
    if differs(order, "total_discounts"):
        return _total_discounts(current(order, "total_discounts"), currency_code)
    codes = [place for place in order.each("discount_codes") if not _is_in_shipping_price(place, order)]
    if codes:
        return [
            Discount(code=code.at("code").words(120), amount=code.at("amount").amount(currency_code)) for code in codes
        ]
    return [] if order.at("discount_codes").value else _total_discounts(order.at("total_discounts"), currency_code)


def order_taxes_of(order: Place, currency_code: str) -> list[Tax]:
    """Reads taxes of the order as a whole: none when lines or shipping lines carry them.

    Where the shop has changed the tax of the order, the current sum is read instead of the shares first placed.
    """
    if any(place.at("tax_lines").value for place in _taxed(order)):
        return []
    if order.at("tax_lines").value and differs(order, "total_tax"):
        included = order.at("taxes_included").value is True
        return [Tax(title="total_tax", amount=current(order, "total_tax").amount(currency_code), included=included)]
    return taxes_of(order, order, currency_code)


def shipping_lines_of(order: Place) -> list[Place]:
    """Answers the shipping lines that still stand; removed ones are neither charged nor followed."""
    return [place for place in order.each("shipping_lines") if place.at("is_removed").value is not True]


def is_tip(place: Place) -> bool:
    """Answers whether a line is a tip, not goods."""
    return place.at("tip").is_there


def charge_code_of(place: Place, settings: Settings) -> str:
    """Answers the code of the charge that a line becomes by the profile; empty for goods."""
    return settings.line_charges.get(place.at("title").text(), "")


def _line(place: Place, order: Place, amounts: _Amounts, settings: Settings) -> OrderLineDraft:
    currency_code = amounts.currency_code
    refuse_line(place)
    discounts, taxes = _line_discounts(place, amounts), taxes_of(place, order, currency_code)
    share_by_units([*discounts, *taxes], place, currency_code)
    return OrderLineDraft(
        sku=_sku(place, settings),
        quantity=units_of(place) or 0,
        unit_price=place.at("price").amount(currency_code),
        discounts=discounts,
        taxes=taxes,
        channel_line_reference=place.at("id").identifier(80),
        title=place.at("name").words(300) or place.at("title").words(300),
    )


def _line_discounts(place: Place, amounts: _Amounts) -> list[Discount]:
    """Reads the shares of discounts; where the order states none at all, the line's own total."""
    total = place.at("total_discount")
    if not amounts.has_allocations and decimal_of(total.value):
        return [Discount(code="total_discount", amount=total.amount(amounts.currency_code))]
    return [
        Discount(code=_code_of(share, amounts.codes), amount=share.at("amount").amount(amounts.currency_code))
        for share in place.each("discount_allocations")
    ]


def _total_discounts(total: Place, currency_code: str) -> list[Discount]:
    amount = total.amount_if_stated(currency_code)
    if amount is None or not (amount.units or amount.nanos):
        return []
    return [Discount(code="total_discounts", amount=amount)]


def _has_line_discounts(order: Place) -> bool:
    """Answers whether lines state discounts of their own; refuses an order whose total then says something else."""
    lines = [line.at("total_discount") for line in _taxed(order)]
    sums = [amount for amount in (decimal_of(line.value) for line in lines) if amount]
    total = order.at("total_discounts")
    stated = decimal_of(total.value)
    if sums and total.is_there and stated != sum(sums):
        reason = f"is {shown(total.value)}, and total_discount of the lines sums to {sum(sums)}"
        total.refuse(f"{reason}: on which line the rest is cannot be told; enter the order by hand")
    return bool(sums)


def _sku(place: Place, settings: Settings) -> str:
    """Answers the SKU; a line without one is named by its variant, which the catalog then knows or not."""
    sku = place.at("sku").identifier(80)
    if sku or place.at("sku").text():
        return sku
    variant = place.at("variant_id").identifier(70)
    custom = settings.custom_skus.get(place.at("title").text(), "")
    if not variant and not custom:
        reason = "is missing, and so is variant_id: name the line's title in the profile's custom_skus or line_charges"
        place.at("sku").refuse(reason)
    return f"variant:{variant}" if variant else custom


def taxes_of(place: Place, order: Place, currency_code: str) -> list[Tax]:
    """Reads the taxes that a place of an order states for itself."""
    included = order.at("taxes_included").value is True
    return [
        Tax(
            title=tax.at("title").words(120),
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


def _is_in_shipping_price(code: Place, order: Place) -> bool:
    return code.at("type").text() == "shipping" and any(
        place.at("discounted_price").is_there for place in shipping_lines_of(order)
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
