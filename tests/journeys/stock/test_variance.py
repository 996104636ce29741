"""What a count finds other than thought: in units and worth, since when, and named where it is too much."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from crossdock.common.v1.refusal_pb2 import PageRequest
from crossdock.inventory.v1 import variance_pb2 as pb
from hub.flows.stock.import_snapshot import import_snapshot
from hub.inventory.model import Snapshot
from hub.kernel.money import Money
from tests.support.drafts import draft, item, line
from tests.support.world import TUESDAY, World
from tests.unit.api.serving import serving

HOUR = timedelta(hours=1)


async def count(world: World, *rows: tuple[str, int], node_id: str = "DC-NL") -> None:
    at = await world.now()
    counted = tuple((sku, node_id, units, 0) for sku, units in rows)
    answers = await world.run(import_snapshot, [Snapshot("wms", at, frozenset({node_id}), counted)])
    assert not [one for one in answers if isinstance(one, Exception)], answers


async def listed(world: World, **wanted: Any) -> list[tuple[str, str, int, int]]:
    async with serving(world) as hub:
        answer = await hub.rpc("VarianceService.ListVariances")(pb.ListVariancesRequest(**wanted))
    return [(one.sku, one.node_id, one.quantity, one.value.units) for one in answer.variances]


async def shelves(world: World) -> None:
    await world.stock("SHIRT", "DC-NL", 10)
    await world.stock("MUG", "DC-NL", 20)
    await world.items(item("SHIRT", "25.00"), item("MUG", "4.00"))


async def test_a_count_against_what_was_thought_in_units_and_worth(world: World) -> None:
    await shelves(world)
    await count(world, ("SHIRT", 10), ("MUG", 20))
    assert await listed(world) == []
    await world.advance(24 * HOUR)

    await count(world, ("SHIRT", 7), ("MUG", 25))

    assert await listed(world) == [("MUG", "DC-NL", 5, 20), ("SHIRT", "DC-NL", -3, -75)]
    assert await listed(world, min_quantity=4) == [("MUG", "DC-NL", 5, 20)]
    assert await listed(world, skus=["SHIRT"], currency_code="GBP") == [("SHIRT", "DC-NL", -3, 0)]
    async with serving(world) as hub:
        answer = await hub.rpc("VarianceService.ListVariances")(pb.ListVariancesRequest(page=PageRequest(page_size=1)))
        rest = await hub.rpc("VarianceService.ListVariances")(
            pb.ListVariancesRequest(page=PageRequest(page_size=1, page_token=answer.next_page_token))
        )
    (mug,), (shirt,) = answer.variances, rest.variances
    assert (mug.source, mug.since_time.ToDatetime(), rest.next_page_token) == ("wms", TUESDAY.replace(tzinfo=None), "")
    assert shirt.count_time.ToDatetime() == (TUESDAY + 24 * HOUR).replace(tzinfo=None)


async def test_what_shipped_after_the_count_is_no_difference(world: World) -> None:
    await shelves(world)
    await world.place(draft("W-1", [line("SHIRT", 2, "25.00")]))
    counted_at = await world.now()
    await world.advance(5 * HOUR)

    rows = (("SHIRT", "DC-NL", 10, 0), ("MUG", "DC-NL", 20, 0))
    await world.run(import_snapshot, [Snapshot("wms", counted_at, frozenset({"DC-NL"}), rows)])

    assert await listed(world) == []
    assert (await world.on_shelf("SHIRT", "DC-NL"))[0] == 8


async def test_a_count_that_agrees_ends_the_difference(world: World) -> None:
    await shelves(world)
    await count(world, ("SHIRT", 7), ("MUG", 20))
    await world.advance(HOUR)

    await count(world, ("SHIRT", 7), ("MUG", 20))

    assert await listed(world) == []


@pytest.mark.parametrize(
    ("allowed", "named"),
    [
        ({}, []),
        ({"variance_units": 3}, ["DC-NL/MUG"]),
        ({"variance_value": Money(5000, "EUR")}, ["DC-NL/SHIRT"]),
        ({"variance_units": 2, "variance_value": Money(5000, "EUR")}, ["DC-NL/MUG", "DC-NL/SHIRT"]),
        ({"variance_units": 5, "variance_value": Money(7500, "EUR")}, []),
    ],
)
async def test_more_than_the_network_allows_becomes_an_exception(
    world: World, allowed: dict[str, Any], named: list[str]
) -> None:
    await world.network(nodes={"DC-NL": allowed})
    await shelves(world)

    await count(world, ("SHIRT", 7), ("MUG", 25))

    opened = await world.rows("SELECT subject, reason, detail FROM exception_record ORDER BY subject")
    assert [one["subject"] for one in opened] == named
    assert {one["reason"] for one in opened} <= {"STOCK_VARIANCE"}
    shirts = [one["detail"] for one in opened if one["subject"] == "DC-NL/SHIRT"]
    assert shirts in ([], ["wms counted -3 SHIRT at DC-NL against what was thought, worth -75.00 EUR."])


async def test_nodes_out_of_scope_are_left_out(world: World) -> None:
    await shelves(world)
    await count(world, ("SHIRT", 7), ("MUG", 20))

    async with serving(world) as hub:
        answer = await hub.rpc("VarianceService.ListVariances", "stranger")(pb.ListVariancesRequest())

    assert not answer.variances
