"""A catalog is judged item by item: others run in between, and who no longer waits ends it."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping

import pytest

from hub.availability import operations as availability
from hub.availability.model import InForce, Scenario, ScenarioKind, Withheld, WithholdingRule
from hub.availability.policy.judging import Judge
from hub.cases.stock.availability import ITEMS_A_PAGE, judge_all
from hub.catalog.model import Item
from hub.kernel.scope import HUB
from tests.support.world import TUESDAY, World

ITEMS = 6 * ITEMS_A_PAGE
RULE = WithholdingRule("winter", 'cell.item.attributes["season"] == "winter"')


class Steps(list[int]):
    """How many items were judged at once, step after step; `begun` is set with the first."""

    def __init__(self) -> None:
        super().__init__()
        self.begun = asyncio.Event()


@pytest.fixture
def steps(monkeypatch: pytest.MonkeyPatch) -> Steps:
    sizes = Steps()
    judged = Judge.judged

    def counted(self: Judge, items: list[Item]) -> Mapping[str, Withheld]:
        sizes.append(len(items))
        sizes.begun.set()
        return judged(self, items)

    monkeypatch.setattr(Judge, "judged", counted)
    return sizes


async def judging(world: World) -> Mapping[str, Withheld]:
    """Judges many items by one rule."""
    await world.items(*(Item(f"SKU-{number:04}", attributes={"season": "winter"}) for number in range(ITEMS)))
    async with world.database.transaction() as tx:
        scenario = Scenario("summer", ScenarioKind.MERCHANDISING, "Summer", (RULE,))
        await availability.put(tx, HUB, scenario, at=TUESDAY)
        flow = await world.surroundings.flow_context(tx, HUB)
        return await judge_all(flow, InForce(1, {"summer": 1}))


async def test_others_run_between_pages_and_after_what_is_new(world: World, steps: Steps) -> None:
    seen: set[int] = set()

    async def others() -> None:
        while True:
            seen.add(len(steps))
            await asyncio.sleep(0)

    running = asyncio.create_task(others())
    judged = await judging(world)
    running.cancel()

    assert steps == [1] * ITEMS
    assert seen >= {1, *range(ITEMS_A_PAGE, ITEMS, ITEMS_A_PAGE)}
    assert len(judged) == ITEMS


async def test_who_no_longer_waits_ends_it_in_the_middle(world: World, steps: Steps) -> None:
    task = asyncio.create_task(judging(world))
    await steps.begun.wait()

    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task

    assert 0 < len(steps) < ITEMS_A_PAGE
