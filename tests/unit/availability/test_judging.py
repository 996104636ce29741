"""Rules are evaluated once for all that looks alike to them, and their verdicts are those of every cell alone."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Any
from unittest.mock import Mock

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from hub.availability.model import EVERYTHING, WithholdingRule
from hub.availability.policy.judging import Judge, channel_facts, item_facts, node_facts
from hub.cases.stock.availability import judge_items
from hub.catalog.model import Item
from hub.database.tx import Tx
from hub.network.model import Channel
from hub.rules.cel import Rules
from hub.wire.setup.rules import cell_vocabulary
from tests.support.network import network_of

NO_CONNECTION: Any = Mock()
RULES = Rules(cell_vocabulary())
CONDITIONS = (
    'cell.item.attributes["season"] == "winter"',
    'cell.node.country_code == "DE"',
    'cell.item.weight_grams > 500 && cell.node.kind == "STORE"',
    'cell.item.sku.startsWith("A")',
    'cell.channel.channel_id == "WEB-NL" && cell.item.attributes["season"] != cell.node.attributes["season"]',
    'has(cell.item.attributes.season) && cell.item.attributes.season != "winter"',
    '"season" in cell.item.attributes || cell.node.country_code == "NL"',
    "cell.item.prices_minor.exists(currency, cell.item.prices_minor[currency] > 1000)",
)
ITEMS = st.builds(
    lambda sku, weight, season: Item(sku, weight_grams=weight, attributes={"season": season} if season else {}),
    st.sampled_from(("A-1", "A-2", "B-1", "B-2")),
    st.sampled_from((0, 501)),
    st.sampled_from(("", "winter", "summer")),
)


def compiled(counts: list[str]) -> Any:
    """Compiles conditions that count how often they are evaluated."""

    def compile_(text: str) -> Any:
        rule = RULES.compile(text)

        def condition(facts: Mapping[str, Any]) -> bool:
            counts.append(text)
            return rule.evaluate(facts, undecided=False)

        return condition

    return compile_


@given(st.lists(ITEMS, unique_by=lambda item: item.sku), st.lists(st.sampled_from(CONDITIONS), min_size=1, unique=True))
def test_verdicts_are_those_of_every_cell_alone(items: list[Item], conditions: list[str]) -> None:
    network = network_of()
    rules = [WithholdingRule(str(number), text, number) for number, text in enumerate(conditions)]

    judged = Judge(rules, compiled([]), network).judged(items)

    for item in items:
        for channel in network.channels.values():
            for node in network.nodes.values():
                facts = {"item": item_facts(item), "node": node_facts(node), "channel": channel_facts(channel)}
                held = [
                    rule.units or EVERYTHING
                    for rule in rules
                    if RULES.compile(rule.condition).evaluate(facts, undecided=False)
                ]
                expected = EVERYTHING if EVERYTHING in held else max(held, default=0)
                assert judged[item.sku].get(channel.channel_id, {}).get(node.node_id, 0) == expected


def test_a_rule_over_few_facts_is_evaluated_a_few_times_however_many_items_there_are() -> None:
    counts: list[str] = []
    rules = [WithholdingRule("winter", f"{CONDITIONS[0]} && {CONDITIONS[1]}")]
    items = [Item(f"SKU-{number}", attributes={"season": ("winter", "summer")[number % 2]}) for number in range(1000)]

    judged = Judge(rules, compiled(counts), network_of()).judged(items)

    countries = {node.country_code for node in network_of().nodes.values()}
    assert len(counts) == 2 * len(countries)
    assert judged["SKU-0"] == {"WEB-NL": {"ST-BER": EVERYTHING}}
    assert judged["SKU-1"] == {}


async def test_others_run_whenever_a_judge_has_put_something_new_together() -> None:
    rules = [WithholdingRule("winter", f"{CONDITIONS[0]} && {CONDITIONS[1]}")]
    items = [Item(f"SKU-{number}", attributes={"season": ("winter", "summer")[number % 2]}) for number in range(100)]
    turns: list[int] = []

    async def other() -> None:
        for turn in range(100):
            turns.append(turn)
            await asyncio.sleep(0)

    running = asyncio.create_task(other())
    judge = Judge(rules, compiled([]), network_of())
    judged = await judge_items(Tx(NO_CONNECTION), judge, items)
    running.cancel()

    assert judged == judge.judged(items)
    assert len(turns) == judge.values == 2


def test_a_node_that_may_not_sell_to_a_channel_is_not_judged_for_it() -> None:
    network = network_of(channel={"node_ids": frozenset({"DC-NL"})})

    judged = Judge([WithholdingRule("all", "true")], compiled([]), replace(network)).judged([Item("A")])

    assert judged == {"A": {"WEB-NL": {"DC-NL": EVERYTHING}}}


def test_an_attribute_that_a_rule_does_not_name_costs_it_nothing() -> None:
    counts: list[str] = []
    rules = [WithholdingRule("winter", CONDITIONS[0]), WithholdingRule("season", '"season" in cell.item.attributes')]
    items = [Item(f"SKU-{number}", attributes={"season": "winter", "batch": str(number)}) for number in range(300)]

    judged = Judge(rules, compiled(counts), network_of()).judged(items)

    assert len(counts) == len(rules)
    assert len({id(withheld) for withheld in judged.values()}) == 1


def test_nodes_and_channels_that_look_alike_are_judged_once_together() -> None:
    counts: list[str] = []
    network = network_of()
    nodes = {f"ST-{number}": replace(network.nodes["ST-BER"], node_id=f"ST-{number}") for number in range(200)}
    shops = {f"WEB-{number}": replace(network.channels["WEB-NL"], channel_id=f"WEB-{number}") for number in range(10)}

    judged = Judge(
        [WithholdingRule("all", CONDITIONS[1])], compiled(counts), replace(network, nodes=nodes, channels=shops)
    )

    assert judged.judged([Item("A")]) == {"A": dict.fromkeys(shops, dict.fromkeys(nodes, EVERYTHING))}
    assert len(counts) == 1


def test_each_cell_is_gone_through_once_for_a_rule_however_many_values_there_are(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    network, looked = network_of(), list[str]()
    draws_on = Channel.draws_on

    def counted(self: Channel, node_id: str) -> bool:
        looked.append(node_id)
        return draws_on(self, node_id)

    rules = [WithholdingRule(letter, f'cell.item.sku < "{letter}"', 1) for letter in "bcdefgh"]
    judge = Judge(rules, compiled([]), network)
    monkeypatch.setattr(Channel, "draws_on", counted)

    judged = judge.judged([Item(letter) for letter in "abcdefg"])

    assert judge.values == len(judged) == len(rules)
    assert len(looked) == len(rules) * len(network.nodes) * len(network.channels)
