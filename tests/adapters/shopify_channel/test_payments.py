"""How Shopify's orders are paid, and that no card number is carried."""

from __future__ import annotations

from typing import Any

import pytest

from crossdock.orders.v1.orders_pb2 import (
    INSTRUMENT_HOLDER_CHANNEL,
    INSTRUMENT_HOLDER_HUB,
    INSTRUMENT_HOLDER_TERMS,
    InstrumentDraft,
)
from tests.adapters.shopify_channel.documents import DOCUMENTS, an_order, published, read, read_file

SALE = {"id": 2, "gateway": "bogus", "kind": "sale", "status": "success", "amount": "25.00"}
CARD = "4111 1111 1111 1111"
HUB_CARD = {"name": "hub_card", "holder": "HUB", "kind": "CARD", "token_attribute": "payment_token"}


def instruments(document: dict[str, Any], **profile: object) -> list[InstrumentDraft]:
    reading = read(document, **profile)
    assert not reading.problems
    return list(reading.commands[0].place_order.instruments)


@pytest.mark.parametrize("status", ["authorized", "paid"])
def test_money_the_shop_has_taken_is_held_by_the_channel(status: str) -> None:
    (instrument,) = instruments(an_order(financial_status=status))

    assert instrument.holder == INSTRUMENT_HOLDER_CHANNEL
    assert (instrument.kind, instrument.reference) == ("SHOPIFY_PAYMENTS", "7001")


def test_money_still_pending_is_on_terms() -> None:
    terms = {"payment_terms_name": "Net 30"}

    (instrument,) = instruments(an_order(financial_status="pending", payment_terms=terms))

    assert instrument == InstrumentDraft(holder=INSTRUMENT_HOLDER_TERMS, kind="INVOICE", reference="Net 30")


def test_a_gateway_of_the_hub_brings_the_token_that_the_order_names() -> None:
    order = an_order(
        financial_status="pending",
        gateway="hub_card",
        note_attributes=[{"name": "payment_token", "value": "tok_1"}, {"name": "gift message", "value": "hello"}],
    )

    (instrument,) = instruments(order, gateways=[HUB_CARD])

    assert instrument == InstrumentDraft(holder=INSTRUMENT_HOLDER_HUB, kind="CARD", token="tok_1")


def test_a_gift_card_and_a_card_are_two_instruments_in_the_order_of_their_use() -> None:
    order = read_file(DOCUMENTS / "web-nl-1006-gift-card.json", "shopify-web-nl.json").commands[0].place_order

    assert [(one.holder, one.kind, one.amount.units, one.token) for one in order.instruments] == [
        (INSTRUMENT_HOLDER_HUB, "GIFT_CARD", 40, "gift_demo"),
        (INSTRUMENT_HOLDER_HUB, "CARD", 110, "tok_demo_1006"),
    ]


def test_only_transactions_that_pay_are_instruments() -> None:
    def transaction(kind: str, status: str, number: int) -> dict[str, object]:
        return {"id": number, "gateway": "bogus", "kind": kind, "status": status, "amount": "25.00"}

    transactions = [
        transaction("authorization", "failure", 1),
        transaction("sale", "success", 2),
        transaction("refund", "failure", 3),
        transaction("capture", "success", 5),
        transaction("sale", "pending", 4),
    ]

    (instrument,) = instruments(an_order(transactions=transactions))

    assert (instrument.holder, instrument.reference) == (INSTRUMENT_HOLDER_CHANNEL, "2")


def test_a_part_that_was_paid_is_all_that_the_channel_holds() -> None:
    order = an_order(financial_status="partially_paid", total_price="100.00", total_outstanding="60.00")

    (instrument,) = instruments(order)

    assert (instrument.holder, instrument.amount.units) == (INSTRUMENT_HOLDER_CHANNEL, 40)


@pytest.mark.parametrize(
    ("change", "location"),
    [
        pytest.param({"financial_status": "partially_paid"}, "$.financial_status", id="a part nobody states"),
        pytest.param(
            {"transactions": [{**SALE, "currency": "SEK"}, {**SALE, "id": 3}]},
            "$.transactions[0].currency",
            id="another currency for a share",
        ),
        pytest.param(
            {
                "financial_status": "partially_paid",
                "transactions": [{**SALE, "currency": "SEK"}],
            },
            "$.transactions[0].currency",
            id="another currency for a part",
        ),
        pytest.param(
            {"transactions": [SALE, {**SALE, "kind": "refund"}]}, "$.transactions[1].kind", id="money that went back"
        ),
        pytest.param({"transactions": [SALE, {**SALE, "kind": "void"}]}, "$.transactions[1].kind", id="a void"),
    ],
)
def test_money_whose_share_cannot_be_told_refuses_the_order(change: dict[str, Any], location: str) -> None:
    reading = read(an_order(**change))

    assert not reading.commands
    assert [problem.location for problem in reading.problems] == [location]


TWO = ["gift_card", "shopify_payments"]


def test_two_gateways_without_transactions_are_one_instrument_and_hold_the_order() -> None:
    (command,) = read(an_order(payment_gateway_names=TWO)).commands

    (instrument,) = command.place_order.instruments
    assert (instrument.holder, instrument.kind) == (INSTRUMENT_HOLDER_CHANNEL, "GIFT_CARD+SHOPIFY_PAYMENTS")
    assert not instrument.HasField("amount")
    (fact,) = command.place_order.unread_facts
    assert (fact.location, fact.value) == ("$.payment_gateway_names", "'gift_card, shopify_payments'")


def test_two_gateways_of_which_the_hub_holds_one_refuse_the_order() -> None:
    profile = {"gateways": [{"name": "gift_card", "holder": "HUB", "provider_reference": "gift"}]}

    reading = read(an_order(payment_gateway_names=TWO), **profile)

    assert not reading.commands
    assert [problem.location for problem in reading.problems] == ["$.payment_gateway_names"]


def test_one_payment_of_all_in_another_currency_is_taken_without_its_amount() -> None:
    (instrument,) = instruments(an_order(transactions=[{**SALE, "amount": "4100", "currency": "JPY"}]))

    assert (instrument.reference, instrument.HasField("amount")) == ("2", False)


def test_a_transaction_in_the_buyers_currency_is_read_in_the_shops() -> None:
    shop_money = {"amount": "12.50", "currency_code": "EUR"}
    paid = {**SALE, "amount": "142.75", "currency": "SEK", "amount_set": {"shop_money": shop_money}}

    (instrument,) = instruments(an_order(transactions=[paid]))

    assert (instrument.amount.currency_code, instrument.amount.units, instrument.amount.nanos) == (
        "EUR",
        12,
        500_000_000,
    )


def test_card_numbers_are_carried_in_no_field() -> None:
    order = an_order(
        name=f"#1 {CARD}",
        payment_details={"credit_card_number": CARD},
        note_attributes=[{"name": "remark", "value": f"my card is {CARD} 12/29"}],
        line_items=[{"id": 1, "sku": "A", "quantity": 1, "price": "1", "title": f"Engraved {CARD}"}],
        discount_codes=[{"code": CARD.replace(" ", "-"), "amount": "1"}],
    )

    reading = read(order, carry_note_attributes=["remark"])

    (command,) = reading.commands
    assert {problem.location for problem in reading.problems} == {
        "$.name",
        "$.note_attributes[0].value",
        "$.line_items[0].title",
        "$.discount_codes[0].code",
    }
    assert "411111111111" not in str(reading.problems).replace(" ", "").replace("-", "")

    assert command.place_order.attributes["note.remark"] == "my card is [card number]/29"
    assert "411111111111" not in "".join(character for character in str(command) if character.isalnum())


def test_numbers_of_goods_and_orders_are_carried_as_they_stand() -> None:
    line = {"id": 1, "sku": "5014710497468", "quantity": 2, "price": "12.50", "title": "Kettle 5904688672755"}

    reading = read(an_order(id=5678901234562, po_number="4111111111111111", line_items=[line]))

    assert not reading.problems
    order = reading.commands[0].place_order
    assert (order.lines[0].sku, order.lines[0].title) == ("5014710497468", "Kettle 5904688672755")
    assert order.attributes["shopify.po_number"] == "4111111111111111"
    assert order.instruments[0].reference == "5678901234562"


def test_a_token_that_is_a_card_number_refuses_the_order() -> None:
    notes = [{"name": "payment_token", "value": CARD}]

    reading = read(an_order(gateway="hub_card", note_attributes=notes), gateways=[HUB_CARD])

    assert not reading.commands
    assert CARD not in str(reading.problems)


def test_nothing_of_the_published_payment_details_is_carried() -> None:
    reading = read(published("order.json"))

    assert "4242" not in str(reading.commands)


def test_note_attributes_stay_out_unless_the_profile_names_them() -> None:
    order = an_order(note_attributes=[{"name": "colour", "value": "green"}, {"name": "wrap", "value": "yes"}])

    attributes = dict(read(order, carry_note_attributes=["wrap"]).commands[0].place_order.attributes)

    assert attributes == {"note.wrap": "yes"}
