"""Orders as shops send them, and what must become of each: taken with these facts, held, or refused where it says."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import pytest
from google.type.money_pb2 import Money

from tests.adapters.shopify_channel.documents import an_order, read

TEA = {"id": 31, "sku": "TEA-100", "quantity": 3, "price": "8.40", "title": "Tea"}
CUP = {"id": 32, "sku": "CUP-WHITE", "quantity": 1, "price": "22.00", "title": "Cup"}
CUSTOM = {"id": 33, "title": "Ribbon", "quantity": 2, "price": "1.50"}
ADDRESS = {"name": "Jo", "address1": "Vej 3", "city": "Aarhus", "country_code": "DK"}
DUTY = {"shop_money": {"amount": "4.35", "currency_code": "EUR"}, "tax_lines": [{"price": "0.85"}]}


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What must become of an order: where it is refused, else its lines, charges, payments and holds."""

    refused: str = ""
    reference: str = "7001"
    lines: dict[str, int] = field(default_factory=lambda: {"TEA-100": 3})
    discounts: dict[str, str] = field(default_factory=dict)
    charges: dict[str, str] = field(default_factory=dict)
    paid: dict[str, str] = field(default_factory=lambda: {"SHOPIFY_PAYMENTS": "all"})
    held: tuple[str, ...] = ()


OUTCOMES: dict[str, tuple[dict[str, Any], Outcome]] = {
    "a line removed by an edit": (
        {"line_items": [TEA, {**CUP, "current_quantity": 0, "fulfillable_quantity": 0}]},
        Outcome(),
    ),
    "a line lowered by an edit": (
        {"line_items": [{**TEA, "current_quantity": 1, "fulfillable_quantity": 1}], "current_total_price": "8.40"},
        Outcome(lines={"TEA-100": 1}),
    ),
    "collected in a shop": ({"shipping_address": None}, Outcome(refused="$.shipping_address")),
    "nothing to ship": ({"line_items": [{**TEA, "gift_card": True}]}, Outcome(refused="$.line_items[0].gift_card")),
    "a country by name": (
        {"shipping_address": {**ADDRESS, "country_code": "", "country": "Denmark"}},
        Outcome(refused="$.shipping_address.country_code"),
    ),
    "a part paid": (
        {"financial_status": "partially_paid", "total_price": "25.20", "total_outstanding": "13.20"},
        Outcome(paid={"SHOPIFY_PAYMENTS": "12.00"}),
    ),
    "two gateways": (
        {"payment_gateway_names": ["voucher", "shopify_payments"]},
        Outcome(paid={"VOUCHER+SHOPIFY_PAYMENTS": "all"}, held=("$.payment_gateway_names",)),
    ),
    "shares in another currency": (
        {"transactions": [{"id": number, "kind": "sale", "status": "success", "currency": "DKK"} for number in (1, 2)]},
        Outcome(refused="$.transactions[0].currency"),
    ),
    "the whole in another currency": (
        {"transactions": [{"id": 1, "kind": "sale", "status": "success", "currency": "DKK", "amount": "188.1"}]},
        Outcome(paid={"UNKNOWN": "all"}),
    ),
    "a discount of one line": (
        {"line_items": [TEA, {**CUP, "total_discount": "7.00"}], "total_discounts": "7.00"},
        Outcome(lines={"TEA-100": 3, "CUP-WHITE": 1}, discounts={"CUP-WHITE": "7.00"}),
    ),
    "an id with an exponent": ({"id": 6.2000000455e12}, Outcome(reference="6200000045500")),
    "duties": ({"line_items": [{**TEA, "duties": [DUTY]}]}, Outcome(charges={"DUTY": "4.35"})),
    "a street that fits no lines": (
        {"shipping_address": {**ADDRESS, "address1": "z" * 240}},
        Outcome(refused="$.shipping_address.address1"),
    ),
    "a tip": (
        {"line_items": [TEA, {**CUSTOM, "tip": {"payment_gateway": "x"}}], "total_tip_received": "3.00"},
        Outcome(charges={"TIP": "3.00"}),
    ),
    "a custom item": ({"line_items": [TEA, CUSTOM]}, Outcome(refused="$.line_items[1].sku")),
    "a field nobody knows": ({"gift_message": {"text": "hi"}}, Outcome(held=("$.gift_message",))),
}


@pytest.mark.parametrize("name", OUTCOMES)
def test_an_order_of_a_shop_has_its_outcome(name: str) -> None:
    changes, expected = OUTCOMES[name]

    reading = read(an_order(**{"line_items": [TEA], **changes}), default_country_code="NL")

    if expected.refused:
        assert not reading.commands
        assert expected.refused in {problem.location for problem in reading.problems}
        return
    assert not reading.problems
    order = reading.commands[0].place_order
    assert order.channel_reference == expected.reference
    assert {line.sku: line.quantity for line in order.lines} == expected.lines
    stated = {line.sku: amount(discount.amount) for line in order.lines for discount in line.discounts}
    assert stated == expected.discounts
    assert {charge.code: amount(charge.amount) for charge in order.charges} == expected.charges
    payments = {one.kind: amount(one.amount) if one.HasField("amount") else "all" for one in order.instruments}
    assert payments == expected.paid
    assert tuple(fact.location for fact in order.unread_facts) == expected.held


def amount(money: Money) -> str:
    """Return an amount with two digits behind the point."""
    return f"{money.units}.{money.nanos // 10_000_000:02}"
