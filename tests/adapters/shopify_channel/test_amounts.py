"""Amounts of Shopify's orders are carried as stated, each once."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from google.type.money_pb2 import Money

from adapters.sdk.documents.reading import Reading
from crossdock.orders.v1.orders_pb2 import OrderDraft
from tests.adapters.shopify_channel.documents import DOCUMENTS, OWN, an_order, published, read, read_file

TAX = {"title": "VAT", "rate": 0.21, "price": "4.34"}
LINE = {"id": 1, "sku": "MUG-BLUE", "quantity": 2, "price": "12.50"}
STANDARD = {"code": "Standard", "price": "4.95"}


def amount(money: Money) -> Decimal:
    return Decimal(money.units) + Decimal(money.nanos).scaleb(-9)


def the_order(document: object, **profile: object) -> OrderDraft:
    reading = read(document, **profile)
    assert not reading.problems
    return reading.commands[0].place_order


def test_the_published_order_is_carried_as_it_states_itself() -> None:
    reading = read_file_of_fixture()

    order = reading.commands[0].place_order
    assert [(line.sku, line.quantity, amount(line.unit_price)) for line in order.lines] == [
        ("IPOD2008GREEN", 1, Decimal("199.00")),
        ("IPOD2008RED", 1, Decimal("199.00")),
        ("IPOD2008BLACK", 1, Decimal("199.00")),
    ]
    assert amount(order.stated_totals.goods_total) == Decimal("398.00")
    assert amount(order.stated_totals.tax_total) == Decimal("11.94")
    assert amount(order.stated_totals.grand_total) == Decimal("409.94")
    (tax,) = order.taxes
    assert (tax.title, tax.rate, amount(tax.amount)) == ("State Tax", "0.06", Decimal("11.94"))
    assert reading.commands[0].draft_unknown_skus


def test_a_code_that_total_discounts_denies_is_carried_with_the_denial_beside_it() -> None:
    order = read_file_of_fixture().commands[0].place_order

    assert [(one.code, amount(one.amount)) for one in order.discounts] == [("TENOFF", Decimal("10.00"))]
    assert order.attributes["shopify.total_discounts"] == "0.00"
    assert not any(line.discounts or line.taxes for line in order.lines)


def test_a_published_listing_without_lines_is_a_problem_and_no_order() -> None:
    reading = read(published("orders.json"))

    assert not reading.commands
    assert ("$.orders[0].line_items", "line_items") in [(one.location, one.field) for one in reading.problems]


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        pytest.param({}, [], id="none"),
        pytest.param({"total_discounts": "0.00"}, [], id="a total of nothing"),
        pytest.param({"total_discounts": "5.00"}, [("total_discounts", "5.00")], id="only a total"),
        pytest.param(
            {"total_discounts": "9.00", "discount_codes": [{"code": "A", "amount": "5"}, {"code": "B", "amount": "4"}]},
            [("A", "5"), ("B", "4")],
            id="codes before the total",
        ),
        pytest.param(
            {
                "discount_codes": [{"code": "FREESHIP", "amount": "4.95", "type": "shipping"}],
                "total_discounts": "4.95",
                "shipping_lines": [{**STANDARD, "discounted_price": "0.00"}],
            },
            [],
            id="a code for shipping is in the lowered price",
        ),
        pytest.param(
            {
                "discount_codes": [{"code": "A", "amount": "5"}],
                "line_items": [{**LINE, "discount_allocations": [{"amount": "5"}]}],
            },
            [],
            id="allocations before codes",
        ),
    ],
)
def test_a_discount_of_the_order_is_read_from_one_place(order: dict[str, Any], expected: list[tuple[str, str]]) -> None:
    draft = the_order(an_order(**order))

    assert [(one.code, amount(one.amount)) for one in draft.discounts] == [(c, Decimal(a)) for c, a in expected]


def test_two_discounts_reach_their_lines_under_their_own_names() -> None:
    order = read_file(DOCUMENTS / "web-nl-1005-two-discounts.json", "shopify-web-nl.json").commands[0].place_order

    assert [[(one.code, amount(one.amount)) for one in line.discounts] for line in order.lines] == [
        [("WELCOME10", Decimal("4.00")), ("Autumn five off", Decimal("3.33"))],
        [("WELCOME10", Decimal("2.00")), ("Autumn five off", Decimal("1.67"))],
    ]
    assert not order.discounts


def test_taxes_of_lines_and_shipping_replace_those_of_the_order() -> None:
    stated = an_order(
        taxes_included=True, tax_lines=[TAX], line_items=[{**LINE, "tax_lines": [TAX]}], shipping_lines=[STANDARD]
    )

    order = the_order(stated)

    assert not order.taxes
    assert [(tax.title, tax.rate, amount(tax.amount), tax.included) for tax in order.lines[0].taxes] == [
        ("VAT", "0.21", Decimal("4.34"), True)
    ]


def test_taxes_of_the_order_stand_where_no_line_has_any() -> None:
    order = the_order(an_order(tax_lines=[TAX], shipping_lines=[STANDARD]))

    assert [(amount(tax.amount), tax.included) for tax in order.taxes] == [(Decimal("4.34"), False)]
    assert not order.lines[0].taxes


def test_shipping_is_charged_at_its_lowered_price_with_its_own_tax() -> None:
    shipping = {**STANDARD, "discounted_price": "2.00", "tax_lines": [{**TAX, "price": "0.35"}]}

    order = the_order(an_order(shipping_lines=[shipping], total_tip_received="1.50"))

    assert [(one.code, amount(one.amount), [amount(tax.amount) for tax in one.taxes]) for one in order.charges] == [
        ("SHIPPING", Decimal("2.00"), [Decimal("0.35")]),
        ("TIP", Decimal("1.50"), []),
    ]


def test_a_discount_that_a_line_states_stays_with_that_line() -> None:
    lines = [{**LINE, "total_discount": "0.00"}, {"id": 2, "sku": "TRAY-OAK", "quantity": 1, "price": "35.00"}]
    lines[1]["total_discount"] = "10.00"

    order = the_order(an_order(line_items=lines, total_discounts="10.00"))

    assert [[amount(one.amount) for one in line.discounts] for line in order.lines] == [[], [Decimal("10.00")]]
    assert not order.discounts


def test_a_discount_of_lines_and_a_rest_of_nobody_refuse_the_order() -> None:
    reading = read(an_order(line_items=[{**LINE, "total_discount": "10.00"}], total_discounts="15.00"))

    assert not reading.commands
    assert [problem.location for problem in reading.problems] == ["$.total_discounts"]


def test_duties_are_charges_with_their_own_tax() -> None:
    duty = {"id": 1, "shop_money": {"amount": "3.10", "currency_code": "EUR"}, "tax_lines": [{**TAX, "price": "0.60"}]}

    order = the_order(an_order(line_items=[{**LINE, "duties": [duty]}]))

    (charge,) = order.charges
    assert (charge.code, amount(charge.amount), amount(charge.taxes[0].amount)) == (
        "DUTY",
        Decimal("3.10"),
        Decimal("0.60"),
    )


@pytest.mark.parametrize(
    ("change", "location"),
    [
        (
            {"original_total_duties_set": {"shop_money": {"amount": "3.10", "currency_code": "EUR"}}},
            "$.original_total_duties_set.shop_money.amount",
        ),
        (
            {"line_items": [{**LINE, "duties": [{"shop_money": {"amount": "3", "currency_code": "SEK"}}]}]},
            "$.line_items[0].duties[0].shop_money.currency_code",
        ),
    ],
)
def test_duties_that_cannot_be_placed_refuse_the_order(change: dict[str, Any], location: str) -> None:
    reading = read(an_order(**change))

    assert not reading.commands
    assert [problem.location for problem in reading.problems] == [location]


def test_a_shipping_line_that_was_removed_is_neither_charged_nor_followed() -> None:
    shipping = [{**STANDARD, "code": "Express", "is_removed": True}, STANDARD]

    order = the_order(an_order(shipping_lines=shipping), services={"Standard": "STANDARD", "Express": "EXPRESS"})

    assert [amount(charge.amount) for charge in order.charges] == [Decimal("4.95")]
    assert order.service_code == "STANDARD"


def test_an_amount_written_as_a_number_loses_nothing() -> None:
    text = b'{"id": 1, "currency": "EUR", "financial_status": "paid", "email": "a@example.com", "total_price": 0.1,'
    text += b' "shipping_address": {"name": "A", "address1": "B 1", "city": "C", "country_code": "NL"},'
    text += b' "line_items": [{"sku": "A", "quantity": 1, "price": 999999999999999.123456789}]}'

    order = read(text).commands[0].place_order

    assert amount(order.lines[0].unit_price) == Decimal("999999999999999.123456789")
    assert amount(order.stated_totals.grand_total) == Decimal("0.1")


def test_our_own_document_is_read_whole() -> None:
    reading = read_file(OWN / "order.json")

    order = reading.commands[0].place_order
    assert not reading.problems
    assert reading.commands[0].location == "$.order"
    assert (order.channel_reference, order.attributes["shopify.name"]) == ("7001", "#7001")
    assert [(one.code, amount(one.amount)) for one in order.lines[0].discounts] == [("TENTH", Decimal("4.00"))]
    assert order.placed_time.ToJsonString() == "2026-11-03T09:00:00Z"
    assert (order.customer.name, order.ship_to.address.city) == ("Sam Example", "Amsterdam")


def read_file_of_fixture() -> Reading:
    return read(published("order.json"), draft_unknown_skus=True)
