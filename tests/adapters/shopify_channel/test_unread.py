"""A fact of a Shopify order that nobody acts on holds the order, unless the profile ignores it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import protovalidate
import pytest

from adapters.sdk.documents.reading import Findings
from adapters.shopify_channel.facts import FACTS, RECORDS
from adapters.shopify_channel.places import Place
from adapters.shopify_channel.unread import records
from crossdock.orders.v1.orders_pb2 import OrderDraft, UnreadFact
from tests.adapters.shopify_channel.documents import DOCUMENTS, OWN, an_order, published, read

ADDRESS = {"name": "Ida", "address1": "Kade 1", "city": "Delft", "country_code": "NL"}
MUG = {"id": 1, "sku": "MUG-BLUE", "title": "Mug", "quantity": 2, "price": "12.50"}
NEW = {"gift_wrap": True}
OF_SHIPPING = {"price": "0", **NEW}
OF_SALE = {"id": 2, "kind": "sale", "status": "success", "amount": "25.00", **NEW}


def taken(document: dict[str, Any], **profile: object) -> OrderDraft:
    reading = read(document, **profile)
    assert not reading.problems
    protovalidate.validate(reading.commands[0])
    return reading.commands[0].place_order


@pytest.mark.parametrize(
    ("change", "location"),
    [
        ({"gift_wrap": True}, "$.gift_wrap"),
        ({"gift_wrap": False}, "$.gift_wrap"),
        ({"customer_locale": "fast-freight-_"}, "$.customer_locale"),
        ({"line_items": [{**MUG, **NEW}]}, "$.line_items[0].gift_wrap"),
        ({"line_items": [{**MUG, "fulfillment_service": "fast-freight"}]}, "$.line_items[0].fulfillment_service"),
        ({"line_items": [{**MUG, "tax_lines": [{"price": "0", **NEW}]}]}, "$.line_items[0].tax_lines[0].gift_wrap"),
        ({"shipping_lines": [OF_SHIPPING]}, "$.shipping_lines[0].gift_wrap"),
        ({"transactions": [OF_SALE]}, "$.transactions[0].gift_wrap"),
        ({"discount_codes": [{"code": "A", "amount": "1", **NEW}]}, "$.discount_codes[0].gift_wrap"),
        ({"payment_terms": {"payment_terms_name": "Net 30", **NEW}}, "$.payment_terms.gift_wrap"),
    ],
)
def test_a_fact_on_no_list_holds_the_order_by_name_and_value(change: dict[str, Any], location: str) -> None:
    (fact,) = taken(an_order(**change)).unread_facts

    assert fact.location == location
    assert fact.value in {"'True'", "'False'", "'fast-freight'", "'fast-freight-_'"}
    assert fact.reason


@pytest.mark.parametrize(
    ("change", "location"),
    [
        ({"shipping_address": {**ADDRESS, "door_code": "4711"}}, "$.shipping_address.door_code"),
        ({"customer": {"id": 9, "email": "sam@example.com", "nickname": "4711"}}, "$.customer.nickname"),
        ({"note": "ring at 4711"}, "$.note"),
        ({"note_attributes": [{"name": "delivery day", "value": "4711"}]}, "$.note_attributes[0].value"),
        (
            {"line_items": [{**MUG, "properties": [{"name": "Engraving", "value": "4711"}]}]},
            "$.line_items[0].properties[0].value",
        ),
    ],
)
def test_what_people_say_of_themselves_holds_the_order_and_is_not_repeated(
    change: dict[str, Any], location: str
) -> None:
    (fact,) = taken(an_order(**change)).unread_facts

    assert (fact.location, fact.value) == (location, "")
    assert "4711" not in fact.reason


@pytest.mark.parametrize("nothing", [None, "", [], {}])
def test_a_field_that_states_nothing_is_no_fact(nothing: object) -> None:
    order = an_order(gift_wrap=nothing, note=nothing, line_items=[{**MUG, "gift_wrap": nothing, "properties": nothing}])

    assert not taken(order).unread_facts


def test_the_profile_ignores_facts_by_name() -> None:
    line = {**MUG, "properties": [{"name": "Engraving", "value": "Ida"}, {"name": "_batch", "value": "7"}]}
    notes = [{"name": "color", "value": "green"}, {"name": "wrap", "value": "yes"}]
    order = an_order(gift_wrap=True, line_items=[line], note_attributes=notes)

    ignored = ["order.gift_wrap", "property.Engraving", "note.color"]
    draft = taken(order, ignored_facts=ignored, carry_note_attributes=["wrap"])

    assert not draft.unread_facts
    assert len(taken(order, ignored_facts=ignored[:1]).unread_facts) == 3


def test_of_many_facts_the_first_hundred_hold_the_order() -> None:
    order = taken(an_order(**{f"wish_{number}": "x" * 500 for number in range(300)}))

    assert len(order.unread_facts) == 100
    assert all(len(fact.value) <= 80 for fact in order.unread_facts)


def test_words_that_are_cut_hold_the_order() -> None:
    order = taken(an_order(source_name="x" * 201))

    assert order.attributes["shopify.source_name"] == "x" * 200
    (fact,) = order.unread_facts
    assert fact == UnreadFact(
        location="$.source_name",
        reason="it has 201 characters, and the first 200 are carried; read the rest in the shop",
    )


@pytest.mark.parametrize(
    "path", [*sorted(DOCUMENTS.glob("web-*.json")), OWN / "order.json"], ids=lambda path: path.stem
)
def test_every_fact_of_our_documents_stands_on_a_list(path: Path) -> None:
    assert list(unlisted(json.loads(path.read_bytes()))) == []


@pytest.mark.parametrize("name", ["order.json", "orders.json"])
def test_every_fact_of_published_documents_stands_on_a_list(name: str) -> None:
    assert list(unlisted(json.loads(published(name)))) == []


def test_the_walk_finds_a_fact_on_no_list_in_every_record() -> None:
    document: dict[str, Any] = {}
    expected = set(FACTS)

    def filled(record: str) -> dict[str, Any]:
        return {"gift_wrap": True, **{name: [filled(inner)] for name, inner in RECORDS.get(record, {}).items()}}

    document = filled("order")

    assert {fact.partition(".")[0] for fact in unlisted(document)} == expected


def test_no_fact_stands_on_two_lists() -> None:
    for facts in FACTS.values():
        lists = (facts.acted_on, facts.refused, facts.held, facts.left)
        assert sum(map(len, lists)) == len(facts.listed)


def unlisted(document: Any) -> Iterator[str]:
    """Return the facts of a document that stand on no list."""
    for order in document.get("orders") or [document.get("order", document)]:
        for record, place in records("order", Place(order, "$", Findings())):
            yield from (f"{record}.{name}" for name in place.names() if name not in FACTS[record].listed)
