"""How exceptions about the work of nodes and about parcels are raised: what happens until their record is open."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import Final
from uuid import UUID

import pytest

from hub.api.fulfillment.changes import RECORD_CARRIER_EVENTS, RECORD_COLLECTIONS, RECORD_SHIPMENTS
from hub.api.orders.changes import CANCEL_LINES
from hub.api.returns.return_changes import CONFIRM_WITHDRAWALS
from hub.cases.case import Case
from hub.flows.fulfillment.take_node_answers import take_node_answers
from hub.flows.returns.confirm_withdrawals import WithdrawalDraft
from hub.fulfillment.lifecycle import ShipmentState
from hub.fulfillment.model import (
    CarrierEvent,
    CollectionReport,
    FulfillmentLine,
    NodeAnswer,
    ShipmentReport,
)
from hub.kernel.errors import Refusal
from hub.orders.model import CancelRequest, DeliveryMethod
from hub.returns.policy.withdrawals import INFORMED
from tests.support.drafts import draft, line
from tests.support.world import World
from tests.unit.api.serving import Served

SILENT: Final = {f"{step}_after_minutes": 99_000 for step in ("acknowledge", "pick", "pack", "ship")}


async def working(world: World, units: int = 5) -> Case:
    await world.network(profiles={"wms": {**SILENT, "cancel": "later:9999"}})
    await world.stock("CUP", "DC-NL", 9)
    placed = await world.place(draft("W-1", [line("CUP", units, "20.00")]))
    await world.settle()
    return await world.case(placed.order_id)


async def left(world: World, case: Case, units: int, reference: str = "P-1", number: str = "") -> Case:
    work = case.fulfillment_orders[0].fulfillment_order_id
    parcel = ShipmentReport(work, reference, await world.now(), number, (FulfillmentLine(1, units),))
    with suppress(Refusal):
        await world.ask(RECORD_SHIPMENTS, parcel)
    await world.settle()
    return await world.case(case.order_id)


async def overshipped(hub: Served, folder: Path, patch: pytest.MonkeyPatch) -> None:
    await left(hub.world, await working(hub.world), 6)


async def to_intercept(hub: Served, folder: Path, patch: pytest.MonkeyPatch) -> None:
    world = hub.world
    case = await working(world)
    (asked,) = await cancel(world, case)
    await world.run(take_node_answers, [NodeAnswer(asked[0], asked[1], True, await world.now())])
    await left(world, case, 5)


async def lost(hub: Served, folder: Path, patch: pytest.MonkeyPatch) -> None:
    world = hub.world
    case = await left(world, await working(world), 5)
    told = CarrierEvent(ShipmentState.LOST, await world.now(), "", case.shipments[0].shipment_id)
    await world.ask(RECORD_CARRIER_EVENTS, told)


async def pickup_locked(hub: Served, folder: Path, patch: pytest.MonkeyPatch) -> None:
    world = hub.world
    await world.stock("CUP", "ST-LON", 1)
    lines, method = [line("CUP", 1, "20.00")], DeliveryMethod.PICKUP
    placed = await world.place(draft("W-1", lines, delivery_method=method, pickup_node_id="ST-LON"))
    await world.advance(timedelta(hours=2))
    work = (await world.case(placed.order_id)).fulfillment_orders[0].fulfillment_order_id
    for number in range(6):
        with suppress(Refusal):
            await world.ask(RECORD_COLLECTIONS, CollectionReport(work, f"{number:08}", await world.now()))


async def withdrawn_under_way(hub: Served, folder: Path, patch: pytest.MonkeyPatch) -> None:
    case = await left(hub.world, await working(hub.world), 5)
    await hub.world.ask(CONFIRM_WITHDRAWALS, WithdrawalDraft(case.order_id, "", (), INFORMED))


async def overdue(hub: Served, folder: Path, patch: pytest.MonkeyPatch) -> None:
    await left(hub.world, await working(hub.world), 5)
    await hub.world.advance(timedelta(days=30))


async def cancel(world: World, case: Case) -> list[tuple[UUID, UUID]]:
    await world.ask(CANCEL_LINES, CancelRequest(case.order_id, "changed mind", ()))
    await world.settle()
    work = (await world.case(case.order_id)).fulfillment_orders[0]
    return [(work.fulfillment_order_id, asked.request_id) for asked in work.requests]


async def cancel_refused(hub: Served, folder: Path, patch: pytest.MonkeyPatch) -> None:
    await cancel(hub.world, await working(hub.world))
    await hub.world.advance(timedelta(minutes=61))


async def cancel_contradicted(hub: Served, folder: Path, patch: pytest.MonkeyPatch) -> None:
    world = hub.world
    case = await working(world)
    ((work, asked),) = await cancel(world, case)
    await left(world, case, 2, number="T-1")
    await world.run(take_node_answers, [NodeAnswer(work, asked, True, await world.now())])
    await world.settle()


async def silent_node(hub: Served, folder: Path, patch: pytest.MonkeyPatch) -> None:
    world = hub.world
    await world.network(profiles={"wms": SILENT})
    await world.stock("CUP", "DC-NL", 2)
    await world.place(draft("W-1", [line("CUP", 1, "20.00")]))
    await world.advance(timedelta(days=3))
