"""Landed cost in quotes and orders: what each option costs across a border, and what an order is charged by it.

The goods that leave one node on one day are a consignment; those of one day are valued together. Its freight is the
share of the delivery fee that goes by value.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

from msgspec.structs import replace

from hub.cases.intake.promises import TakenPromise
from hub.catalog.model import Item
from hub.kernel.errors import InvalidField
from hub.kernel.money import Money, shares
from hub.network.model import Network
from hub.orders.errors import PriceMissing
from hub.orders.model import Draft, LineDraft, OrderLine, TaxDraft, TaxKind
from hub.promising.model import PromisedPart, PromiseOption
from hub.promising.policy.dates import local_day
from hub.trade.model.landed_cost import ChargeKind, Consignment, Goods, Landed, LandedQuestion
from hub.trade.model.rules import TradeRules
from hub.trade.policy.landed_costs import landed_costs

_TAX_KINDS: Final[Mapping[ChargeKind, TaxKind]] = {
    ChargeKind.DUTY: TaxKind.DUTY,
    ChargeKind.TAX: TaxKind.IMPORT_TAX,
    ChargeKind.FEE: TaxKind.IMPORT_FEE,
}
_BUYER: Final = "buyer"
"""All consignments of a quote go to one recipient."""


def landed(
    option: PromiseOption,
    question: LandedQuestion,
    lines: Sequence[tuple[str, int]],
    items: Mapping[str, Item],
    network: Network,
    rules: TradeRules,
    country: str,
) -> tuple[Landed, ...]:
    """Return the landed cost of each consignment of an option, by node and day of leaving.

    `lines` are the (SKU, units) of the quote. Raises InvalidField for bundles and for amounts of another currency,
    PriceMissing, and what `landed_costs` refuses.
    """
    values = [_value(question, index, sku, units, items) for index, (sku, units) in enumerate(lines)]
    goods = _goods_by_consignment(option.parts, values, lines, items, network)
    fee = option.fee or Money.zero(question.currency)
    if fee.currency != question.currency:
        raise InvalidField(
            f"landed_cost.currency_code is {question.currency}, and delivery costs {fee}; ask in {fee.currency}.",
            **{"landed_cost.currency_code": "differs from the delivery fee"},
        )
    worth = [sum(one.value.minor for one in parts) for parts in goods.values()]
    consignments = [
        Consignment(
            consignment_id=f"{node_id} {day}",
            from_country=network.node(node_id).address.country_code,
            to_country=country,
            import_day=day,
            flow=question.flow,
            goods=tuple(parts),
            freight=Money(freight, question.currency),
            insurance=Money.zero(question.currency),
            incoterm=question.incoterm,
            declaration=question.declaration,
            order_number=_BUYER,
            recipient=_BUYER,
        )
        for ((node_id, day), parts), freight in zip(goods.items(), shares(fee.minor, worth), strict=True)
    ]
    costs = landed_costs(consignments, rules, valued_together=True)
    return tuple(Landed(one, cost) for one, cost in zip(consignments, costs, strict=True))


def with_import_charges(draft: Draft, taken: TakenPromise, lines: Sequence[OrderLine]) -> tuple[Draft, tuple[str, ...]]:
    """Return a draft with duty, tax and fees of the import as taxes of its lines, as it was quoted.

    A draft that states any of them stays as it is. Also return how what is ordered differs from what was quoted, for
    people; `lines` are those of the draft.
    """
    option = taken.option
    if not option.landed:
        return draft, ()
    quoted = taken.frozen.quote.lines
    differences = _other_values(option.landed, quoted, lines, draft.currency)
    charges = _charges_by_sku(option.landed, quoted)
    stated = [tax for line in draft.lines for tax in line.taxes] + list(draft.taxes)
    imported = sum(tax.amount_minor for tax in stated if tax.kind is not TaxKind.SALES)
    if imported:
        prepaid = sum(minor for taxes in charges.values() for minor in taxes.values())
        if imported != prepaid:
            was, is_now = Money(prepaid, draft.currency), Money(imported, draft.currency)
            differences = (*differences, f"the buyer was quoted {was} for the import and is charged {is_now}")
        return draft, differences
    return replace(draft, lines=_charged_lines(draft.lines, charges)), differences


def _value(question: LandedQuestion, index: int, sku: str, units: int, items: Mapping[str, Item]) -> Money:
    item, field = items[sku], f"lines[{index}]"
    if item.components:
        raise InvalidField(
            f"{field}.sku {sku} is a bundle; ask for the landed cost of what is in it.", **{f"{field}.sku": "a bundle"}
        )
    value = question.values[index]
    if value is None:
        price = item.prices.get(question.currency)
        if price is None:
            raise PriceMissing(
                f"{sku} has no price in {question.currency}; state {field}.value, or add a price to the item.",
                sku=sku,
                currency=question.currency,
            )
        return Money(price.minor * units, price.currency)
    if value.currency != question.currency or value.minor < 0:
        raise InvalidField(
            f"{field}.value is {value}; state an amount of at least 0 in {question.currency}.",
            **{f"{field}.value": "out of range"},
        )
    return value


def _goods_by_consignment(
    parts: Sequence[PromisedPart],
    values: Sequence[Money],
    lines: Sequence[tuple[str, int]],
    items: Mapping[str, Item],
    network: Network,
) -> dict[tuple[str, date], list[Goods]]:
    """Return the goods of each (node, day of leaving); a line's value is shared by units."""
    units: dict[int, dict[tuple[str, date], int]] = defaultdict(dict)
    for part in parts:
        place = part.node_id, local_day(network.node(part.node_id), part.dates.ship_at)
        units[part.line_number][place] = units[part.line_number].get(place, 0) + part.quantity
    goods: dict[tuple[str, date], list[Goods]] = defaultdict(list)
    for number, places in sorted(units.items()):
        item, value = items[lines[number - 1][0]], values[number - 1]
        for (place, count), worth in zip(places.items(), shares(value.minor, list(places.values())), strict=True):
            goods[place].append(
                Goods(
                    reference=str(number),
                    value=Money(worth, value.currency),
                    hs_code=item.hs_code,
                    origin=item.origin_country,
                    weight_grams=item.weight_grams * count,
                )
            )
    return goods


def _other_values(
    consignments: Sequence[Landed], quoted: Sequence[tuple[str, int]], lines: Sequence[OrderLine], currency: str
) -> tuple[str, ...]:
    """Return how goods are ordered at another value than they were quoted at."""
    was, is_now = defaultdict[str, int](int), defaultdict[str, int](int)
    for goods in (one for each in consignments for one in each.consignment.goods):
        was[quoted[int(goods.reference) - 1][0]] += goods.value.minor
    for line in lines:
        is_now[line.sku] += line.total_minor - line.tax_minor
    return tuple(
        f"{sku} was quoted at a value of {Money(was[sku], currency)} and is ordered at {Money(is_now[sku], currency)}"
        for sku in sorted(was)
        if was[sku] != is_now[sku]
    )


def _charges_by_sku(
    consignments: Sequence[Landed], quoted: Sequence[tuple[str, int]]
) -> dict[str, dict[tuple[TaxKind, str], int]]:
    """Return what the buyer pays for the import, by SKU, kind and rule."""
    charges: dict[str, dict[tuple[TaxKind, str], int]] = defaultdict(dict)
    for each in consignments:
        for reference, kind, rule_id, minor in each.charges():
            taxes, name = charges[quoted[int(reference) - 1][0]], (_TAX_KINDS[kind], rule_id)
            taxes[name] = taxes.get(name, 0) + minor
    return charges


def _charged_lines(
    lines: Sequence[LineDraft], charges: Mapping[str, Mapping[tuple[TaxKind, str], int]]
) -> tuple[LineDraft, ...]:
    """Return lines with the charges of their SKUs, shared by units."""
    taxes: dict[int, list[TaxDraft]] = defaultdict(list)
    for sku, amounts in charges.items():
        places = [index for index, line in enumerate(lines) if line.sku == sku]
        for (kind, rule_id), minor in amounts.items():
            for index, share in zip(places, shares(minor, [lines[one].quantity for one in places]), strict=True):
                taxes[index].append(TaxDraft(share, title=rule_id, kind=kind))
    return tuple(replace(line, taxes=(*line.taxes, *taxes[index])) for index, line in enumerate(lines))
