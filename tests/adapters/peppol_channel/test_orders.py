"""What the elements of an order become, and what keeps one from being taken."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import protovalidate
import pytest
from google.type.money_pb2 import Money

from adapters.peppol_channel.mapping import read_document
from adapters.peppol_channel.settings import read_settings
from adapters.sdk.calls import BadCall
from adapters.sdk.documents.reading import Reading

OWN = Path(__file__).parents[3] / "adapters/peppol_channel/documents/order.xml"
TEXT = OWN.read_text()


def read(document: str | bytes = TEXT, **profile: object) -> Reading:
    content = document if isinstance(document, bytes) else document.encode()
    return read_document(content, read_settings(json.dumps(profile)), "B2B-DE")[0]


def amount(money: Money) -> Decimal:
    return Decimal(money.units) + Decimal(money.nanos).scaleb(-9)


def test_our_own_order_is_carried_whole() -> None:
    reading = read(terms="NET30")

    assert not reading.problems
    (command,) = reading.commands
    protovalidate.validate(command)
    order = command.place_order
    assert (order.channel_id, order.channel_reference, order.currency_code) == ("B2B-DE", "P-1", "EUR")
    assert order.placed_time.ToJsonString() == "2026-11-03T07:30:00Z"
    assert (order.customer.company, order.customer.name) == ("Kaufhaus Nord & Söhne", "Jana Krüger")
    assert order.customer.external_id == "0088:4012345000009"
    assert (order.ship_to.company, order.ship_to.external_id) == ("Nord Lager", "0088:4012345000016")
    assert list(order.ship_to.address.street_lines) == ["Lagerweg 5", "Tor 2"]
    assert dict(order.attributes) == {
        "peppol.customer_reference": "Store 12",
        "peppol.contract": "FRAME-7",
        "peppol.delivery.start": "2026-11-09",
        "peppol.delivery.end": "2026-11-13",
    }
    lines = [
        (one.channel_line_reference, one.sku, one.quantity, amount(one.unit_price), one.unit_code)
        for one in order.lines
    ]
    assert lines == [
        ("10", "MUG-BLUE", 3, Decimal("12.50"), "H87"),
        ("20", "TRAY-OAK", 2, Decimal("12.50"), "H87"),
    ]
    assert [(one.code, amount(one.amount)) for one in order.charges] == [("Freight", Decimal("9.00"))]
    assert [amount(one.amount) for one in order.taxes] == [Decimal("13.59")]
    totals = order.stated_totals
    assert [amount(one) for one in (totals.goods_total, totals.grand_total)] == [Decimal("62.50"), Decimal("85.09")]
    assert (order.instruments[0].reference, len(order.unread_facts)) == ("NET30", 0)


def test_an_order_in_an_envelope_and_in_another_encoding_is_read() -> None:
    body = TEXT.partition("?>")[2]
    envelope = "s:StandardBusinessDocument"
    wrapped = f'<{envelope} xmlns:s="urn:sbdh"><{envelope}Header/>{body}</{envelope}>'

    assert read(wrapped).commands == read().commands == read(TEXT.replace("UTF-8", "UTF-16").encode("utf-16")).commands


@pytest.mark.parametrize(
    ("was", "becomes", "field"),
    [
        ("<cbc:ID>P-1</cbc:ID>", "", "cbc:ID"),
        (">220<", ">227<", "cbc:OrderTypeCode"),
        (">EUR</cbc:Doc", ">euro</cbc:Doc", "cbc:DocumentCurrencyCode"),
        ("2026-11-03", "3.11.2026", "cbc:IssueDate"),
        ('currencyID="EUR">12.50', 'currencyID="USD">12.50', "cbc:PriceAmount"),
        (">12.50<", ">-12.50<", "cbc:PriceAmount"),
        (">1250.00<", ">12,50<", "cbc:PriceAmount"),
        (">100</cbc:Base", ">7</cbc:Base", "cac:Price"),
        (">100</cbc:Base", ">0</cbc:Base", "cac:Price"),
        (">3</cbc:Quantity>", ">2.5</cbc:Quantity>", "cbc:Quantity"),
        (">3</cbc:Quantity>", ">0</cbc:Quantity>", "cbc:Quantity"),
        ("<cbc:ID>TRAY-OAK</cbc:ID>", "", "cac:Item"),
        ("Bremen", "", "cac:Address"),
        ("Jana Krüger", "J" * 201, "cac:Contact/cbc:Name"),
        ('<cbc:Amount currencyID="EUR">9.00</cbc:Amount>', "", "cbc:Amount"),
        ("cac:BuyerCustomerParty>", "cac:OriginatorCustomerParty>", "cac:BuyerCustomerParty"),
        ("<cac:AllowanceCharge>", "<cac:Delivery/><cac:AllowanceCharge>", "cac:Delivery"),
    ],
)
def test_an_order_that_cannot_be_read_is_named_by_its_element(was: str, becomes: str, field: str) -> None:
    assert was in TEXT
    reading = read(TEXT.replace(was, becomes))

    assert not reading.commands
    assert field in [problem.field for problem in reading.problems]
    assert all(problem.location.startswith("Order") and "line " in problem.location for problem in reading.problems)


@pytest.mark.parametrize(
    ("before", "element", "fact"),
    [
        ("<cbc:DocumentCurrencyCode>", "<cbc:Note>Ring twice</cbc:Note>", "order.cbc:Note"),
        ("<cac:TaxTotal>", "<cac:PaymentTerms><cbc:Note>Later</cbc:Note></cac:PaymentTerms>", "order.cac:PaymentTerms"),
        ("<cac:TaxTotal>", "<cac:Novelty><cbc:ID>1</cbc:ID></cac:Novelty>", "order.cac:Novelty"),
        ("<cac:Price>",
         "<cbc:PartialDeliveryIndicator>false</cbc:PartialDeliveryIndicator>", "line.cbc:PartialDeliveryIndicator"),
        ("<cac:SellersItemIdentification>",
         "<cac:ItemInstance><cbc:SerialID>1</cbc:SerialID></cac:ItemInstance>", "item.cac:ItemInstance"),
        ("<cac:RequestedDeliveryPeriod>",
         "<cac:CarrierParty><cbc:ID>1</cbc:ID></cac:CarrierParty>", "delivery.cac:CarrierParty"),
    ],
)  # fmt: skip
def test_what_nobody_acts_on_holds_the_order_unless_it_is_ignored(before: str, element: str, fact: str) -> None:
    document = TEXT.replace(before, element + before, 1)

    held, ignored = read(document), read(document, ignored_facts=[fact])

    assert [fact in one.reason for one in held.commands[0].place_order.unread_facts] == [True]
    assert "Ring" not in str(held.commands[0].place_order.unread_facts)
    assert not ignored.commands[0].place_order.unread_facts


def test_a_discount_is_taken_and_a_charge_on_a_line_holds_the_order() -> None:
    charge = TEXT[TEXT.index("<cac:AllowanceCharge>") : TEXT.index("<cac:TaxTotal>")]
    off = charge.replace(">true<", ">false<")

    order = read(TEXT.replace(charge, off)).commands[0].place_order
    line = read(TEXT.replace("<cac:Price>", off + "<cac:Price>", 1)).commands[0].place_order.lines[0]
    held = read(TEXT.replace("<cac:Price>", charge + "<cac:Price>", 1)).commands[0].place_order

    assert [amount(one.amount) for one in (*order.discounts, *line.discounts)] == [Decimal(9), Decimal(9)]
    assert not order.stated_totals.HasField("goods_total")
    assert ["charge on a line" in one.reason for one in held.unread_facts] == [True]


def test_other_documents_are_named() -> None:
    other = TEXT.replace("Order xmlns=", "Catalogue xmlns=").replace("</Order>", "</Catalogue>")

    assert "is not read" in read(other).problems[0].reason
    assert "well-formed" in read(TEXT[:-20]).problems[0].reason
    assert "no channel" not in read(channel_id="X").problems


@pytest.mark.parametrize(
    ("profile", "setting"),
    [
        ({"sku_types": ["ours"]}, "sku_types"),
        ({"draft_unknown_skus": "yes"}, "draft_unknown_skus"),
        ({"seller": {"name": "X", "country_code": "NL"}}, "mailbox"),
    ],
)
def test_a_malformed_profile_names_its_setting(profile: dict[str, object], setting: str) -> None:
    with pytest.raises(BadCall, match=setting):
        read_settings(json.dumps(profile))
