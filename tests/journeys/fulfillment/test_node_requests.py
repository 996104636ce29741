"""Nodes that are asked to cancel: whatever they do then, and whenever they answer, the cancel comes to an end."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest

from hub.api.fulfillment.changes import RECORD_SHIPMENTS, RECORD_SHORTS, REJECT
from hub.api.orders.changes import CANCEL_LINES, RESOLVE_HOLD
from hub.cases.case import Case
from hub.flows.fulfillment.take_node_answers import take_node_answers
from hub.flows.orders.cancel_lines import Canceled
from hub.flows.orders.hold_orders import HoldOrder, hold_orders
from hub.flows.orders.resolve_holds import HoldDecision
from hub.flows.orders.source_again import SourceAgain, source_again
from hub.fulfillment.lifecycle import RequestState
from hub.fulfillment.model import (
    FulfillmentLine,
    NodeAnswer,
    NodeRequest,
    Rejection,
    ShipmentReport,
    ShortReason,
    ShortReport,
)
from hub.holds.model import HoldStatus, HoldType
from hub.kernel.errors import Refusal
from hub.orders.errors import QuantityNotCancelable
from hub.orders.lifecycle import OrderState
from hub.orders.model import CancelRequest
from tests.support.drafts import draft, line
from tests.support.world import World

SILENT = {"cancel": "later:9999", "acknowledge_after_minutes": 99_000, "pick_after_minutes": 99_000}
MINUTE = timedelta(minutes=1)


@pytest.mark.parametrize("reason", list(ShortReason))
async def test_units_that_are_short_after_a_cancel_was_asked_are_canceled(world: World, reason: ShortReason) -> None:
    placed = await released(world)
    await world.stock("CUP", "ST-BER", 9)
    await cancel(world, placed)

    await short(world, placed, 5, reason)

    await ends_canceled(world, placed)


async def test_a_fulfillment_order_rejected_after_a_cancel_was_asked_is_canceled(world: World) -> None:
    placed = await released(world)
    await world.stock("CUP", "ST-BER", 9)
    await cancel(world, placed)

    await world.ask(REJECT, Rejection(work_of(placed), "closed", await world.now()))

    await ends_canceled(world, placed)


async def test_of_units_that_are_short_those_are_canceled_that_were_asked_for_and_the_others_ship(world: World) -> None:
    placed = await released(world)
    await world.stock("CUP", "ST-BER", 9)
    await cancel(world, placed, 2)

    await short(world, placed, 3)

    assert await units(world, placed) == {("CANCELED", None): 2, ("RELEASED", "DC-NL"): 2, ("RELEASED", "ST-BER"): 1}
    await answer(world, placed, accepted=True)
    assert sum((await units(world, placed)).values()) == 5
    assert work_of(placed) not in {one.fulfillment_order_id for one in (await world.case(placed.order_id)).slices}
    assert (await units(world, placed))["CANCELED", None] == 2


async def test_a_node_that_says_yes_after_the_deadline_has_the_units_canceled(world: World) -> None:
    placed = await released(world)
    await cancel(world, placed)
    await world.advance(61 * MINUTE)
    assert await world.exceptions() == ["CANCEL_REFUSED"]

    await answer(world, placed, accepted=True)

    await ends_canceled(world, placed)


async def test_a_node_that_says_no_after_the_deadline_changes_nothing_more(world: World) -> None:
    placed = await released(world)
    await cancel(world, placed)
    await world.advance(61 * MINUTE)

    await answer(world, placed, accepted=False)

    assert (await request(world, placed)).state is RequestState.REFUSED
    assert world.notices("RETURN_OFFERED") == ["RETURN_OFFERED"]
    assert await world.exceptions() == ["CANCEL_REFUSED"]


@pytest.mark.parametrize("late", [False, True], ids=["in time", "late"])
async def test_a_node_that_says_yes_to_units_that_have_left_contradicts_itself(world: World, late: bool) -> None:  # noqa: FBT001
    placed = await released(world)
    await cancel(world, placed)
    await world.ask(
        RECORD_SHIPMENTS,
        ShipmentReport(work_of(placed), "P-1", await world.now(), "T-1", lines=(FulfillmentLine(1, 2),)),
    )
    await world.advance((61 if late else 1) * MINUTE)

    await answer(world, placed, accepted=True)

    assert "CANCEL_CONTRADICTED" in await world.exceptions()
    assert world.money("payment.capture") == ["40.00"]
    states = {state: count for (state, _), count in (await units(world, placed)).items()}
    assert states["CANCELED"] == 3


async def test_units_beside_those_asked_for_are_asked_for_too_and_each_request_is_answered_by_itself(
    world: World,
) -> None:
    placed = await released(world)
    await cancel(world, placed, 2)

    second = await cancel(world, placed, 1)
    assert second.requested == 1
    with pytest.raises(QuantityNotCancelable) as refused:
        await cancel(world, placed, 3)
    assert (refused.value.metadata["cancelable"], refused.value.metadata["asked"]) == ("2", "3")

    await answer(world, placed, 1, accepted=True)
    await answer(world, placed, 0, accepted=False)

    assert await units(world, placed) == {("CANCELED", None): 1, ("RELEASED", "DC-NL"): 4}
    assert [one.state for one in (await world.case(placed.order_id)).fulfillment_orders[0].requests] == [
        RequestState.REFUSED,
        RequestState.ACCEPTED,
    ]


async def test_all_that_is_left_is_refused_with_the_reason_where_it_was_asked_for_already(world: World) -> None:
    placed = await released(world)
    await cancel(world, placed)

    with pytest.raises(QuantityNotCancelable, match="asked to cancel 5 already"):
        await cancel(world, placed)


async def test_units_asked_back_to_ship_from_elsewhere_are_canceled_where_the_customer_cancels(world: World) -> None:
    placed = await released(world)
    await world.stock("CUP", "ST-BER", 9)
    await world.run(source_again, [SourceAgain(placed.order_id)])
    await world.settle()

    assert (await cancel(world, placed)).requested == 5
    await answer(world, placed, 0, accepted=True)

    await ends_canceled(world, placed)


async def test_an_answer_to_what_was_never_asked_is_refused(world: World) -> None:
    placed = await released(world)

    (refused,) = await world.run(take_node_answers, [NodeAnswer(work_of(placed), UUID(int=7), True, await world.now())])

    assert isinstance(refused, Refusal)
    assert refused.reason == "NODE_REQUEST_NOT_FOUND"


async def test_a_hold_that_is_rejected_after_the_release_has_the_node_asked_to_cancel(world: World) -> None:
    placed = await released(world)
    await world.run(hold_orders, [HoldOrder(placed.order_id, HoldType.FRAUD, "stolen card")])
    (held,) = (await world.case(placed.order_id)).holds

    await world.ask(RESOLVE_HOLD, HoldDecision(placed.order_id, held.hold_id, HoldStatus.REJECTED))
    await answer(world, placed, accepted=True)

    await ends_canceled(world, placed)


async def released(world: World) -> Case:
    """Five cups that DC-NL works and says nothing about."""
    far = {"pack_after_minutes": 99_000, "ship_after_minutes": 99_000}
    await world.network(profiles={"wms": SILENT | far, "stores": SILENT | far})
    await world.stock("CUP", "DC-NL", 5)
    placed = await world.place(draft("W-1", [line("CUP", 5, "20.00")]))
    await world.settle()
    return await world.case(placed.order_id)


def work_of(case: Case) -> UUID:
    return case.fulfillment_orders[0].fulfillment_order_id


async def cancel(world: World, case: Case, quantity: int = 0) -> Canceled:
    lines = ((1, quantity),) if quantity else ()
    answered = await world.ask(CANCEL_LINES, CancelRequest(case.order_id, "changed mind", lines))
    await world.settle()
    return answered


async def short(world: World, case: Case, quantity: int, reason: ShortReason = ShortReason.DAMAGED) -> None:
    lines = (FulfillmentLine(1, quantity),)
    await world.ask(RECORD_SHORTS, ShortReport(work_of(case), "S-1", await world.now(), lines, reason))
    await world.settle()


async def request(world: World, case: Case, number: int = 0) -> NodeRequest:
    fulfillment_order = (await world.case(case.order_id)).fulfillment_order(work_of(case))
    return fulfillment_order.requests[number]


async def answer(world: World, case: Case, number: int = 0, *, accepted: bool) -> None:
    asked = await request(world, case, number)
    said = NodeAnswer(work_of(case), asked.request_id, accepted, await world.now())
    for _ in range(2):
        await world.run(take_node_answers, [said])
    await world.settle()


async def units(world: World, case: Case) -> dict[tuple[str, str | None], int]:
    counted: dict[tuple[str, str | None], int] = {}
    for one in (await world.case(case.order_id)).slices:
        key = (one.state.value, one.node_id)
        counted[key] = counted.get(key, 0) + one.quantity
    return counted


async def ends_canceled(world: World, case: Case) -> None:
    await world.advance(timedelta(hours=2))
    ended = await world.case(case.order_id)
    assert ended.order.state is OrderState.CANCELED
    assert {one.state for one in ended.fulfillment_orders[0].requests} == {RequestState.ACCEPTED}
    assert world.money("payment.capture") == []
    assert world.effects("double_warehouse", "shipped") == []
    assert await world.exceptions() == []
