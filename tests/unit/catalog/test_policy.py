"""What may be an item or a bundle, and what a bundle takes from stock."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from msgspec.structs import replace

from hub.catalog.errors import UnknownSku
from hub.catalog.model import Component, Item
from hub.catalog.policy import admitted, exploded
from hub.kernel.errors import InvalidField, Refusal
from hub.kernel.money import Money

CUP = Item("CUP")
POT = Item("POT")


def bundle(sku: str, *parts: tuple[str, int]) -> Item:
    return Item(sku, components=tuple(Component(*part) for part in parts))


def put(items: Sequence[Item], *stored: Item) -> list[Item | Refusal]:
    """The answers, apart from the versions that items get."""
    answers = admitted(items, {item.sku: item for item in stored}, {})
    return [replace(one, version=0) if isinstance(one, Item) else one for one in answers]


def test_an_item_takes_itself_from_stock() -> None:
    assert exploded(CUP, 3) == (("CUP", 3),)


def test_a_bundle_takes_its_components_from_stock() -> None:
    assert exploded(bundle("SET", ("CUP", 4), ("POT", 1)), 2) == (("CUP", 8), ("POT", 2))


def test_a_component_named_twice_is_taken_once_for_both() -> None:
    assert exploded(bundle("SET", ("CUP", 1), ("POT", 1), ("CUP", 2)), 2) == (("CUP", 6), ("POT", 2))


def test_a_bundle_may_stand_before_its_components() -> None:
    tea_set = bundle("SET", ("CUP", 2))

    assert put([tea_set, CUP]) == [tea_set, CUP]


def test_a_bundle_may_name_what_is_stored() -> None:
    tea_set = bundle("SET", ("CUP", 2))

    assert put([tea_set], CUP) == [tea_set]


def test_a_bundle_of_what_nobody_knows_is_refused_and_its_neighbors_are_not() -> None:
    refused, taken = put([bundle("SET", ("CUP", 2)), POT])

    assert isinstance(refused, UnknownSku)
    assert refused.metadata == {"sku": "CUP", "bundle": "SET"}
    assert taken == POT


def test_a_component_that_is_refused_refuses_its_bundle() -> None:
    broken, needy = put([Item("CUP", weight_grams=-1), bundle("SET", ("CUP", 2))])

    assert isinstance(broken, InvalidField)
    assert isinstance(needy, UnknownSku)


@pytest.mark.parametrize("parts", [[("SET", 1)], [("BOX", 1)]], ids=["itself", "another bundle"])
def test_a_bundle_of_bundles_is_refused(parts: list[tuple[str, int]]) -> None:
    [refused] = put([bundle("SET", *parts)], CUP, bundle("BOX", ("CUP", 1)))

    assert isinstance(refused, InvalidField)


def test_what_is_part_of_a_bundle_cannot_become_one() -> None:
    [refused] = admitted([bundle("CUP", ("POT", 1))], {"CUP": CUP, "POT": POT}, {"CUP": ["SET"]})

    assert isinstance(refused, InvalidField)
    assert "SET" in refused.message


def test_of_two_items_with_one_sku_the_later_is_meant() -> None:
    answers = put([Item("CUP"), bundle("SET", ("CUP", 1)), bundle("CUP", ("POT", 1))], POT)

    assert [type(answer).__name__ for answer in answers] == ["Item", "InvalidField", "Item"]


@pytest.mark.parametrize(
    "item",
    [
        Item(""),
        Item("X" * 81),
        Item("CUP", volume_cm3=-1),
        Item("CUP", weight_grams=-1),
        bundle("SET", ("CUP", 0)),
        Item("CUP", prices={"EUR": Money(-1, "EUR")}),
        Item("CUP", prices={"EUR": Money(100, "GBP")}),
    ],
)
def test_an_item_that_cannot_be_is_refused(item: Item) -> None:
    assert isinstance(put([item], CUP)[0], InvalidField)
