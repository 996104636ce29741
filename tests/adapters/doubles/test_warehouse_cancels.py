"""How the warehouse stand-in answers requests to cancel."""

from __future__ import annotations

from typing import Any

import pytest

from adapters.double_warehouse.physical import set_physical
from adapters.double_warehouse.policy import CancelAnswer, CancelManner, Line, Stage, cancel_manner, cancel_refusal
from adapters.sdk.calls import BadCall
from adapters.sdk.times import instant_of
from crossdock.partner.call.v1 import call_pb2
from crossdock.partner.warehouse.v1 import warehouse_pb2 as pb
from crossdock.partner.warehouse.v1.warehouse_pb2_grpc import WarehouseServiceStub
from tests.adapters.doubles.requests import cancel, find, pull, release
from tests.adapters.doubles.serving import Served, minutes_later, serving

DONE, REFUSED, PENDING = call_pb2.OUTCOME_DONE, call_pb2.OUTCOME_REFUSED, call_pb2.OUTCOME_PENDING


async def _released(served: Served, quantity: int = 2) -> WarehouseServiceStub:
    stub = WarehouseServiceStub(served.channel)
    await stub.ReleaseFulfillmentOrder(release("r", "fo-1", ("SKU-1", quantity)))
    return stub


async def _cancel(stub: WarehouseServiceStub, *arguments: Any, **settings: Any) -> call_pb2.Answer:
    return (await stub.CancelFulfillmentOrder(cancel(*arguments, **settings))).answer


async def _told(stub: WarehouseServiceStub) -> list[pb.Update]:
    response = await stub.PullUpdates(pb.PullUpdatesRequest(pull=pull(minutes_later(900))))
    return list(response.updates)


async def test_units_are_canceled_until_they_are_packed() -> None:
    async with serving("double_warehouse") as served:
        stub = await _released(served)

        in_time = await _cancel(stub, "c1", "fo-1", ("SKU-1", 1), at=minutes_later(89))
        too_late = await _cancel(stub, "c2", "fo-1", ("SKU-1", 1), at=minutes_later(90))

        assert in_time.outcome == DONE
        assert (too_late.outcome, too_late.code) == (REFUSED, "ALREADY_PACKED")
        shipments = [update.shipment for update in await _told(stub) if update.WhichOneof("kind") == "shipment"]
        assert [line.quantity for shipment in shipments for line in shipment.lines] == [1]


async def test_nothing_more_happens_to_what_is_canceled_whole() -> None:
    async with serving("double_warehouse") as served:
        stub = await _released(served)

        await _cancel(stub, "c", "fo-1", ("SKU-1", 2), at=minutes_later(2))

        assert await _told(stub) == []
        assert [effect.operation_key for effect in served.log.effects("warehouse.cancel")] == ["c"]


async def test_canceled_units_that_were_picked_go_back_to_the_shelf() -> None:
    async with serving("double_warehouse") as served:
        set_physical(served.file, "ST-AMS", "SKU-1", 2)
        stub = await _released(served)
        await _cancel(stub, "c", "fo-1", ("SKU-1", 2), at=minutes_later(61))
        await stub.ReleaseFulfillmentOrder(release("r2", "fo-2", ("SKU-1", 2), at=minutes_later(62)))

        told = await _told(stub)

        assert [update.WhichOneof("kind") for update in told].count("short") == 0
        assert [effect.subject for effect in served.log.effects("shipped")] == ["fo-2"]


async def test_more_units_than_are_left_cannot_be_canceled() -> None:
    async with serving("double_warehouse") as served:
        stub = await _released(served)

        answer = await _cancel(stub, "c", "fo-1", ("SKU-1", 3))

        assert (answer.outcome, answer.code) == (REFUSED, "TOO_MANY")


async def test_a_warehouse_that_answers_later_decides_by_how_far_it_is_then() -> None:
    async with serving("double_warehouse") as served:
        stub = await _released(served)

        early = await _cancel(stub, "c1", "fo-1", ("SKU-1", 1), at=minutes_later(10), cancel="later:40")
        late = await _cancel(stub, "c2", "fo-1", ("SKU-1", 1), at=minutes_later(60), cancel="later:40")
        told = await _told(stub)

        assert (early.outcome, late.outcome) == (PENDING, PENDING)
        decisions = [update.cancel_decision for update in told if update.WhichOneof("kind") == "cancel_decision"]
        assert [(decision.operation_key, decision.accepted) for decision in decisions] == [("c1", True), ("c2", False)]
        shipments = [update.shipment for update in told if update.WhichOneof("kind") == "shipment"]
        assert [line.quantity for shipment in shipments for line in shipment.lines] == [1]


async def test_a_late_decision_is_found_once_its_time_has_come() -> None:
    async with serving("double_warehouse") as served:
        stub = await _released(served)
        await _cancel(stub, "c", "fo-1", ("SKU-1", 2), cancel="later:40:reject")

        before = await stub.FindOperation(pb.FindOperationRequest(find=find("c", minutes_later(39))))
        after = await stub.FindOperation(pb.FindOperationRequest(find=find("c", minutes_later(40))))

        assert before.answer.outcome == PENDING
        assert (after.answer.outcome, after.answer.code) == (REFUSED, "REJECTED")


async def test_a_pull_says_when_a_late_decision_is_due() -> None:
    async with serving("double_warehouse") as served:
        stub = await _released(served)
        await _cancel(stub, "c", "fo-1", ("SKU-1", 2), at=minutes_later(6), cancel="later:3")

        response = await stub.PullUpdates(pb.PullUpdatesRequest(pull=pull(minutes_later(6))))

        assert instant_of(response.pulled.next_update_time) == minutes_later(9)


async def test_a_release_that_its_cancel_overtook_is_not_worked_and_is_noted() -> None:
    async with serving("double_warehouse") as served:
        stub = WarehouseServiceStub(served.channel)

        canceled = await _cancel(stub, "c", "fo-1", ("SKU-1", 2))
        released = (await stub.ReleaseFulfillmentOrder(release("r", "fo-1", ("SKU-1", 2)))).answer

        assert (canceled.outcome, canceled.code) == (REFUSED, "UNKNOWN")
        assert (released.outcome, released.code) == (REFUSED, "CANCELED")
        assert await _told(stub) == []
        overtaken = served.log.effects("overtaken")
        assert [(effect.subject, effect.detail["cancel_operation_key"]) for effect in overtaken] == [("fo-1", "c")]


def test_half_of_the_fulfillment_orders_accept_a_cancel_and_always_the_same_half() -> None:
    manner = CancelManner(CancelAnswer.HALF)
    lines = [Line(1, "SKU-1", 1)]
    codes = [cancel_refusal(manner, f"fo-{number}", Stage.WAITING, lines, lines) for number in range(1000)]

    assert 400 < codes.count("") < 600
    assert codes == [cancel_refusal(manner, f"fo-{number}", Stage.WAITING, lines, lines) for number in range(1000)]


@pytest.mark.parametrize(
    ("text", "manner"),
    [
        ("accept", CancelManner()),
        ("reject", CancelManner(CancelAnswer.REJECT)),
        ("later:40", CancelManner(CancelAnswer.ACCEPT, 40)),
        ("later:0:half", CancelManner(CancelAnswer.HALF, 0)),
    ],
)
def test_manners_of_canceling_are_read(text: str, manner: CancelManner) -> None:
    assert cancel_manner(text) == manner


@pytest.mark.parametrize("text", ["", "maybe", "later", "later:soon", "later:1:maybe"])
def test_a_manner_nobody_knows_is_refused(text: str) -> None:
    with pytest.raises(BadCall, match="cancel"):
        cancel_manner(text)
