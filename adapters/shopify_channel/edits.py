"""The current state of an order that was edited in the shop: what is still ordered of each line, and its totals.

Units and totals are read as they stand now. A lowered line states its taxes and discounts for the units first ordered:
each is shared by units, and the shop's current totals tell the hub whether the shares are right.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from google.type.money_pb2 import Money

from adapters.sdk.documents.facts import why_held
from adapters.sdk.documents.reading import MOST_UNITS, decimal_of, money_of, shown, whole_of
from adapters.sdk.money import digits_of
from adapters.shopify_channel.places import Place
from adapters.shopify_channel.settings import Settings
from crossdock.orders.v1.orders_pb2 import Charge, Discount, Tax

NANO: Final = Decimal("1e-9")


def standing_lines(order: Place) -> Iterator[Place]:
    """Return the lines that are still ordered; a line whose current quantity is 0 was removed."""
    return (line for line in order.each("line_items") if whole_of(line.at("current_quantity").value) != 0)


def units_of(line: Place) -> int | None:
    """Return how many units of a line are ordered now; refuse a quantity that is none, and one above the first."""
    first, current = line.at("quantity"), line.at("current_quantity")
    if not current.is_there:
        return first.units(MOST_UNITS)
    ordered, units = first.units(MOST_UNITS), current.units(MOST_UNITS)
    if ordered is not None and units is not None and units > ordered:
        current.refuse(f"is {units}, more than the {ordered} of quantity: how many are ordered cannot be told")
    return units


def current(order: Place, name: str) -> Place:
    """Return a total of the order as it stands now; as it was placed, where the shop states no current one."""
    now = order.at(f"current_{name}")
    return now if now.is_there else order.at(name)


def differs(order: Place, name: str) -> bool:
    """Return whether a total of the order is stated now, and is another than when it was placed."""
    now = order.at(f"current_{name}")
    return now.is_there and decimal_of(now.value) != decimal_of(order.at(name).value)


def share_by_units(stated: Sequence[Tax | Discount | Charge], line: Place, currency_code: str) -> None:
    """Lower amounts of a line's first quantity to those of its current one, in place, to the minor unit."""
    first, units = whole_of(line.at("quantity").value), whole_of(line.at("current_quantity").value)
    if not first or not units or units >= first:
        return
    for element in stated:
        element.amount.CopyFrom(_share(element.amount, (units, first), currency_code))
        if isinstance(element, Charge):
            share_by_units(element.taxes, line, currency_code)


def hold_unconfirmed(order: Place, settings: Settings) -> None:
    """Hold an order whose lines were lowered, and whose current total the shop does not state."""
    fact = "line.current_quantity"
    if current(order, "total_price").is_there or fact in settings.ignored_facts:
        return
    for line in order.each("line_items"):
        now = line.at("current_quantity")
        if now.is_there and decimal_of(now.value) != decimal_of(line.at("quantity").value):
            now.hold(
                shown(now.value), f"the order was edited, and no current_total_price confirms it; {why_held(fact)}"
            )


def _share(amount: Money, part: tuple[int, int], currency_code: str) -> Money:
    units, first = part
    whole = Decimal(amount.units) + Decimal(amount.nanos) * NANO
    smallest = Decimal(1).scaleb(-digits_of(currency_code))
    return money_of((whole * units / first).quantize(smallest, ROUND_HALF_UP), currency_code)
