"""What rules withhold is stored once for all items of which they say the same."""

from __future__ import annotations

from typing import Any

import pytest

from hub.availability import store
from hub.availability.model import EVERYTHING, WithholdingRule
from hub.availability.operations import save_verdicts
from hub.availability.policy.judging import Judge
from hub.availability.store import PATTERNS_AT_ONCE, verdicts
from hub.catalog.model import Item
from hub.database.pool import Database
from hub.database.tx import Tx
from tests.support.network import network_of

SEASONS = ("winter", "summer", "spring")
ITEMS = [Item(f"SKU-{number:04}", attributes={"season": SEASONS[number % 3]}) for number in range(600)]


def judge(evaluated: list[Any]) -> Judge:
    """A judge by one rule: winter goods are withheld."""

    def condition(facts: Any) -> bool:
        evaluated.append(facts)
        return bool(facts["item"]["attributes"]["season"] == "winter")

    rule = WithholdingRule("winter", 'cell.item.attributes["season"] == "winter"')
    return Judge([rule], lambda _: condition, network_of())


async def test_items_of_which_rules_say_the_same_share_what_is_stored(database: Database) -> None:
    judged = judge([]).judged(ITEMS)

    async with database.transaction() as tx:
        await save_verdicts(tx, 1, judged)
        (stored,) = await tx.fetch(
            "SELECT (SELECT count(*) FROM availability_pattern) AS patterns,"
            " (SELECT count(*) FROM availability_judged) AS items"
        )
        read = await verdicts(tx, 1)
        some = await verdicts(tx, 1, ["SKU-0000", "SKU-0001"])

    assert (stored["patterns"], stored["items"]) == (2, len(ITEMS))
    assert read == judged
    assert len({id(withheld) for withheld in read.values()}) == 2
    assert some == {sku: judged[sku] for sku in ("SKU-0000", "SKU-0001")}
    assert set(judged["SKU-0000"]["WEB-NL"].values()) == {EVERYTHING}


async def test_what_is_withheld_alike_of_several_channels_is_read_once(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    nodes, few = {f"N-{number}": 1 for number in range(100)}, {"N-7": 1}
    judged = {"A": {"WEB": nodes, "SHOP": nodes, "OUTLET": few}, "B": {"WEB": few, "SHOP": nodes, "OUTLET": nodes}}
    texts, decoder = list[bytes](), store._NODES

    class Counted:
        def decode(self, text: bytes) -> dict[str, int]:
            texts.append(text)
            return decoder.decode(text)

    async with database.transaction() as tx:
        await save_verdicts(tx, 1, judged)
        monkeypatch.setattr(store, "_NODES", Counted())
        read = await verdicts(tx, 1)

    assert read == judged
    assert len(texts) == 2


async def test_an_item_judged_anew_has_its_newest_verdict(database: Database) -> None:
    async with database.transaction() as tx:
        await save_verdicts(tx, 1, {"A": {"WEB-NL": {"DC-NL": 1}}, "B": {}})
        await save_verdicts(tx, 1, {"A": {}})

        assert await verdicts(tx, 1) == {"A": {}, "B": {}}


async def test_others_run_after_each_value_that_is_written_or_read(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    judged = {f"SKU-{number}": {"WEB-NL": {"DC-NL": number}} for number in range(1, 3 * PATTERNS_AT_ONCE)}
    turns, turn = list[str](), Tx.turn

    async def counted(self: Tx) -> None:
        turns.append("turn")
        await turn(self)

    monkeypatch.setattr(Tx, "turn", counted)
    async with database.transaction() as tx:
        await save_verdicts(tx, 1, judged)
        written = len(turns)
        read = await verdicts(tx, 1)

    assert read == judged
    assert (written, len(turns) - written) == (len(judged), len(judged))
