"""Orders that are collected at a store which lacks their units: a transfer brings them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from hub.api.orders.changes import CANCEL_LINES
from hub.api.orders.promising import FREEZE_PROMISE
from hub.api.stock.transfer_changes import CANCEL_TRANSFERS, RECEIVE_TRANSFERS, SHIP_TRANSFERS
from hub.cases.case import Case
from hub.cases.intake.quotes import PromiseRequest
from hub.flows.orders.quote_promises import Freeze, quote_promises
from hub.flows.stock.move_transfers import TransferCancellation
from hub.inventory.errors import InsufficientStock
from hub.kernel.errors import Refusal
from hub.orders.model import CancelRequest, DeliveryMethod, PromiseChoice
from hub.promising.model import PromiseQuote
from hub.slices.lifecycle import SliceState
from hub.transfers.lifecycle import TransferState
from hub.transfers.model import TransferReceipt, TransferShipment
from tests.support.drafts import draft, line
from tests.support.world import World

DAY = timedelta(days=1)


async def to_store(world: World, **store: Any) -> None:
    """ST-BER takes units from other nodes by the standard service, and needs a day to take them in."""
    given = {"transfer_service_code": "STANDARD", "inbound_processing_days": 1} | store
    await world.network(nodes={"ST-BER": given})


async def place(world: World, reference: str, units: int = 1, **changes: Any) -> Case:
    """An order of coats at 100.00 that is collected at ST-BER."""
    given: dict[str, Any] = {"delivery_method": DeliveryMethod.PICKUP, "pickup_node_id": "ST-BER"} | changes
    placed = await world.place(draft(reference, [line("COAT", units, "100.00")], **given))
    await world.settle()
    return await world.case(placed.order_id)


async def ways(world: World, units: int) -> PromiseQuote:
    """How coats could be collected at ST-BER."""
    request = PromiseRequest("WEB-NL", "DE", (("COAT", units),), pickup_node_ids=("ST-BER",))
    (answer,) = await world.run(quote_promises, [request])
    assert not isinstance(answer, Refusal)
    (quote,) = answer
    return quote


async def transfers(world: World) -> list[tuple[str, str, int]]:
    """State, origin and units of the transfers, the first first."""
    rows = await world.rows(
        "SELECT state, from_node_id, sum(quantity)::int AS units FROM transfer JOIN transfer_line USING (transfer_id)"
        " GROUP BY transfer_id ORDER BY transfer_id"
    )
    return [(row["state"], row["from_node_id"], row["units"]) for row in rows]


async def last_id(world: World, state: TransferState) -> UUID:
    (row,) = await world.rows("SELECT transfer_id FROM transfer WHERE state = %(state)s", state=state.value)
    found: UUID = row["transfer_id"]
    return found


async def ship(world: World) -> UUID:
    transfer_id = await last_id(world, TransferState.REQUESTED)
    await world.ask(SHIP_TRANSFERS, TransferShipment(transfer_id, await world.now()))
    await world.settle()
    return transfer_id


async def receive(world: World, transfer_id: UUID, sound: int, damaged: int = 0, *, final: bool = False) -> None:
    units = (("COAT", sound, damaged),)
    receipt = TransferReceipt(transfer_id, str(world.identity()), await world.now(), units, final=final)
    await world.ask(RECEIVE_TRANSFERS, receipt)
    await world.settle()


def states(case: Case) -> dict[SliceState, int]:
    found: dict[SliceState, int] = {}
    for one in case.slices:
        found[one.state] = found.get(one.state, 0) + one.quantity
    return found


async def test_scenario_20_two_of_three_arrive_sound_and_the_third_is_brought_anew(world: World) -> None:
    await to_store(world)
    await world.stock("COAT", "DC-NL", 4)

    order = await place(world, "W-20", 3)

    assert await transfers(world) == [("REQUESTED", "DC-NL", 3)]
    assert await world.on_shelf("COAT", "DC-NL") == (4, 0, 3)
    assert states(order) == {SliceState.BACKORDERED: 3}
    assert await world.exceptions() == []
    # It leaves DC-NL on Tuesday at 16:00, is at ST-BER by the end of Thursday, and is taken in by the end of Friday.
    (promised,) = set(order.order.promises.values())
    assert promised.date().isoformat() == "2026-11-23"

    first = await ship(world)
    assert await world.on_shelf("COAT", "DC-NL") == (1, 0, 0)
    await world.advance(2 * DAY)
    await receive(world, first, 2, 1)

    assert await world.exceptions() == ["TRANSFER_VARIANCE"]
    assert await transfers(world) == [("RECEIVED", "DC-NL", 3), ("REQUESTED", "DC-NL", 1)]
    await world.advance(timedelta(hours=2))
    both = await world.case(order.order_id)
    assert states(both) == {SliceState.READY_FOR_PICKUP: 2, SliceState.BACKORDERED: 1}
    assert world.notices("READY_FOR_PICKUP") == ["READY_FOR_PICKUP"]
    (moved,) = set(both.order.promises.values())
    assert moved > promised

    second = await ship(world)
    await world.advance(2 * DAY)
    await receive(world, second, 1)
    await world.advance(timedelta(hours=2))
    assert states(await world.case(order.order_id)) == {SliceState.READY_FOR_PICKUP: 3}
    assert await world.on_shelf("COAT", "DC-NL") == (0, 0, 0)
    assert await world.on_shelf("COAT", "ST-BER") == (3, 0, 3)


async def test_nobody_who_comes_later_has_the_units_under_way(world: World) -> None:
    await to_store(world)
    await world.stock("COAT", "DC-NL", 1)
    first = await place(world, "W-1")

    with pytest.raises(InsufficientStock):
        await place(world, "W-2")
    with pytest.raises(InsufficientStock):
        await place(world, "W-3", delivery_method=DeliveryMethod.SHIP, pickup_node_id="")
    transfer_id = await ship(world)
    with pytest.raises(InsufficientStock):
        await place(world, "W-4")
    await receive(world, transfer_id, 1)

    assert (await world.case(first.order_id)).slices[0].node_id == "ST-BER"
    with pytest.raises(InsufficientStock):
        await place(world, "W-5")


async def test_before_the_transfer_is_requested_its_units_are_spoken_for_already(world: World) -> None:
    await to_store(world)
    await world.stock("COAT", "DC-NL", 1)
    given: dict[str, Any] = {"delivery_method": DeliveryMethod.PICKUP, "pickup_node_id": "ST-BER"}
    await world.place(draft("W-1", [line("COAT", 1, "100.00")], **given))
    assert await transfers(world) == []

    with pytest.raises(InsufficientStock):
        await world.place(draft("W-2", [line("COAT", 1, "100.00")]))
    await world.settle()
    assert await transfers(world) == [("REQUESTED", "DC-NL", 1)]


async def test_an_order_canceled_while_its_unit_is_in_transit_leaves_it_free_at_the_store(world: World) -> None:
    await to_store(world)
    await world.stock("COAT", "DC-NL", 1)
    order = await place(world, "W-1")
    transfer_id = await ship(world)

    await world.ask(CANCEL_LINES, CancelRequest(order.order_id, "not any more"))
    await world.settle()
    await receive(world, transfer_id, 1)

    assert states(await world.case(order.order_id)) == {SliceState.CANCELED: 1}
    assert await world.on_shelf("COAT", "ST-BER") == (1, 0, 0)
    assert (await place(world, "W-2")).slices[0].node_id == "ST-BER"


async def test_an_order_canceled_before_its_unit_leaves_gives_it_back_at_the_origin(world: World) -> None:
    await to_store(world)
    await world.stock("COAT", "DC-NL", 3)
    order = await place(world, "W-1")
    other = await place(world, "W-2", 2)

    await world.ask(CANCEL_LINES, CancelRequest(order.order_id, "not any more"))
    await world.settle()

    assert await transfers(world) == [("CANCELED", "DC-NL", 1), ("REQUESTED", "DC-NL", 2)]
    assert await world.on_shelf("COAT", "DC-NL") == (3, 0, 2)
    assert states(await world.case(other.order_id)) == {SliceState.BACKORDERED: 2}
    assert await world.exceptions() == []


async def test_what_is_missing_and_nowhere_else_waits_with_an_exception(world: World) -> None:
    await to_store(world)
    await world.stock("COAT", "DC-NL", 1)
    order = await place(world, "W-1")
    transfer_id = await ship(world)

    await receive(world, transfer_id, 0, 0, final=True)

    assert states(await world.case(order.order_id)) == {SliceState.BACKORDERED: 1}
    assert await world.exceptions() == ["STOCK_SHORT", "TRANSFER_VARIANCE"]


async def test_a_quote_says_when_units_can_be_collected_that_come_from_elsewhere(world: World) -> None:
    await to_store(world)
    await world.stock("COAT", "DC-NL", 3)
    await world.stock("COAT", "ST-BER", 1)

    quote = await ways(world, 3)

    collected = [one for one in quote.options if one.pickup_node_id]
    assert [(one.mode.value, one.parts[-1].dates.deliver_by.date().isoformat()) for one in collected] == [
        ("IN_PARTS", "2026-11-23"),
        ("TOGETHER", "2026-11-23"),
    ]


async def test_a_short_receipt_moves_the_promise_of_a_quote_and_the_customer_is_told(world: World) -> None:
    await to_store(world)
    await world.stock("COAT", "DC-NL", 3)
    request = PromiseRequest("WEB-NL", "DE", (("COAT", 2),), pickup_node_ids=("ST-BER",))
    frozen = await world.ask(FREEZE_PROMISE, Freeze(request, hold_stock=False))
    (option,) = [one for one in frozen.quote.options if one.pickup_node_id]

    order = await place(world, "W-1", 2, promise=PromiseChoice(frozen.quote_id, option.number))

    assert order.order.promises == {1: option.deliver_by}
    first = await ship(world)
    await world.advance(2 * DAY)
    assert (await world.case(order.order_id)).order.promises == {1: option.deliver_by}
    assert world.notices("ORDER_DELAYED") == []
    await receive(world, first, 1, final=True)

    await world.advance(timedelta(minutes=5))
    later = await world.case(order.order_id)
    assert later.order.promises[1] > option.deliver_by
    assert world.notices("ORDER_DELAYED") == ["ORDER_DELAYED"]
    assert (await transfers(world))[-1] == ("REQUESTED", "DC-NL", 1)


async def test_an_origin_that_did_not_send_is_not_asked_again(world: World) -> None:
    await to_store(world)
    await world.stock("COAT", "DC-NL", 1)
    await world.stock("COAT", "DC-UK", 1)
    order = await place(world, "W-1")
    assert await transfers(world) == [("REQUESTED", "DC-NL", 1)]

    transfer_id = await last_id(world, TransferState.REQUESTED)
    await world.ask(CANCEL_TRANSFERS, TransferCancellation(transfer_id))
    await world.settle()

    assert await transfers(world) == [("CANCELED", "DC-NL", 1), ("REQUESTED", "DC-UK", 1)]
    assert states(await world.case(order.order_id)) == {SliceState.BACKORDERED: 1}


async def test_a_store_that_names_no_service_takes_nothing_from_others(world: World) -> None:
    await to_store(world, transfer_service_code="")
    await world.stock("COAT", "DC-NL", 3)

    with pytest.raises(InsufficientStock):
        await place(world, "W-1")
    assert [one for one in (await ways(world, 1)).options if one.pickup_node_id] == []
    assert await transfers(world) == []
