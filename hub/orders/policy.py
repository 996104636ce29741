"""What an order is made of: lines and charges from a draft, bundles taken apart, discounts and taxes shared.

What a channel states is the order's fact; where its totals do not add up the differences are named, never repaired.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from decimal import Decimal
from operator import attrgetter
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from hub.catalog.model import Item
from hub.kernel.errors import InvalidField
from hub.kernel.instant import Instant
from hub.kernel.money import LARGEST_MINOR, Money, minor_of, shares
from hub.orders.errors import OrderActionNotAllowed, PriceMissing
from hub.orders.lifecycle import OrderAction, next_state
from hub.orders.model import (
    Charge,
    ChargeDraft,
    Check,
    CheckState,
    Discount,
    Draft,
    LineDraft,
    Order,
    OrderLine,
    StatedTotals,
    TaxDraft,
    TaxKind,
)

_NOTHING_STATED: Final = StatedTotals()
_COMPLETED: Final = frozenset({"unit_price", "title", "unit_code", "hs_code", "origin_country"})
"""What the catalog adds to a line where its draft does not state it."""
_AS_STATED: Final = tuple(
    name for name in LineDraft.__struct_fields__ if name in OrderLine.__struct_fields__ and name not in _COMPLETED
)
"""What a line of an order takes from its draft as it is: the fields of one name in both."""
_as_stated: Final = attrgetter(*_AS_STATED)


class _Amounts(Struct, frozen=True):
    """What a line costs; `tax` is all tax contained in `total`, `imported` the part of it that is owed to customs."""

    discount: int
    tax: int
    total: int
    imported: int


def lines_of(draft: Draft, items: Mapping[str, Item]) -> tuple[OrderLine, ...]:
    """The lines of an order: one per SKU shipped, so a bundle becomes its components with shares of its amounts.

    Raises PriceMissing when neither draft nor catalog has a price, InvalidField for discounts of more than there is and
    for lines that cost more than the hub counts.
    """
    prices = [_unit_price(line, items, draft.currency) for line in draft.lines]
    gross = [minor_of(prices[index] * line.quantity, draft.currency) for index, line in enumerate(draft.lines)]
    worth = [gross[index] - _sum(line.discounts) for index, line in enumerate(draft.lines)]
    _refuse_uncountable(draft, gross)
    _refuse_more_than_all(draft, worth)
    order_discounts = shares(_sum(draft.discounts), worth)
    added = shares(_tax(draft.taxes, included=False), worth)
    included = shares(_tax(draft.taxes, included=True), worth)
    imported = shares(_import_tax(draft.taxes), worth)
    lines: list[OrderLine] = []
    for index, line in enumerate(draft.lines):
        discount = gross[index] - worth[index] + order_discounts[index]
        on_top = _tax(line.taxes, included=False) + added[index]
        contained = _tax(line.taxes, included=True) + included[index]
        if contained > gross[index] - discount:
            raise InvalidField(
                f"lines[{index}].taxes contain more than the line costs; state at most that.",
                **{f"lines[{index}].taxes": "out of range"},
            )
        amounts = _Amounts(
            discount=discount,
            tax=on_top + contained,
            total=gross[index] - discount + on_top,
            imported=_import_tax(line.taxes) + imported[index],
        )
        lines += _parts(line, prices[index], amounts, items, draft.currency, first_number=len(lines) + 1)
    return tuple(lines)


def line_again(line: OrderLine, quantity: int, total_minor: int, tax_minor: int, currency: str) -> LineDraft:
    """Return units of a line as a line of another order that costs `total_minor` in all, with `tax_minor` in it."""
    unit_minor = -(-total_minor // quantity)
    over = unit_minor * quantity - total_minor
    (tax, *more) = line.taxes or (TaxDraft(0),)
    return LineDraft(
        sku=line.sku,
        quantity=quantity,
        unit_price=Money(unit_minor, currency).decimal(),
        discounts=(Discount(over),) if over else (),
        taxes=(TaxDraft(tax_minor, tax.title, "" if more else tax.rate, included=True),) if tax_minor else (),
        title=line.title,
        unit_code=line.unit_code,
        hs_code=line.hs_code,
        origin_country=line.origin_country,
        personalization=line.personalization,
        value_added_services=line.value_added_services,
    )


def charges_of(drafts: Sequence[ChargeDraft]) -> tuple[Charge, ...]:
    """The charges of an order, taxes added where they are not included; raises InvalidField where these are more."""
    for index, charge in enumerate(drafts):
        if _import_tax(charge.taxes):
            raise InvalidField(
                f"charges[{index}].taxes has a tax of the import; state it on the lines that are imported.",
                **{f"charges[{index}].taxes": "of the import"},
            )
        if _tax(charge.taxes, included=True) > charge.amount_minor:
            raise InvalidField(
                f"charges[{index}].taxes contain more than the charge; state at most that.",
                **{f"charges[{index}].taxes": "out of range"},
            )
    return tuple(
        Charge(
            charge.code,
            charge.amount_minor + _tax(charge.taxes, included=False),
            sum(tax.amount_minor for tax in charge.taxes),
            charge.taxes,
        )
        for charge in drafts
    )


def differences(draft: Draft, lines: Sequence[OrderLine], charges: Sequence[Charge]) -> list[str]:
    """Where the stated totals do not follow from the stated lines, each as a sentence with both amounts."""
    if draft.stated == _NOTHING_STATED:
        return []
    added = sum(_tax(line.taxes, included=False) for line in draft.lines) + _tax(draft.taxes, included=False)
    found = {
        "goods total": (draft.stated.goods_minor, sum(line.total_minor for line in lines) - added),
        "tax total": (
            draft.stated.tax_minor,
            sum(line.tax_minor for line in lines) + sum(charge.tax_minor for charge in charges),
        ),
        "grand total": (
            draft.stated.grand_minor,
            sum(line.total_minor for line in lines) + sum(charge.total_minor for charge in charges),
        ),
    }
    return [
        f"{name} stated {Money(stated, draft.currency)}, lines sum to {Money(summed, draft.currency)},"
        f" difference {Money(stated - summed, draft.currency)}"
        for name, (stated, summed) in found.items()
        if stated is not None and stated != summed
    ]


def expiry_of(lines: Sequence[OrderLine], at: Instant) -> Instant | None:
    """The next instant after `at` from which units of a line may not ship any more; None where there is none."""
    ends = [line.cancel_after for line in lines if line.cancel_after is not None and line.cancel_after > at]
    return min(ends) if ends else None


def after(order: Order, action: OrderAction) -> Order:
    """The order after an action on its life; raises OrderActionNotAllowed."""
    return replace(order, state=next_state(order.order_id, order.state, action))


def checked(order: Order, check: Check, state: CheckState) -> Order:
    """The order with a check answered."""
    return replace(order, checks={**order.checks, check: state})


def confirmable(order: Order) -> bool:
    """Whether every check has passed."""
    return all(state is CheckState.PASSED for state in order.checks.values())


def ended(order: Order, action: str, why: str) -> OrderActionNotAllowed:
    """The refusal of an action on an order that has ended; `why` goes on after its state: `has nothing to hold`."""
    state = order.state.value
    return OrderActionNotAllowed(
        f"An order that is {state} {why}.", order_id=order.order_id, state=state, action=action, allowed=""
    )


def too_early(order: Order, line_number: int, at: Instant) -> bool:
    """Whether a line may not ship yet."""
    line = order.line(line_number)
    return line is not None and line.ship_not_before is not None and line.ship_not_before > at


def _refuse_uncountable(draft: Draft, gross: Sequence[int]) -> None:
    """Raises InvalidField naming what brings all that is stated above the largest amount."""
    of_lines = [tax for line in draft.lines for tax in line.taxes]
    of_charges = [tax for charge in draft.charges for tax in charge.taxes]
    parts = {
        "lines": sum(gross),
        "discounts": _sum(draft.discounts) + sum(_sum(line.discounts) for line in draft.lines),
        "taxes": sum(tax.amount_minor for tax in (*draft.taxes, *of_lines, *of_charges)),
        "charges": sum(charge.amount_minor for charge in draft.charges),
    }
    whole = 0
    for name, amount in parts.items():
        whole += amount
        if whole > LARGEST_MINOR:
            raise InvalidField(f"{name} come to more than the hub counts; split the order.", **{name: "out of range"})


def _refuse_more_than_all(draft: Draft, worth: Sequence[int]) -> None:
    for index, left in enumerate(worth):
        if left < 0:
            field = f"lines[{index}].discounts"
            raise InvalidField(f"{field} exceed the price of the line; state at most that.", **{field: "out of range"})
    if _sum(draft.discounts) > sum(worth):
        raise InvalidField("discounts exceed the price of the lines; state at most that.", discounts="out of range")


def _unit_price(line: LineDraft, items: Mapping[str, Item], currency: str) -> Decimal:
    if line.unit_price is not None:
        return line.unit_price
    price = items[line.sku].prices.get(currency)
    if price is None:
        raise PriceMissing(
            f"{line.sku} has no price in {currency}; state unit_price, or add a price to the item.",
            sku=line.sku,
            currency=currency,
        )
    return price.decimal()


def _sum(discounts: Sequence[Discount]) -> int:
    return sum(discount.amount_minor for discount in discounts) if discounts else 0


def _tax(taxes: Sequence[TaxDraft], *, included: bool) -> int:
    return sum(tax.amount_minor for tax in taxes if tax.included is included) if taxes else 0


def on_sale(taxes: Sequence[TaxDraft]) -> list[TaxDraft]:
    """Return the taxes on the sale; those of an import are none of a tax engine's business."""
    return [tax for tax in taxes if tax.kind is TaxKind.SALES]


def sale_tax(order: Order) -> int:
    """Return the tax on the sale of an order, without what is owed to customs, in minor units."""
    return sum(line.tax_minor - line.import_minor for line in order.lines) + sum(one.tax_minor for one in order.charges)


def _import_tax(taxes: Sequence[TaxDraft]) -> int:
    return sum(tax.amount_minor for tax in taxes if tax.kind is not TaxKind.SALES) if taxes else 0


def _parts(
    line: LineDraft, price: Decimal, amounts: _Amounts, items: Mapping[str, Item], currency: str, first_number: int
) -> list[OrderLine]:
    item = items[line.sku]
    base = OrderLine(
        line_number=first_number,
        unit_price=price,
        discount_minor=amounts.discount,
        tax_minor=amounts.tax,
        total_minor=amounts.total,
        import_minor=amounts.imported,
        title=line.title or item.title,
        unit_code=line.unit_code or item.unit_code,
        hs_code=line.hs_code or item.hs_code,
        origin_country=line.origin_country or item.origin_country,
        weight_grams=item.weight_grams,
        **dict(zip(_AS_STATED, _as_stated(line), strict=True)),
    )
    if not item.components:
        return [base]
    parts = [items[component.sku] for component in item.components]
    counts = [component.quantity for component in item.components]
    weights = _weights(parts, counts, currency)
    totals, discounts, taxes, imported = (
        shares(amount, weights) for amount in (base.total_minor, base.discount_minor, base.tax_minor, base.import_minor)
    )
    bundle_price = sum(weights)
    return [
        replace(
            base,
            line_number=first_number + index,
            sku=part.sku,
            quantity=line.quantity * counts[index],
            unit_price=(price * weights[index] / bundle_price / counts[index]).quantize(Decimal("0.0001")),
            discount_minor=discounts[index],
            tax_minor=taxes[index],
            total_minor=totals[index],
            import_minor=imported[index],
            bundle_sku=line.sku,
            bundle_quantity=line.quantity,
            bundle_price=price,
            title=part.title or base.title,
            hs_code=part.hs_code,
            origin_country=part.origin_country,
            weight_grams=part.weight_grams,
            unit_code=part.unit_code,
        )
        for index, part in enumerate(parts)
    ]


def _weights(parts: Sequence[Item], counts: Sequence[int], currency: str) -> list[int]:
    """Weigh the parts of a bundle by their list prices, in the currency that most have, before others in the order's.

    A part that is free weighs nothing, and so does one without a price beside others that have one. Where none costs
    anything each unit weighs the same.
    """
    priced = Counter(code for part in parts for code in part.prices)
    for code in sorted(priced, key=lambda code: (-priced[code], code != currency, code))[:1]:
        prices = [part.prices.get(code) for part in parts]
        weights = [price.minor * count if price else 0 for price, count in zip(prices, counts, strict=True)]
        if any(weights):
            return weights
    return list(counts)
