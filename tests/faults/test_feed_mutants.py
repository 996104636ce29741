"""The proofs of scenarios 12, 13 and 14 go red on a naive variant of what they check."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from hub.cases import store as case_store
from hub.cases.fulfillment import parcels
from hub.flows.fulfillment import record_deliveries, record_shipments
from hub.inventory import operations as inventory
from hub.inventory.operations import counting
from hub.kernel.errors import Refusal
from tests.journeys.fulfillment import test_scenario_12_out_of_order_events as twelve
from tests.journeys.fulfillment import test_scenario_13_unknown_order as thirteen
from tests.journeys.stock import test_scenario_14_late_snapshot as fourteen
from tests.support.world import World, opened


@pytest.fixture
async def world(database_url: str, tmp_path: Path) -> AsyncIterator[World]:
    async with opened(database_url, tmp_path) as made:
        yield made


async def test_scenario_12_notices_parcels_that_ship_with_every_report(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unknown(*_: Any) -> None:
        return None

    monkeypatch.setattr(parcels, "known", unknown)
    with pytest.raises((AssertionError, Refusal)):
        await twelve.test_scenario_12_all_orders_of_four_shipment_events_end_alike(world)


async def test_scenario_12_notices_a_carrier_axis_that_believes_the_last_report(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def last(_: Any, told: Any) -> Any:
        return next(iter(told))

    monkeypatch.setattr(record_deliveries, "carried", last)
    with pytest.raises(AssertionError):
        await twelve.test_scenario_12_all_orders_of_four_shipment_events_end_alike(world)


async def test_scenario_13_notices_orders_that_wake_nobody(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    async def asleep(*_: Any) -> None:
        return None

    monkeypatch.setattr(case_store, "wake", asleep)
    with pytest.raises(AssertionError):
        await thirteen.test_scenario_13_a_shipment_three_seconds_before_its_order_is_applied_when_the_order_is_there(
            world
        )


async def test_scenario_13_notices_reports_that_are_refused_instead_of_kept(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def dropped(_: Any, __: Any, answers: Any) -> Any:
        return answers

    monkeypatch.setattr(record_shipments, "parked_unmatched", dropped)
    with pytest.raises((AssertionError, AttributeError)):
        await thirteen.test_scenario_13_a_shipment_three_seconds_before_its_order_is_applied_when_the_order_is_there(
            world
        )


async def test_scenario_14_notices_counts_that_forget_what_left_since(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    compare = counting.compare

    async def forgetful(tx: Any, count: Any) -> None:
        await tx.execute("UPDATE stock_move SET occurred_at = %(at)s", {"at": count.counted_at})
        await compare(tx, count)

    monkeypatch.setattr(counting, "compare", forgetful)
    with pytest.raises(AssertionError):
        await fourteen.test_scenario_14_all_orders_of_sequence_count_and_sales_end_alike(
            world, ("receipt", "damage", "sales", "count")
        )


async def test_scenario_14_notices_changes_that_a_count_contains_and_that_are_made_again(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def again(_: Any, elements: Any) -> Any:
        return [list(element) for element in elements]

    monkeypatch.setattr(inventory, "_in_counts", again)
    with pytest.raises(AssertionError):
        await fourteen.test_scenario_14_all_orders_of_sequence_count_and_sales_end_alike(
            world, ("count", "receipt", "damage", "sales")
        )
