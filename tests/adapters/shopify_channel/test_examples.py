"""The example shops' documents read with the example profiles, whole and as their README says."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import protovalidate
import pytest
from google.protobuf import json_format
from google.type.money_pb2 import Money

from adapters.sdk.documents.cards import has_card_number
from crossdock.catalog.v1.catalog_pb2 import PutItemsRequest
from crossdock.inbox.v1.inbox_pb2 import Command
from crossdock.orders.v1.orders_pb2 import OrderDraft
from tests.adapters.shopify_channel.documents import DOCUMENTS, ROOT, read_file

SHOPS = sorted(DOCUMENTS.glob("web-*.json"))
ODD = "5001007"
REQUEST_ID = "018f0000-0000-7000-8000-000000000000"


def amount(money: Money) -> Decimal:
    return Decimal(money.units) + Decimal(money.nanos).scaleb(-9)


def commands_of(path: Path) -> list[Command]:
    reading = read_file(path, "shopify-web-nl.json" if "-nl-" in path.name else "shopify-web-uk.json")
    assert not reading.problems
    return list(reading.commands)


def missing(order: OrderDraft) -> Decimal:
    """Answers what the stated total is above lines, discounts, charges (prices contain the tax)."""
    discounts = [*order.discounts, *(one for line in order.lines for one in line.discounts)]
    goods = sum(line.quantity * amount(line.unit_price) for line in order.lines)
    charges = sum(amount(one.amount) for one in order.charges)
    return amount(order.stated_totals.grand_total) - goods - charges + sum(amount(one.amount) for one in discounts)


@pytest.mark.parametrize("path", SHOPS, ids=lambda path: path.stem)
def test_each_document_is_read_into_valid_commands(path: Path) -> None:
    for command in commands_of(path):
        protovalidate.validate(command)
        assert not has_card_number(str(command))
        assert command.place_order.customer.email.endswith("@example.com")


def test_all_orders_add_up_but_the_one_that_is_to_be_held() -> None:
    orders = [command.place_order for path in SHOPS for command in commands_of(path)]

    differences = {order.channel_reference: missing(order) for order in orders if missing(order)}

    assert len(orders) == 15
    assert differences == {ODD: Decimal("5.00")}


def test_every_item_ordered_stands_in_the_catalog_with_that_price() -> None:
    catalog = json_format.Parse((ROOT / "examples/catalog.json").read_text(), PutItemsRequest(request_id=REQUEST_ID))
    prices = {(item.sku, price.currency_code): amount(price) for item in catalog.items for price in item.prices}

    ordered = [command.place_order for path in SHOPS for command in commands_of(path)]

    protovalidate.validate(catalog)
    for order in ordered:
        for line in order.lines:
            assert amount(line.unit_price) == prices[line.sku, order.currency_code]


@pytest.mark.parametrize("path", SHOPS, ids=lambda path: path.stem)
def test_taxes_of_lines_and_shipping_are_the_tax_stated(path: Path) -> None:
    for command in commands_of(path):
        order = command.place_order
        stated = [tax for line in order.lines for tax in line.taxes]
        stated += [tax for charge in order.charges for tax in charge.taxes]
        assert sum(amount(tax.amount) for tax in stated) == amount(order.stated_totals.tax_total)
        assert all(tax.included for tax in stated)
