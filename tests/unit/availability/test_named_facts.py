"""The facts that a rule names are read off its text: of maps the keys, wherever only keys are looked at."""

from __future__ import annotations

import pytest

from hub.availability.policy.named_facts import named, projected

ALL = dict.fromkeys(("item", "node", "channel"))


@pytest.mark.parametrize(
    ("condition", "names"),
    [
        ('cell.item.attributes["season"] == "winter"', [("attributes", "season")]),
        ("cell.item.attributes['season'] == 'winter'", [("attributes", "season")]),
        ("cell.item.attributes.season == 'winter'", [("attributes", "season")]),
        ("has(cell . item . attributes . season)", [("attributes", "season")]),
        ('"season" in cell.item.attributes', [("attributes", "season")]),
        ('cell.item.sku == "A" && "season" in cell.item.attributes', [("attributes", "season"), ("sku", None)]),
        ('("season" in cell.item.attributes)', [("attributes", "season")]),
        ('cell.item.prices_minor["EUR"] > 5', [("prices_minor", "EUR")]),
        ("cell.item.weight_grams > 5", [("weight_grams", None)]),
        ("cell.item.attributes.size() > 1", [("attributes", None)]),
        ("cell.item.attributes.exists(key, key == 'a')", [("attributes", None)]),
        ("cell.item.attributes[cell.item.sku] == 'a'", [("attributes", None), ("sku", None)]),
        ('cell.item.attributes["a" + "b"] == "c"', [("attributes", None)]),
        ('cell.item.attributes["a\\"b"] == "c"', [("attributes", None)]),
        ('"sea" + "son" in cell.item.attributes', [("attributes", None)]),
        ('"""season""" in cell.item.attributes', [("attributes", None)]),
        ('r"season" in cell.item.attributes', [("attributes", None)]),
        ("cell.item.sku in cell.item.attributes", [("attributes", None), ("sku", None)]),
        (
            'cell.item.attributes["a"] == "b" || cell.item.attributes.size() == 0',
            [("attributes", "a"), ("attributes", None)],
        ),
        ("true", []),
    ],
)
def test_of_a_map_a_key_is_named_where_no_more_is_looked_at(condition: str, names: list[object]) -> None:
    found = named(condition)["item"]

    assert found is not None
    assert set(found) == set(names)


def test_a_condition_that_mentions_cells_otherwise_names_everything() -> None:
    assert named("[cell].exists(one, one.item.sku == 'A')") == ALL
    assert named("cell == cell") == ALL


def test_a_key_that_is_absent_is_another_than_any_value() -> None:
    names = (("attributes", "season"), ("sku", None))

    absent, none = ({"sku": "A", "attributes": attributes} for attributes in ({"other": "x"}, {"season": ""}))

    assert projected(absent, names) != projected(none, names)
    assert projected(absent, names) == projected({"sku": "A", "attributes": {}}, names)
