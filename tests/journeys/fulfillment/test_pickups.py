"""Orders that are collected at a store: made ready, handed over to who names the code, or put back uncollected."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from hub.api.fulfillment.changes import RECORD_COLLECTIONS, RECORD_SHIPMENTS, RENEW_PICKUPS
from hub.cases.case import Case
from hub.cases.intake.quotes import PromiseRequest
from hub.flows.orders.quote_promises import quote_promises
from hub.fulfillment.errors import FulfillmentActionNotAllowed, NothingToHandOver, PickupCodeWrong, PickupLocked
from hub.fulfillment.lifecycle import RequestKind, RequestState
from hub.fulfillment.model import CollectionReport, ShipmentReport
from hub.kernel.errors import Refusal
from hub.orders.errors import PickupUnavailable
from hub.orders.lifecycle import OrderState
from hub.orders.model import DeliveryMethod
from hub.slices.lifecycle import SliceState
from tests.support.drafts import contact, draft, line
from tests.support.world import World

IN_TWO_HOURS = timedelta(hours=2)


def to_collect(reference: str, units: int = 1, node_id: str = "ST-LON", **changes: Any) -> Any:
    """An order of coats at 100.00 that is collected at a store."""
    given: dict[str, Any] = {"delivery_method": DeliveryMethod.PICKUP, "pickup_node_id": node_id} | changes
    return draft(reference, [line("COAT", units, "100.00")], **given)


async def ready(world: World, reference: str, **changes: Any) -> Case:
    """An order that lies ready at its store."""
    placed = await world.place(to_collect(reference, **changes))
    await world.advance(IN_TWO_HOURS)
    return await world.case(placed.order_id)


def sent_codes(world: World) -> list[str]:
    """The codes that customers were sent, in order."""
    notices = world.effects("double_notice", "notice.send")
    return [str(one.detail["code"]) for one in notices if "code" in one.detail]


async def collect(world: World, case: Case, code: str) -> Case:
    """Has what lies ready handed over; raises the refusal."""
    (work,) = case.fulfillment_orders
    result = await world.ask(RECORD_COLLECTIONS, CollectionReport(work.fulfillment_order_id, code, await world.now()))
    assert not isinstance(result, UUID)
    await world.settle()
    return await world.case(case.order_id)


async def test_scenario_19_one_is_collected_by_a_proxy_and_one_by_nobody(world: World) -> None:
    await world.stock("COAT", "ST-LON", 2)
    proxy = contact("Bob Visser")
    first = await ready(world, "W-19", ship_to=proxy)
    second = await ready(world, "W-20")

    assert [one.state for one in first.slices] == [SliceState.READY_FOR_PICKUP]
    (released,) = world.effects("double_warehouse", "ready", str(first.fulfillment_orders[0].fulfillment_order_id))
    assert released.business_time - first.order.placed_at <= IN_TWO_HOURS
    assert await world.exceptions() == []
    assert world.money("payment.capture") == []
    code, unused = sent_codes(world)
    assert code != unused

    collected = await collect(world, first, code)

    assert collected.order.state is OrderState.CLOSED
    assert collected.slices[0].state is SliceState.COLLECTED
    assert collected.order.ship_to_party_id != collected.order.customer_party_id
    assert world.money("payment.capture") == ["100.00"]
    assert await world.on_shelf("COAT", "ST-LON") == (1, 0, 1)

    await world.advance(timedelta(days=5) - timedelta(minutes=1))
    lost = await world.case(second.order_id)

    assert lost.order.state is OrderState.CANCELED
    assert world.money("payment.capture") == ["100.00"]
    assert world.money("payment.reverse") == ["100.00"]
    assert await world.on_shelf("COAT", "ST-LON") == (1, 0, 0)
    (asked,) = lost.fulfillment_orders[0].requests
    assert (asked.kind, asked.state) == (RequestKind.PUT_BACK, RequestState.ACCEPTED)
    assert world.notices("NOT_COLLECTED") == ["NOT_COLLECTED"]
    again = await world.place(to_collect("W-21"))
    assert again.slices[0].node_id == "ST-LON"
    with pytest.raises(NothingToHandOver, match="order it anew"):
        await collect(world, lost, unused)


async def test_a_unit_is_free_again_within_a_minute_of_the_deadline(world: World) -> None:
    await world.stock("COAT", "ST-LON", 1)
    held = await ready(world, "W-22")
    pickup = held.fulfillment_orders[0].pickup
    assert pickup is not None

    await world.advance(pickup.hold_until - await world.now() - timedelta(seconds=1))
    assert await world.on_shelf("COAT", "ST-LON") == (1, 0, 1)
    await world.advance(timedelta(minutes=1))

    assert await world.on_shelf("COAT", "ST-LON") == (1, 0, 0)


async def test_a_store_that_is_late_is_named_after_two_hours(world: World) -> None:
    await world.network(profiles={"stores": {"pack_after_minutes": 200, "ship_after_minutes": 201}})
    await world.stock("COAT", "ST-LON", 1)
    late = await ready(world, "W-23")
    assert await world.exceptions() == ["WORK_OVERDUE"]

    await world.advance(IN_TWO_HOURS)

    assert (await world.case(late.order_id)).slices[0].state is SliceState.READY_FOR_PICKUP
    assert await world.exceptions() == []


async def test_wrong_codes_are_counted_and_lock_until_another_one_is_sent(world: World) -> None:
    await world.stock("COAT", "ST-LON", 1)
    held = await ready(world, "W-24")
    (code,) = sent_codes(world)
    wrong = f"{(int(code) + 1) % 10**8:08}"
    for left in (4, 3, 2, 1, 0):
        with pytest.raises(PickupCodeWrong) as refused:
            await collect(world, held, wrong)
        assert refused.value.metadata["left"] == str(left)
    with pytest.raises(PickupLocked):
        await collect(world, held, code)
    assert await world.exceptions() == ["PICKUP_LOCKED"]

    await world.ask(RENEW_PICKUPS, held.fulfillment_orders[0].fulfillment_order_id)
    await world.settle()

    assert await world.exceptions() == []
    _, renewed = sent_codes(world)
    with pytest.raises(PickupCodeWrong):
        await collect(world, held, code)
    assert (await collect(world, held, renewed)).order.state is OrderState.CLOSED


async def test_what_was_collected_is_not_handed_over_twice(world: World) -> None:
    await world.stock("COAT", "ST-LON", 1)
    held = await ready(world, "W-25")
    (code,) = sent_codes(world)
    once = await collect(world, held, code)
    repeated = await collect(world, held, code)
    assert repeated.order.version == once.order.version

    await world.advance(timedelta(minutes=1))
    with pytest.raises(NothingToHandOver, match="can be returned"):
        await collect(world, held, code)

    assert world.money("payment.capture") == ["100.00"]


async def test_the_code_is_kept_nowhere(world: World) -> None:
    await world.stock("COAT", "ST-LON", 1)
    await ready(world, "W-26")
    (code,) = sent_codes(world)

    tables = await world.rows("SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'")
    for table in [row["table_name"] for row in tables]:
        found = await world.rows(f"SELECT * FROM {table} AS kept WHERE kept::text LIKE %(code)s", code=f"%{code}%")
        assert found == [], table


async def test_a_collection_needs_no_lane_and_no_address(world: World) -> None:
    await world.stock("COAT", "ST-AMS", 2)
    abroad = await world.place(to_collect("W-27", node_id="ST-AMS", customer=contact(country="AU")))
    nowhere = contact()
    without = await world.place(
        to_collect("W-28", node_id="ST-AMS", customer=type(nowhere)(nowhere.name, email=nowhere.email))
    )

    assert {one.slices[0].node_id for one in (abroad, without)} == {"ST-AMS"}
    assert abroad.order.ship_to_country == "NL"


async def test_stores_are_quoted_with_the_time_at_which_units_are_ready(world: World) -> None:
    await world.stock("COAT", "ST-AMS", 2)
    at_noon = PromiseRequest("WEB-NL", "AU", (("COAT", 2),), pickup_node_ids=("ST-AMS", "ST-LON"))

    (quoted,) = await world.run(quote_promises, [at_noon])

    assert not isinstance(quoted, Refusal)
    (option,) = quoted[0].options
    assert (option.pickup_node_id, option.service_code) == ("ST-AMS", "PICKUP")
    assert option.deliver_by == await world.now() + IN_TWO_HOURS
    placed = await world.place(to_collect("W-32", 2, node_id="ST-AMS"))
    assert placed.order.promises[1] == option.deliver_by


async def test_after_the_cut_off_units_are_ready_by_that_of_the_next_working_day(world: World) -> None:
    await world.stock("COAT", "ST-AMS", 1)
    await world.advance(timedelta(hours=6))

    placed = await world.place(to_collect("W-33", node_id="ST-AMS"))

    assert f"{placed.order.promises[1]:%A %H:%M}" == "Wednesday 15:00"


@pytest.mark.parametrize("node_id", ["DC-NL", "NOWHERE"])
async def test_what_is_no_store_holds_nothing_for_collection(world: World, node_id: str) -> None:
    await world.stock("COAT", "DC-NL", 1)
    with pytest.raises(PickupUnavailable):
        await world.place(to_collect("W-29", node_id=node_id))


async def test_an_order_to_be_collected_is_never_given_to_a_carrier(world: World) -> None:
    await world.stock("COAT", "ST-LON", 1)
    held = await ready(world, "W-30")
    (work,) = held.fulfillment_orders

    with pytest.raises(FulfillmentActionNotAllowed, match="to be collected"):
        await world.ask(RECORD_SHIPMENTS, ShipmentReport(work.fulfillment_order_id, "P-1", await world.now()))

    assert world.effects("double_transport") == []
    assert await world.exceptions() == ["PARCEL_TO_INTERCEPT"]


async def test_a_store_that_rejects_is_not_asked_again_and_no_other_one_is(world: World) -> None:
    await world.network(profiles={"stores": {"reject_nodes": ["ST-LON"]}})
    await world.stock("COAT", "ST-LON", 1)
    await world.stock("COAT", "ST-AMS", 1)
    held = await ready(world, "W-31")

    assert [one.state for one in held.slices] == [SliceState.BACKORDERED]
    assert await world.exceptions() == ["STOCK_SHORT"]
