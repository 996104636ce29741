"""How the warehouse stand-in works what it is handed, by business time."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from adapters.double_warehouse.physical import set_physical
from adapters.sdk.doubles.faults import order_fault
from adapters.sdk.times import instant_of
from crossdock.fulfillment.v1 import fulfillment_pb2
from crossdock.partner.call.v1 import call_pb2
from crossdock.partner.warehouse.v1 import warehouse_pb2 as pb
from crossdock.partner.warehouse.v1.warehouse_pb2_grpc import WarehouseServiceStub
from tests.adapters.doubles.requests import pull, release
from tests.adapters.doubles.serving import Served, minutes_later, serving


async def _pull(served: Served, at: datetime, cursor: str = "") -> pb.PullUpdatesResponse:
    return await WarehouseServiceStub(served.channel).PullUpdates(pb.PullUpdatesRequest(pull=pull(at, cursor)))


async def _release(served: Served, *arguments: Any, **settings: Any) -> call_pb2.Answer:
    stub = WarehouseServiceStub(served.channel)
    return (await stub.ReleaseFulfillmentOrder(release(*arguments, **settings))).answer


def _kinds(response: pb.PullUpdatesResponse) -> list[str | None]:
    return [update.WhichOneof("kind") for update in response.updates]


def _units(lines: Any) -> dict[int, int]:
    return {line.line_number: line.quantity for line in lines}


async def test_each_step_is_told_when_its_business_time_has_come() -> None:
    async with serving("double_warehouse") as served:
        await _release(served, "r", "fo-1", ("SKU-1", 2))

        early = await _pull(served, minutes_later(4))
        taken = await _pull(served, minutes_later(5), early.pulled.cursor)
        rest = await _pull(served, minutes_later(300), taken.pulled.cursor)

        assert _kinds(early) == []
        assert instant_of(early.pulled.next_update_time) == minutes_later(5)
        assert _kinds(taken) == ["acknowledgment"]
        assert instant_of(taken.pulled.next_update_time) == minutes_later(60)
        assert _kinds(rest) == ["pick", "pack", "shipment"]
        assert not rest.pulled.HasField("next_update_time")
        assert instant_of(rest.updates[2].shipment.occur_time) == minutes_later(120)


async def test_a_profile_sets_the_minutes_and_the_size_of_parcels() -> None:
    profile = {
        "acknowledge_after_minutes": 1,
        "pick_after_minutes": 2,
        "pack_after_minutes": 3,
        "ship_after_minutes": 4,
        "units_per_parcel": 2,
    }
    async with serving("double_warehouse") as served:
        await _release(served, "r", "fo-1", ("SKU-1", 3), ("SKU-2", 2), **profile)

        told = await _pull(served, minutes_later(4))

        parcels = [update.shipment for update in told.updates if update.WhichOneof("kind") == "shipment"]
        assert [_units(parcel.lines) for parcel in parcels] == [{1: 2}, {1: 1, 2: 1}, {2: 1}]
        assert len({parcel.tracking_number for parcel in parcels}) == 3
        assert len({parcel.shipment_reference for parcel in parcels}) == 3


async def test_the_same_parcel_has_the_same_tracking_number_and_page_in_every_run() -> None:
    numbers = set()
    for _ in range(2):
        async with serving("double_warehouse") as served:
            await _release(served, "r", "fo-1", ("SKU-1", 1))
            parcel = (await _pull(served, minutes_later(300))).updates[3].shipment
            numbers.add(parcel.tracking_number)
            assert parcel.tracking_url.endswith(f"/{parcel.tracking_number}")
            assert (parcel.carrier_code, parcel.weight_grams) == ("DBL", 600)

    assert len(numbers) == 1


async def test_units_that_are_not_there_are_short_and_the_rest_goes_on() -> None:
    async with serving("double_warehouse") as served:
        set_physical(served.file, "ST-AMS", "SKU-1", 3)
        await _release(served, "r", "fo-1", ("SKU-1", 5))

        told = await _pull(served, minutes_later(300))

        assert _kinds(told) == ["acknowledgment", "pick", "short", "pack", "shipment"]
        assert _units(told.updates[1].pick.lines) == {1: 3}
        assert _units(told.updates[2].short.lines) == {1: 2}
        assert told.updates[2].short.reason == fulfillment_pb2.SHORT_REASON_NOT_IN_STOCK
        assert _units(told.updates[4].shipment.lines) == {1: 3}
        assert len(served.log.effects("short")) == 1


async def test_picks_draw_down_what_is_there_even_when_the_profile_said_it() -> None:
    profile = {"physical": {"ST-AMS": {"SKU-1": 3}}}
    async with serving("double_warehouse") as served:
        await _release(served, "r1", "fo-1", ("SKU-1", 2), **profile)
        await _release(served, "r2", "fo-2", ("SKU-1", 2), **profile)
        await _release(served, "r3", "fo-3", ("SKU-1", 2), **profile)

        told = await _pull(served, minutes_later(300))

        short = [update.short for update in told.updates if update.WhichOneof("kind") == "short"]
        assert [(report.fulfillment_order_id, _units(report.lines)) for report in short] == [
            ("fo-2", {1: 1}),
            ("fo-3", {1: 2}),
        ]
        shipped = [effect.subject for effect in served.log.effects("shipped")]
        assert shipped == ["fo-1", "fo-2"]


async def test_a_node_that_takes_no_orders_rejects_the_whole() -> None:
    async with serving("double_warehouse") as served:
        answer = await _release(served, "r", "fo-1", ("SKU-1", 1), reject_nodes=["ST-AMS"])

        told = await _pull(served, minutes_later(300))

        assert answer.outcome == call_pb2.OUTCOME_DONE
        assert _kinds(told) == ["rejection"]
        assert served.log.effects("shipped") == []


async def test_a_release_under_another_key_is_noted_and_not_worked_twice() -> None:
    async with serving("double_warehouse") as served:
        first = await _release(served, "r1", "fo-1", ("SKU-1", 1))
        second = await _release(served, "r2", "fo-1", ("SKU-1", 1))

        told = await _pull(served, minutes_later(300))

        assert first == second
        assert _kinds(told).count("shipment") == 1
        assert [effect.operation_key for effect in served.log.effects("released_again")] == ["r2"]


async def test_lines_that_cannot_be_worked_are_refused() -> None:
    async with serving("double_warehouse") as served:
        answers = [await _release(served, "r1", "fo-1"), await _release(served, "r2", "fo-2", ("SKU-1", 0))]

        assert [answer.code for answer in answers] == ["BAD_LINES", "BAD_LINES"]


async def test_a_release_that_the_warehouse_forgets_is_never_worked_nor_found() -> None:
    async with serving("double_warehouse") as served:
        order_fault(served.file, "ReleaseFulfillmentOrder", "lie")

        answer = await _release(served, "r", "fo-1", ("SKU-1", 1))

        stub = WarehouseServiceStub(served.channel)
        find = call_pb2.Find(call=release("r", "fo-1").call)
        assert answer.outcome == call_pb2.OUTCOME_DONE
        assert (
            await stub.FindOperation(pb.FindOperationRequest(find=find))
        ).answer.outcome == call_pb2.OUTCOME_NOT_FOUND
        assert _kinds(await _pull(served, minutes_later(300))) == []
        assert served.log.effects() == []


async def test_accounts_are_told_their_own_updates_only() -> None:
    async with serving("double_warehouse") as served:
        await _release(served, "r", "fo-1", ("SKU-1", 1))

        stub = WarehouseServiceStub(served.channel)
        other = await stub.PullUpdates(pb.PullUpdatesRequest(pull=pull(minutes_later(300), account="ACC-2")))

        assert list(other.updates) == []
