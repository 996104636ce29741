"""A warehouse that speaks X12, from the order to the money: released, acknowledged, shipped short, never twice."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from adapters.sdk.state.client import Entry
from hub.cases.case import Case
from hub.inbox.model import Document, DocumentState
from hub.orders.lifecycle import OrderState
from tests.adapters.x12_warehouse.documents import PROFILE, Warehouse, a_document, served
from tests.journeys.upkeep.documents import read
from tests.support.drafts import draft, line
from tests.support.world import World

X12 = "application/edi-x12"
DAY = "20261020"


@pytest.fixture
async def warehouse(world: World, tmp_path: Path) -> AsyncIterator[Warehouse]:
    """The adapter, serving the account `wms` of the world."""
    (tmp_path / "x12").mkdir()
    async with served(tmp_path / "x12") as made:
        world.doubles.addresses["x12_warehouse"] = made.address
        profile = json.dumps({**PROFILE, "nodes": {"DC-NL": "NL01", "DC-UK": "UK01", "SUP-IT": "IT01"}})
        await world.network(accounts={"wms": {"adapter": "x12_warehouse", "profile_json": profile}})
        yield made
        await world.settle()


async def released(world: World) -> Case:
    await world.stock("CUP", "DC-NL", 20)
    placed = await world.place(draft("E-1", [line("CUP", 5, "20.00")], shipping="4.95"))
    await world.settle()
    return placed


def advice(*lines: str, total: int, control: int = 900) -> str:
    head = (f"W06*F*00000001*{DAY}*BOL-{control}", f"G62*11*{DAY}*8*2300", "N9*2I*1Z999", "LX*1")
    return a_document("945", "SW", *head, *lines, f"W03*{total}", control=control)


def acknowledgment(code: str) -> str:
    body = ("AK1*OW*1", "AK2*940*0001", f"AK5*{code}", f"AK9*{code}*1*1*1")
    return a_document("997", "FA", *body, control=800)


async def taken(world: World, document: str) -> Document:
    return await read(world, "wms", document.encode(), X12)


async def test_an_order_is_shipped_short_by_an_advice_and_paid_for_what_left(
    world: World, warehouse: Warehouse
) -> None:
    placed = await released(world)
    assert len(warehouse.written()) == 1
    assert (await taken(world, acknowledgment("A"))).state is DocumentState.TAKEN

    told = await taken(world, advice("W12*CP*5*3*2*EA**SK*CUP", total=3))

    assert not told.problems
    assert told.state is DocumentState.TAKEN
    case = await world.case(placed.order_id)
    assert [(one.reference, one.tracking_number) for one in case.shipments] == [("BOL-900", "1Z999")]
    assert world.money("payment.capture") == ["64.95"]
    assert await world.on_shelf("CUP", "DC-NL") == (0, 0, 0)


async def test_an_advice_that_comes_twice_ships_once(world: World, warehouse: Warehouse) -> None:
    placed = await released(world)
    document = advice("W12*CC*5*5*0*EA**SK*CUP", total=5)
    await taken(world, document)
    await world.advance(timedelta(hours=1))

    again = await taken(world, document)

    assert [one.field for one in again.problems] == ["ISA13"]
    assert len((await world.case(placed.order_id)).shipments) == 1
    assert world.money("payment.capture") == ["104.95"]


async def test_an_order_that_the_house_cannot_read_goes_to_another_node(world: World, warehouse: Warehouse) -> None:
    await world.stock("CUP", "ST-BER", 20)
    placed = await released(world)

    await taken(world, acknowledgment("R"))
    await world.advance(timedelta(minutes=10))

    case = await world.case(placed.order_id)
    assert [one.node_id for one in case.fulfillment_orders] == ["DC-NL", "ST-BER"]


async def test_an_acknowledgment_that_does_not_come_is_named_after_a_day(world: World, warehouse: Warehouse) -> None:
    await released(world)

    await world.advance(timedelta(hours=25))

    assert "ANSWER_OVERDUE" in await world.exceptions()
    await taken(world, acknowledgment("A"))
    await world.advance(timedelta(days=2))
    assert "ANSWER_OVERDUE" not in await world.exceptions()


async def test_a_report_about_the_work_of_another_account_is_refused(world: World, warehouse: Warehouse) -> None:
    await world.network()
    await world.stock("CUP", "ST-AMS", 5)
    placed = await world.place(draft("E-2", [line("CUP", 1, "20.00")]))
    await world.settle()
    (work,) = (await world.case(placed.order_id)).fulfillment_orders
    key = ("wms", "order/00000001")
    kept = {"number": key[1][-8:], "fulfillment_order_id": str(work.fulfillment_order_id), "node_id": "DC-NL"}
    kept["lines"] = [{"number": 1, "sku": "CUP", "quantity": 1}]  # type: ignore[assignment]
    warehouse.memory.entries[key] = Entry(json.dumps(kept).encode(), 1)
    profile = json.dumps(PROFILE)
    await world.network(accounts={"wms": {"adapter": "x12_warehouse", "profile_json": profile}})

    told = await taken(world, advice("W12*CC*1*1*0*EA**SK*CUP", total=1))

    assert told.state is DocumentState.PROBLEM
    assert "FULFILLMENT_ORDER_NOT_FOUND" in told.problems[0].reason
    assert (await world.case(placed.order_id)).order.state is not OrderState.CLOSED
    assert (await world.case(placed.order_id)).shipments == ()
