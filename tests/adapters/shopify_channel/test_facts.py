"""A fact that a Shopify order states is acted on, or refuses the order."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.adapters.shopify_channel.documents import an_order, read

ADDRESS = {"name": "Ida", "address1": "Kade 1", "city": "Delft", "country_code": "NL"}
MUG = {"id": 1, "sku": "MUG-BLUE", "title": "Mug", "quantity": 5, "price": "5.00", "requires_shipping": True}
GIFT_CARD = {"id": 2, "sku": "GIFT-25", "title": "Gift card", "quantity": 1, "price": "25.00", "gift_card": True}


@pytest.mark.parametrize(
    ("change", "location"),
    [
        pytest.param(
            {"line_items": [{**MUG, "current_quantity": 4, "fulfillable_quantity": 2}]},
            "$.line_items[0].fulfillable_quantity",
            id="some have left",
        ),
        pytest.param({"line_items": [{**MUG, "current_quantity": 6}]}, "$.line_items[0].current_quantity", id="raised"),
        pytest.param({"returns": [{"id": 1}]}, "$.returns", id="goods came back"),
        pytest.param(
            {"line_items": [{**MUG, "fulfillment_status": "fulfilled"}]},
            "$.line_items[0].fulfillment_status",
            id="a line has left",
        ),
        pytest.param({"fulfillments": [{"status": "success"}]}, "$.fulfillments[0].status", id="goods have left"),
        pytest.param({"closed_at": "2026-11-03T10:00:00Z"}, "$.closed_at", id="archived"),
        pytest.param({"refunds": [{"transactions": [{"id": 9}]}]}, "$.refunds[0].transactions", id="money went back"),
        pytest.param({"refunds": [{"transactions": []}]}, "$.refunds", id="a refund of units nobody names"),
        pytest.param({"shipping_address": None}, "$.shipping_address", id="collected in a shop"),
        pytest.param(
            {"shipping_lines": [{"price": "0", "delivery_category": "pick-up"}]},
            "$.shipping_lines[0].delivery_category",
            id="collected by its category",
        ),
        pytest.param({"line_items": [GIFT_CARD]}, "$.line_items[0].gift_card", id="a gift card"),
        pytest.param(
            {"line_items": [{**MUG, "requires_shipping": False}]},
            "$.line_items[0].requires_shipping",
            id="a download",
        ),
        pytest.param(
            {"shipping_address": {**ADDRESS, "country_code": None, "country": "Canada"}},
            "$.shipping_address.country_code",
            id="a country by name",
        ),
        pytest.param(
            {"shipping_address": {**ADDRESS, "address1": "x" * 201 + " poort 7"}},
            "$.shipping_address.address1",
            id="a street that no line holds",
        ),
        pytest.param({"shipping_address": {**ADDRESS, "zip": "1" * 21}}, "$.shipping_address.zip", id="a long code"),
        pytest.param({"id": 7001.5}, "$.id", id="an id that is no whole number"),
    ],
)
def test_a_fact_that_changes_what_is_shipped_or_where_to_refuses_the_order(
    change: dict[str, Any], location: str
) -> None:
    reading = read(an_order(**change), default_country_code="NL")

    assert not reading.commands
    assert location in [problem.location for problem in reading.problems]
    assert all(problem.field and problem.reason.startswith(problem.field) for problem in reading.problems)


def test_an_order_whose_edits_left_it_as_it_was_is_taken() -> None:
    line = {**MUG, "current_quantity": 5, "fulfillable_quantity": 5, "fulfillment_status": None}

    reading = read(an_order(line_items=[line], current_total_price="25.0", fulfillments=[{"status": "failure"}]))

    assert not reading.problems
    assert reading.commands[0].place_order.lines[0].quantity == 5


def test_the_default_country_is_for_addresses_that_name_none() -> None:
    reading = read(an_order(shipping_address={**ADDRESS, "country_code": None}), default_country_code="NL")

    assert reading.commands[0].place_order.ship_to.address.country_code == "NL"


def test_a_long_street_keeps_its_number_on_a_second_line() -> None:
    street = "Verzamelgebouw " * 14 + "poort 7"

    address = read(an_order(shipping_address={**ADDRESS, "address1": street})).commands[0].place_order.ship_to.address

    assert " ".join(address.street_lines) == street
    assert [len(line) <= 200 for line in address.street_lines] == [True, True]


def test_a_billing_country_by_name_leaves_that_address_out_and_says_so() -> None:
    billing = {**ADDRESS, "country_code": None, "country": "Canada"}

    reading = read(an_order(billing_address=billing), default_country_code="NL")

    assert [problem.location for problem in reading.problems] == ["$.billing_address.country"]
    assert not reading.commands[0].place_order.bill_to.HasField("address")


@pytest.mark.parametrize(
    ("written", "reference"),
    [("5.4000000999e12", "5400000099900.0"), ("5400000077.0", "5400000077"), ("5400000077", "5400000077")],
)
def test_an_id_is_the_same_however_its_number_is_written(written: str, reference: str) -> None:
    text = json.dumps(an_order(id="ID")).replace('"ID"', written)

    order = read(text.encode()).commands[0].place_order

    assert order.channel_reference == order.instruments[0].reference == reference.removesuffix(".0")


def test_the_profile_says_how_tips_gift_cards_and_custom_items_are_taken() -> None:
    tip = {"id": 3, "title": "Tip", "quantity": 1, "price": "5.00", "requires_shipping": False, "tip": {}}
    engraving = {"id": 4, "title": "Engraving", "quantity": 2, "price": "4.00"}
    box = {"id": 5, "title": "Wooden box", "quantity": 1, "price": "9.00"}
    lines = [MUG, GIFT_CARD, tip, engraving, box]
    profile = {
        "line_charges": {"Engraving": "ENGRAVING", "Gift card": "GIFT_CARD_SOLD"},
        "custom_skus": {"Wooden box": "BOX-OAK"},
    }

    reading = read(an_order(line_items=lines, total_tip_received="5.00"), **profile)

    assert not reading.problems
    order = reading.commands[0].place_order
    assert [line.sku for line in order.lines] == ["MUG-BLUE", "BOX-OAK"]
    assert [(charge.code, charge.amount.units) for charge in order.charges] == [
        ("TIP", 5),
        ("GIFT_CARD_SOLD", 25),
        ("ENGRAVING", 8),
    ]


def test_a_tip_that_only_a_line_states_is_charged() -> None:
    tip = {"id": 3, "title": "Tip", "quantity": 1, "price": "5.00", "tip": {}}

    order = read(an_order(line_items=[MUG, tip], total_tip_received="0.00")).commands[0].place_order

    assert [(charge.code, charge.amount.units) for charge in order.charges] == [("TIP", 5)]


def test_a_custom_item_without_a_setting_says_which_setting_takes_it() -> None:
    reading = read(an_order(line_items=[{"id": 4, "title": "Engraving", "quantity": 1, "price": "4.00"}]))

    assert not reading.commands
    assert "custom_skus or line_charges" in reading.problems[0].reason
