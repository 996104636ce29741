"""Items as messages and back."""

from __future__ import annotations

from decimal import Decimal

import pytest
from google.type.money_pb2 import Money as MoneyMessage

from crossdock.catalog.v1 import catalog_pb2
from hub.catalog.model import Component, Item, ItemState, Resale
from hub.kernel.errors import InvalidField
from hub.kernel.money import Money
from hub.wire.setup.catalog import item_from_pb, item_to_pb


@pytest.mark.parametrize(
    "item",
    [
        Item("CUP"),
        Item("SET", components=(Component("CUP", 4), Component("POT", 1)), state=ItemState.ENDED),
        Item(
            "POT",
            title="Pot",
            hs_code="691200",
            origin_country="PT",
            weight_grams=900,
            unit_code="CS",
            prices={"EUR": Money(1999, "EUR"), "JPY": Money(3200, "JPY")},
            attributes={"color": "blue"},
            volume_cm3=1200,
            item_class="ENGRAVED",
            required_skills=frozenset({"HAZMAT", "GIFT_WRAP"}),
        ),
        Item(
            "COAT",
            resales=(
                Resale(Money(4000, "EUR"), Decimal("0.85"), node_id="ST-AMS"),
                Resale(Money(3500, "EUR"), node_kind="STORE"),
                Resale(Money(3000, "EUR"), Decimal(0)),
            ),
        ),
    ],
    ids=lambda item: item.sku,
)
def test_an_item_comes_back_from_its_message(item: Item) -> None:
    assert item_from_pb(item_to_pb(item)) == item


def test_what_an_item_does_not_say_has_the_defaults_of_the_contract() -> None:
    item = item_from_pb(catalog_pb2.Item(sku="CUP"))

    assert (item.state, item.unit_code) == (ItemState.ACTIVE, "EA")


def test_two_prices_in_one_currency_are_refused() -> None:
    price = MoneyMessage(currency_code="EUR", units=1)

    with pytest.raises(InvalidField) as refused:
        item_from_pb(catalog_pb2.Item(sku="CUP", prices=[price, price]))

    assert list(refused.value.metadata) == ["prices[1]"]


def test_an_unknown_state_is_refused_and_none_is_the_default() -> None:
    assert item_from_pb(catalog_pb2.Item(sku="CUP")).state is ItemState.ACTIVE
    with pytest.raises(InvalidField):
        item_from_pb(catalog_pb2.Item(sku="CUP", state=99))  # type: ignore[arg-type]
