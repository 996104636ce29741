"""What cannot be read of Shopify's documents is named with its JSON path; nothing is raised, the rest goes on."""

from __future__ import annotations

import json
from time import process_time
from typing import Any

import protovalidate
import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.sdk.calls import BadCall
from adapters.shopify_channel.mapping import read_document
from adapters.shopify_channel.settings import Settings, read_settings
from tests.adapters.shopify_channel.documents import OWN, an_order, read, read_file

LINE = {"id": 1, "sku": "MUG-BLUE", "quantity": 2, "price": "12.50"}
ADDRESS = {"name": "Sam", "address1": "Lindelaan 4", "city": "Utrecht", "country_code": "NL"}


@pytest.mark.parametrize(
    ("change", "location"),
    [
        ({"id": None}, "$.id"),
        ({"id": "x" * 121}, "$.id"),
        ({"currency": None}, "$.currency"),
        ({"currency": "euro"}, "$.currency"),
        ({"line_items": []}, "$.line_items"),
        ({"line_items": {"sku": "A"}}, "$.line_items"),
        ({"line_items": [{**LINE, "quantity": 1.5}]}, "$.line_items[0].quantity"),
        ({"line_items": [{**LINE, "quantity": "2"}]}, "$.line_items[0].quantity"),
        ({"line_items": [{**LINE, "quantity": 0}]}, "$.line_items[0].quantity"),
        ({"line_items": [{**LINE, "quantity": True}]}, "$.line_items[0].quantity"),
        ({"line_items": [{**LINE, "price": "twelve"}]}, "$.line_items[0].price"),
        ({"line_items": [{**LINE, "price": "-1.00"}]}, "$.line_items[0].price"),
        ({"line_items": [LINE, {**LINE, "price": None}]}, "$.line_items[1].price"),
        ({"line_items": [{**LINE, "sku": None}]}, "$.line_items[0].sku"),
        ({"line_items": [{**LINE, "sku": "S" * 81}]}, "$.line_items[0].sku"),
        ({"line_items": [{**LINE, "tax_lines": [{"price": "x"}]}]}, "$.line_items[0].tax_lines[0].price"),
        ({"shipping_lines": [{"code": "Standard"}]}, "$.shipping_lines[0].price"),
        ({"total_price": "a lot"}, "$.total_price"),
        ({"created_at": "yesterday"}, "$.created_at"),
        ({"created_at": "2026-11-03T10:00:00"}, "$.created_at"),
        ({"email": None, "shipping_address": None}, "$.customer"),
        ({"shipping_address": {**ADDRESS, "city": ""}}, "$.shipping_address.city"),
        ({"shipping_address": {**ADDRESS, "address1": None}}, "$.shipping_address.address1"),
        ({"shipping_address": {**ADDRESS, "country_code": "Netherlands"}}, "$.shipping_address.country_code"),
        ({"financial_status": "voided"}, "$.financial_status"),
        ({"financial_status": None}, "$.financial_status"),
        ({"financial_status": "settled_on_mars"}, "$.financial_status"),
        ({"cancelled_at": "2026-11-03T10:00:00Z"}, "$.cancelled_at"),
        ({"fulfillment_status": "partial"}, "$.fulfillment_status"),
        ({"refunds": [{"refund_line_items": [{"quantity": 1}]}]}, "$.refunds"),
        ({"test": True}, "$.test"),
    ],
)
def test_a_malformed_field_is_named_by_its_path_and_refuses_the_order(change: dict[str, Any], location: str) -> None:
    reading = read(an_order(**change))

    assert not reading.commands
    assert location in {problem.location for problem in reading.problems}
    assert all(problem.reason for problem in reading.problems)


def test_all_problems_of_an_order_are_named_at_once_and_the_other_orders_go_on() -> None:
    reading = read_file(OWN / "three-orders-one-malformed.json")

    assert [(one.location, one.place_order.channel_reference) for one in reading.commands] == [
        ("$.orders[0]", "7002"),
        ("$.orders[2]", "7004"),
    ]
    assert {problem.location for problem in reading.problems} == {
        "$.orders[1].currency",
        "$.orders[1].line_items[0].quantity",
        "$.orders[1].line_items[0].price",
    }


def test_a_line_without_sku_is_named_by_its_variant() -> None:
    reading = read(an_order(line_items=[{**LINE, "sku": "", "variant_id": 808950810}]))

    assert reading.commands[0].place_order.lines[0].sku == "variant:808950810"


def test_the_profiles_channel_wins_over_the_calls_and_one_of_them_is_needed() -> None:
    both = read(an_order(), called_for="WEB-NL", channel_id="WEB-UK")
    neither = read(an_order(), called_for="")

    assert both.commands[0].place_order.channel_id == "WEB-UK"
    assert not neither.commands
    assert [problem.field for problem in neither.problems] == ["channel_id"]


def test_a_field_nobody_knows_holds_the_order_and_changes_nothing_else() -> None:
    known, newer = read(an_order()), read(an_order(loyalty={"tier": ["gold"]}, line_items=[{**LINE, "aura": 7}]))

    assert [(fact.location, fact.value) for fact in newer.commands[0].place_order.unread_facts] == [
        ("$.loyalty", "an object"),
        ("$.line_items[0].aura", "'7'"),
    ]
    newer.commands[0].place_order.ClearField("unread_facts")
    assert newer.commands == known.commands
    assert not newer.problems


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"\xff\xfe", b"[" * 100_000, b"NaN", b"1e9999999999999", b'{"order": 7}', b"[]", b'{"orders": {}}'],
    ids=lambda content: repr(content[:12]),
)
def test_a_document_that_is_no_order_is_a_problem_and_not_an_error(content: bytes) -> None:
    reading = read(content)

    assert not reading.commands
    assert reading.problems


def test_an_empty_listing_is_neither_order_nor_problem() -> None:
    reading = read({"orders": []})

    assert (reading.commands, reading.problems) == ((), ())


def test_an_unknown_shipping_code_is_reported_once_the_profile_maps_any() -> None:
    document = an_order(shipping_lines=[{"code": "Drone", "price": "4.95"}])

    with_map, without = read(document, services={"Standard": "STANDARD"}), read(document)

    assert [problem.location for problem in with_map.problems] == ["$.shipping_lines[0].code"]
    assert with_map.commands[0].place_order.attributes["shopify.shipping_code"] == "Drone"
    assert not without.problems


@pytest.mark.parametrize(
    ("profile", "setting"),
    [
        ("[]", "profile_json"),
        ("{", "profile_json"),
        ('{"draft_unknown_skus": "yes"}', "draft_unknown_skus"),
        ('{"default_currency_code": "euro"}', "default_currency_code"),
        ('{"default_country_code": "NLD"}', "default_country_code"),
        ('{"gateways": [{"holder": "HUB"}]}', "gateways[0].name"),
        ('{"gateways": [{"name": "a", "holder": "BANK"}]}', "gateways[0].holder"),
        ('{"gateways": {"a": {}}}', "gateways"),
        ('{"financial_statuses": {"odd": "HOPE"}}', "financial_statuses.odd"),
        ('{"services": {"Standard": 1}}', "services.Standard"),
    ],
)
def test_a_malformed_profile_names_its_setting(profile: str, setting: str) -> None:
    with pytest.raises(BadCall) as raised:
        read_settings(profile)

    assert setting in str(raised.value)


NUMBERS = st.integers() | st.floats() | st.sampled_from(["12.50", "1e400", "-0", "0x10", "٣", "1" * 40])
LEAVES = st.none() | st.booleans() | NUMBERS | st.text(max_size=8) | st.sampled_from(["\ud800", "\x00", "EUR", "paid"])
WORDS = (
    "id order orders currency line_items sku quantity price tax_lines shipping_lines amount discount_codes code name"
    " discount_allocations discount_applications customer shipping_address transactions financial_status email rate"
    " created_at gateway note_attributes refunds total_discounts discounted_price"
)
NAMES = st.sampled_from(WORDS.split())
ANY_JSON = st.recursive(
    LEAVES, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=6), max_leaves=20
)


@given(content=st.binary(max_size=300), media_type=st.text(max_size=20))
def test_arbitrary_bytes_have_an_answer(content: bytes, media_type: str) -> None:
    reading = read_document(content, media_type, Settings(), "WEB-NL")

    assert reading.commands or reading.problems or b"orders" in content


@given(changes=st.dictionaries(NAMES, ANY_JSON, max_size=6))
def test_whatever_an_order_says_is_a_valid_command_or_a_problem(changes: dict[str, Any]) -> None:
    document = {key: value for key, value in an_order(**changes).items() if key not in {"order", "orders"}}

    reading = read_document(json.dumps(document).encode(), "application/json", Settings(), "WEB-NL")

    assert len(reading.commands) == 1 or reading.problems
    for command in reading.commands:
        protovalidate.validate(command)


@pytest.mark.parametrize(
    ("body", "location"),
    [
        ({"id": 5, "order_id": 7001, "refund_line_items": []}, "$.order_id"),
        ({"id": 5, "order_id": 7001, "line_items": [LINE], "status": "success"}, "$.order_id"),
        ({"order_edit": {"id": 5, "order_id": 7001}}, "$.line_items"),
        ({"data": {"order": {"id": "gid://shopify/Order/7001"}}}, "$.line_items"),
    ],
    ids=["refund", "fulfillment", "edit", "GraphQL"],
)
def test_a_body_that_is_no_order_is_refused_in_one_sentence(body: dict[str, Any], location: str) -> None:
    reading = read(body)

    assert not reading.commands
    (problem,) = reading.problems
    assert problem.location == location
    assert "send the order itself" in problem.reason


def test_the_cost_of_an_order_grows_with_its_lines_and_no_faster() -> None:
    def cost(lines: int) -> float:
        order = an_order(line_items=[LINE] * lines, total_discounts="1.00", refunds=[{"transactions": []}] * lines)
        start = process_time()
        read(order)
        return process_time() - start

    assert min(cost(1000) for _ in range(3)) < 8 * min(cost(250) for _ in range(3))
