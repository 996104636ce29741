"""Goods that move between nodes: claimed, shipped, in transit, received in parts, accounted for to the last unit."""

from __future__ import annotations

from datetime import timedelta
from itertools import permutations
from typing import Any

import pytest

from hub.api.stock.supply_changes import CANCEL_SUPPLY, PUT_PROTECTIONS, RECEIVE_SUPPLY
from hub.api.stock.transfer_changes import CANCEL_TRANSFERS, RECEIVE_TRANSFERS, REQUEST_TRANSFERS, SHIP_TRANSFERS
from hub.flows.stock.import_snapshot import import_snapshot
from hub.flows.stock.move_transfers import TransferCancellation
from hub.inventory.errors import InsufficientStock
from hub.inventory.model import Snapshot
from hub.inventory.model.supply import Cancellation, Protection, ProtectionChange, Receipt, SupplyKey
from hub.kernel.errors import InstantImplausible, ReferenceReused
from hub.network.errors import UnknownNode
from hub.network.model import ShortagePolicy
from hub.slices.lifecycle import SliceState
from hub.transfers.errors import SupplyOfTransfer, TransferActionNotAllowed, TransferUnitsExceeded
from hub.transfers.lifecycle import TransferState
from hub.transfers.model import Transfer, TransferDraft, TransferReceipt, TransferShipment
from tests.support.drafts import draft, line
from tests.support.world import TUESDAY, World

DAY = timedelta(days=1)


async def requested(world: World, units: int = 3, reference: str = "T-1", **changes: Any) -> Transfer:
    """A transfer of cups from DC-NL to ST-BER."""
    given: dict[str, Any] = {"from_node_id": "DC-NL", "to_node_id": "ST-BER", "units": (("CUP", units),)} | changes
    return await world.ask(REQUEST_TRANSFERS, TransferDraft(reference, **given))


async def ship(world: World, transfer: Transfer, units: int | None = None, **changes: Any) -> Transfer:
    named = (("CUP", units),) if units else ()
    return await world.ask(
        SHIP_TRANSFERS, TransferShipment(transfer.transfer_id, await world.now(), units=named, **changes)
    )


async def receive(
    world: World, transfer: Transfer, sound: int, damaged: int = 0, reference: str = "R-1", *, final: bool = False
) -> Transfer:
    units = (("CUP", sound, damaged),) if sound or damaged else ()
    receipt = TransferReceipt(transfer.transfer_id, reference, await world.now(), units, final=final)
    return await world.ask(RECEIVE_TRANSFERS, receipt)


async def places(world: World) -> tuple[int, int, int, int]:
    """Cups at the origin, in transit, at the destination, and damaged there."""
    coming = await world.rows(
        "SELECT coalesce(sum(shipped + excess - received - damaged - missing), 0)::int AS units FROM transfer_line"
    )
    broken = await world.rows("SELECT coalesce(sum(on_hand), 0)::int AS units FROM conditioned_stock")
    return (
        (await world.on_shelf("CUP", "DC-NL"))[0],
        coming[0]["units"],
        (await world.on_shelf("CUP", "ST-BER"))[0],
        broken[0]["units"],
    )


async def supply(world: World) -> list[tuple[str, int, Any]]:
    """Kind, units and date of what is to come to ST-BER."""
    rows = await world.rows(
        "SELECT kind, (quantity - received)::int AS units, expected_at FROM supply"
        " WHERE state = 'EXPECTED' AND node_id = 'ST-BER'"
    )
    return [(row["kind"], row["units"], row["expected_at"]) for row in rows]


async def test_units_are_claimed_leave_travel_and_arrive_in_parts(world: World) -> None:
    await world.stock("CUP", "DC-NL", 5)

    transfer = await requested(world)
    assert transfer.state is TransferState.REQUESTED
    assert await world.on_shelf("CUP", "DC-NL") == (5, 0, 3)
    assert await supply(world) == [("ON_ORDER", 3, TUESDAY + 9 * DAY)]
    with pytest.raises(InsufficientStock):
        await requested(world, 3, "T-2")

    left = await ship(world, transfer, tracking_number="TRK-1")
    assert (left.state, left.expected_at) == (TransferState.IN_TRANSIT, TUESDAY + 7 * DAY)
    assert await world.on_shelf("CUP", "DC-NL") == (2, 0, 0)
    assert await places(world) == (2, 3, 0, 0)
    assert await supply(world) == [("IN_TRANSIT", 3, TUESDAY + 7 * DAY)]

    part = await receive(world, transfer, 2)
    assert part.state is TransferState.IN_TRANSIT
    assert await places(world) == (2, 1, 2, 0)
    assert await supply(world) == [("IN_TRANSIT", 1, TUESDAY + 7 * DAY)]

    whole = await receive(world, transfer, 1, reference="R-2")
    assert whole.state is TransferState.RECEIVED
    assert await places(world) == (2, 0, 3, 0)
    assert await world.exceptions() == []
    told = await world.rows("SELECT type, node_id FROM event WHERE type LIKE 'Transfer%%' ORDER BY event_id")
    assert sorted((row["type"], row["node_id"]) for row in told) == [
        ("TransferReceived", "ST-BER"),
        ("TransferReceived", "ST-BER"),
        ("TransferRequested", "DC-NL"),
        ("TransferShipped", "ST-BER"),
    ]


async def test_the_lane_of_a_service_says_when_it_leaves_and_arrives(world: World) -> None:
    await world.stock("CUP", "DC-NL", 3)

    transfer = await requested(world, service_code="STANDARD")
    left = await ship(world, transfer)

    assert transfer.ship_by.isoformat() == "2026-11-17T15:00:00+00:00"
    assert left.expected_at is not None
    assert left.expected_at.date().isoformat() == "2026-11-19"


async def test_what_is_damaged_or_missing_is_stated_and_named_until_it_is_found(world: World) -> None:
    await world.stock("CUP", "DC-NL", 3)
    transfer = await requested(world)
    await ship(world, transfer)

    short = await receive(world, transfer, 1, 1, final=True)

    (known,) = short.lines
    assert (short.state, known.received, known.damaged, known.missing) == (TransferState.RECEIVED, 1, 1, 1)
    assert await places(world) == (0, 0, 1, 1)
    assert await world.exceptions() == ["TRANSFER_VARIANCE"]
    (record,) = await world.rows("SELECT owner, detail FROM exception_record")
    assert record["owner"] == "inventory"
    assert "CUP: 1 missing, 1 damaged, 0 too many" in record["detail"]

    found = await receive(world, transfer, 1, reference="R-2")
    assert (found.lines[0].missing, found.lines[0].received) == (0, 2)
    assert await places(world) == (0, 0, 2, 1)


async def test_what_did_not_leave_is_free_at_the_origin_again(world: World) -> None:
    await world.stock("CUP", "DC-NL", 3)
    transfer = await requested(world)

    left = await ship(world, transfer, 2)

    assert left.lines[0].in_transit == 2
    assert await world.on_shelf("CUP", "DC-NL") == (1, 0, 0)
    assert (await receive(world, transfer, 2)).state is TransferState.RECEIVED


async def test_more_than_left_is_taken_in_and_named(world: World) -> None:
    await world.stock("CUP", "DC-NL", 3)
    transfer = await requested(world)
    await ship(world, transfer)

    more = await receive(world, transfer, 4)

    assert (more.state, more.lines[0].excess) == (TransferState.RECEIVED, 1)
    assert await places(world) == (0, 0, 4, 0)
    assert await world.exceptions() == ["TRANSFER_VARIANCE"]


@pytest.mark.parametrize("order", list(permutations(("ship", "two", "last"))), ids="-".join)
async def test_reports_in_any_order_and_twice_end_alike(world: World, order: tuple[str, ...]) -> None:
    await world.stock("CUP", "DC-NL", 3)
    last = transfer = await requested(world)

    for step in order:
        for _ in range(2):
            if step == "ship":
                last = await ship(world, transfer)
            elif step == "two":
                last = await receive(world, transfer, 2)
            else:
                last = await receive(world, transfer, 0, 1, reference="R-2")
            here, moving, there, broken = await places(world)
            assert here + moving + there + broken == 3

    assert last.state is TransferState.RECEIVED
    assert await places(world) == (0, 0, 2, 1)
    assert await world.on_shelf("CUP", "DC-NL") == (0, 0, 0)
    rows = await world.rows("SELECT count(*) AS n FROM transfer_receipt")
    assert rows == [{"n": 2}]


@pytest.mark.parametrize(("left", "missing"), [(3, 1), (2, 0)])
async def test_a_last_receipt_before_the_shipment_is_told_waits_for_it(world: World, left: int, missing: int) -> None:
    await world.stock("CUP", "DC-NL", 3)
    transfer = await requested(world)

    early = await receive(world, transfer, 2, final=True)
    assert (early.state, early.lines[0].missing) == (TransferState.IN_TRANSIT, 0)
    assert await world.on_shelf("CUP", "DC-NL") == (1, 0, 1)

    told = await ship(world, transfer, left)
    assert (told.state, told.lines[0].missing) == (TransferState.RECEIVED, missing)
    assert await world.on_shelf("CUP", "DC-NL") == (3 - left, 0, 0)
    assert await world.exceptions() == ["TRANSFER_VARIANCE"] * missing


async def test_a_transfer_is_canceled_before_it_leaves_and_not_after(world: World) -> None:
    await world.stock("CUP", "DC-NL", 3)
    transfer = await requested(world)
    cancel = TransferCancellation(transfer.transfer_id)

    for _ in range(2):
        assert (await world.ask(CANCEL_TRANSFERS, cancel)).state is TransferState.CANCELED
    assert await world.on_shelf("CUP", "DC-NL") == (3, 0, 0)
    assert await supply(world) == []
    with pytest.raises(TransferActionNotAllowed):
        await ship(world, transfer)
    with pytest.raises(TransferActionNotAllowed):
        await receive(world, transfer, 1)

    other = await requested(world, reference="T-2")
    await ship(world, other)
    with pytest.raises(TransferActionNotAllowed):
        await world.ask(CANCEL_TRANSFERS, TransferCancellation(other.transfer_id))
    await world.advance(3 * DAY)
    assert await world.exceptions() == []


async def test_a_late_transfer_is_named_with_the_command_that_mends_it(world: World) -> None:
    await world.stock("CUP", "DC-NL", 3)
    transfer = await requested(world)

    await world.advance(2 * DAY - timedelta(minutes=1))
    assert await world.exceptions() == []
    await world.advance(timedelta(minutes=1))
    assert await world.exceptions() == ["TRANSFER_LATE"]
    (record,) = await world.rows("SELECT suggested_command, deadline_at FROM exception_record")
    assert record["suggested_command"] == f"crossdock transfer ship {transfer.transfer_id}"
    assert record["deadline_at"] == TUESDAY + 3 * DAY

    await ship(world, transfer)
    assert await world.exceptions() == []
    await receive(world, transfer, 1)
    await world.advance(7 * DAY)
    assert await world.exceptions() == ["TRANSFER_LATE"]
    (record,) = await world.rows("SELECT suggested_command FROM exception_record WHERE resolved_at IS NULL")
    assert record["suggested_command"] == f"crossdock transfer receive {transfer.transfer_id} --final"

    await receive(world, transfer, 0, reference="R-2", final=True)
    assert await world.exceptions() == ["TRANSFER_VARIANCE"]


async def test_what_cannot_be_is_refused(world: World) -> None:
    await world.stock("CUP", "DC-NL", 3)
    transfer = await requested(world, 2)

    assert (await requested(world, 2)).transfer_id == transfer.transfer_id
    assert await world.on_shelf("CUP", "DC-NL") == (3, 0, 2)
    with pytest.raises(ReferenceReused):
        await requested(world, 1)
    with pytest.raises(UnknownNode):
        await requested(world, 1, "T-2", to_node_id="NOWHERE")
    with pytest.raises(TransferUnitsExceeded):
        await ship(world, transfer, 3)
    with pytest.raises(TransferUnitsExceeded):
        await world.ask(RECEIVE_TRANSFERS, TransferReceipt(transfer.transfer_id, "R-0", TUESDAY, (("COAT", 1, 0),)))
    with pytest.raises(InstantImplausible):
        await world.ask(SHIP_TRANSFERS, TransferShipment(transfer.transfer_id, TUESDAY + DAY))
    await ship(world, transfer, 2)
    with pytest.raises(TransferActionNotAllowed):
        await ship(world, transfer, 1)
    await receive(world, transfer, 1)
    with pytest.raises(ReferenceReused):
        await receive(world, transfer, 2)


async def test_units_in_transit_are_moved_by_reports_of_the_transfer_alone(world: World) -> None:
    await world.stock("CUP", "DC-NL", 3)
    transfer = await requested(world)
    await ship(world, transfer)
    key = SupplyKey("transfers", str(transfer.transfer_id), "CUP")

    with pytest.raises(SupplyOfTransfer):
        await world.ask(RECEIVE_SUPPLY, Receipt(world.identity(), key, "R-1", 3))
    with pytest.raises(SupplyOfTransfer):
        await world.ask(CANCEL_SUPPLY, Cancellation(world.identity(), key))
    assert await places(world) == (0, 3, 0, 0)


async def test_what_is_kept_for_a_channel_is_not_moved(world: World) -> None:
    await world.stock("CUP", "DC-NL", 3)
    await world.ask(PUT_PROTECTIONS, ProtectionChange(world.identity(), Protection("DC-NL", "CUP", "WEB-NL", "", 2)))

    with pytest.raises(InsufficientStock):
        await requested(world, 2)
    assert (await requested(world, 1)).state is TransferState.REQUESTED


async def test_goods_that_left_before_the_count_are_in_it(world: World) -> None:
    await world.stock("CUP", "DC-NL", 3)
    transfer = await requested(world, 2)
    before = TUESDAY - timedelta(minutes=10)
    counted = Snapshot("wms", TUESDAY, frozenset({"DC-NL"}), (("CUP", "DC-NL", 1, 0),))
    await world.run(import_snapshot, [counted])
    await world.ask(SHIP_TRANSFERS, TransferShipment(transfer.transfer_id, before))

    assert await world.on_shelf("CUP", "DC-NL") == (1, 0, 0)


async def test_an_order_that_waits_is_served_from_what_arrives(world: World) -> None:
    await world.stock("CUP", "DC-UK", 2)
    await world.network(channel={"node_ids": frozenset({"ST-AMS"})})
    waits = await world.place(draft("W-1", [line("CUP", 2)], shortage_policy=ShortagePolicy.BACKORDER))
    await world.settle()
    assert {one.state for one in (await world.case(waits.order_id)).slices} == {SliceState.BACKORDERED}

    transfer = await requested(world, 2, from_node_id="DC-UK", to_node_id="ST-AMS")
    await ship(world, transfer)
    await receive(world, transfer, 2)
    await world.settle()

    case = await world.case(waits.order_id)
    assert [(one.state, one.node_id) for one in case.slices] == [(SliceState.RELEASED, "ST-AMS")]
