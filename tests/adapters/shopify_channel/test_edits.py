"""An order that was edited in the shop is read as it stands now."""

from __future__ import annotations

from typing import Any

import pytest
from google.type.money_pb2 import Money

from crossdock.orders.v1.orders_pb2 import OrderDraft
from tests.adapters.shopify_channel.documents import an_order, read


def a_line(number: int, quantity: int, current: int, **more: object) -> dict[str, Any]:
    state = {"quantity": quantity, "current_quantity": current, "fulfillable_quantity": current}
    return {"id": number, "sku": f"TEA-{number}", "title": "Tea", "price": "7.30", **state, **more}


def taken(document: dict[str, Any]) -> OrderDraft:
    reading = read(document)
    assert not reading.problems
    return reading.commands[0].place_order


def euro(units: int, cents: int) -> Money:
    return Money(currency_code="EUR", units=units, nanos=cents * 10_000_000)


def test_removed_lines_are_left_out_and_lowered_ones_count_what_is_left() -> None:
    lines = [a_line(1, 4, 4), a_line(2, 3, 0), a_line(3, 6, 2)]
    totals = {"total_price": "94.90", "subtotal_price": "94.90", "total_tax": "0.00"}
    now = {"current_total_price": "43.80", "current_subtotal_price": "43.80", "current_total_tax": "0.00"}

    order = taken(an_order(line_items=lines, **totals, **now))

    assert [(line.sku, line.quantity) for line in order.lines] == [("TEA-1", 4), ("TEA-3", 2)]
    assert order.stated_totals.grand_total == order.stated_totals.goods_total == euro(43, 80)
    assert not order.unread_facts


def test_taxes_discounts_and_duties_of_a_lowered_line_are_shared_by_units() -> None:
    duty = {"shop_money": {"amount": "3.10", "currency_code": "EUR"}, "tax_lines": [{"price": "0.62"}]}
    line = a_line(1, 3, 2, tax_lines=[{"price": "1.00"}], discount_allocations=[{"amount": "2.00"}], duties=[duty])

    order = taken(an_order(line_items=[line], current_total_price="18.00"))

    (read_line,) = order.lines
    assert [tax.amount for tax in read_line.taxes] == [euro(0, 67)]
    assert [discount.amount for discount in read_line.discounts] == [euro(1, 33)]
    assert [(charge.amount, charge.taxes[0].amount) for charge in order.charges] == [(euro(2, 7), euro(0, 41))]


def test_shares_are_whole_minor_units_of_their_currency() -> None:
    line = a_line(1, 3, 2, price="100", tax_lines=[{"price": "10"}])

    order = taken(an_order(currency="JPY", line_items=[line], total_price="310", current_total_price="207"))

    assert order.lines[0].taxes[0].amount == Money(currency_code="JPY", units=7)


def test_discounts_and_taxes_of_the_whole_order_are_those_of_now() -> None:
    first = {"total_discounts": "5.00", "discount_codes": [{"code": "TEN", "amount": "5.00"}], "total_tax": "4.20"}
    now = {"current_total_discounts": "2.50", "current_total_tax": "2.10", "current_total_price": "12.10"}

    order = taken(an_order(line_items=[a_line(1, 4, 2)], tax_lines=[{"price": "4.20"}], **first, **now))

    assert [discount.amount for discount in order.discounts] == [euro(2, 50)]
    assert [tax.amount for tax in order.taxes] == [euro(2, 10)]


def test_a_shipping_line_that_was_removed_is_not_charged() -> None:
    lines = [{"price": "4.00", "is_removed": True}, {"price": "6.00", "code": "NIGHT"}]

    order = taken(an_order(shipping_lines=lines, current_total_price="31.00"))

    assert [charge.amount.units for charge in order.charges] == [6]
    assert order.stated_totals.grand_total == euro(31, 0)


def test_units_taken_back_without_money_are_no_refund() -> None:
    refund = {"refund_line_items": [{"line_item_id": 1, "quantity": 2}], "transactions": []}

    order = taken(an_order(line_items=[a_line(1, 5, 3)], refunds=[refund], current_total_price="21.90"))

    assert [line.quantity for line in order.lines] == [3]


def test_a_lowered_order_that_states_no_total_waits_for_a_person() -> None:
    order = an_order(line_items=[a_line(1, 5, 3)])
    del order["total_price"]

    (fact,) = taken(order).unread_facts

    assert (fact.location, fact.value) == ("$.line_items[0].current_quantity", "'3'")


@pytest.mark.parametrize("current", [0, 2])
def test_an_order_of_which_nothing_is_left_is_refused(current: int) -> None:
    reading = read(an_order(line_items=[a_line(1, 2, current)]))

    assert len(reading.commands) == bool(current)
    assert [problem.location for problem in reading.problems] == ([] if current else ["$.line_items"])
