"""Slices, their moves, fulfillment orders, shipments and carrier events as rows."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from hub.database.tx import Tx
from hub.fulfillment import operations as fulfillment
from hub.fulfillment.lifecycle import FulfillmentState, RequestKind, RequestState, ShipmentState
from hub.fulfillment.model import AskedLine, Carriage, CarrierEvent, FulfillmentFilter, NodeRequest, NumberedParcel
from hub.kernel.scope import HUB
from hub.orders import operations as orders
from hub.slices import operations as slices
from hub.slices.lifecycle import SliceAction, SliceState
from hub.slices.model import Move
from tests.rows.rooms.building import AT, MINUTE, fulfillment_order, identity, order, seen_by, shipment, slice_of


async def test_slices_are_loaded_by_order_in_the_order_of_their_numbers(tx: Tx) -> None:
    shipped = slice_of(
        1, 2, state=SliceState.SHIPPED, fulfillment_order_id=identity(3001), shipment_id=identity(4001), quantity=1
    )
    waiting = slice_of(2, state=SliceState.OPEN, node_id=None)
    await slices.save(tx, [], [shipped, slice_of(1), waiting])

    assert await slices.load(tx, [identity(1), identity(2), identity(3)]) == {
        identity(1): (slice_of(1), shipped),
        identity(2): (waiting,),
    }


async def test_saving_splits_a_slice_in_one_statement(tx: Tx) -> None:
    whole, other = slice_of(1), slice_of(2)
    await slices.save(tx, [], [whole, other])
    rest, moved = replace(whole, quantity=1), slice_of(1, 2, quantity=1, state=SliceState.OPEN, node_id=None)

    await slices.save(tx, [whole, other], [rest, moved, other])

    assert await slices.load(tx, [identity(1)]) == {identity(1): (rest, moved)}


async def test_a_slice_never_vanishes(tx: Tx) -> None:
    await slices.save(tx, [], [slice_of(1)])

    with pytest.raises(ValueError, match="vanished"):
        await slices.save(tx, [slice_of(1)], [])


async def test_orders_are_found_by_what_they_claim_and_what_they_wait_for(tx: Tx) -> None:
    await orders.add(tx, [order(1), order(2), order(3, placed_at=AT)])
    await slices.save(
        tx,
        [],
        [
            slice_of(1),
            slice_of(1, 2),
            slice_of(2, state=SliceState.ALLOCATED),
            slice_of(2, 2, state=SliceState.OPEN, node_id=None),
            slice_of(3, state=SliceState.BACKORDERED, node_id=None),
        ],
    )

    assert await slices.orders_reserved_at(tx, [("SHIRT", "DC-NL"), ("SHOE", "DC-NL")]) == [identity(1)]
    assert await slices.orders_reserved_at(tx, [("SHIRT", "DC-UK")]) == []
    assert await slices.waiting_orders(tx, ["SHIRT", "SHOE"]) == [identity(3), identity(2)]
    assert await slices.waiting_orders(tx, ["SHOE"]) == []


async def test_moves_are_kept_in_their_order(tx: Tx) -> None:
    born = Move(identity(1), 1, 1, "SHIRT", 2, None, None, SliceState.OPEN, None, None, identity(10), AT)
    claimed = replace(
        born,
        action=SliceAction.RESERVE,
        from_state=SliceState.OPEN,
        to_state=SliceState.RESERVED,
        to_node="DC-NL",
        event_id=identity(11),
    )

    await slices.record_moves(tx, [born, claimed])

    rows = await tx.fetch("SELECT action, from_state, to_state, to_node, event_id FROM slice_move ORDER BY move_id")
    assert [tuple(row.values()) for row in rows] == [
        (None, None, "OPEN", None, identity(10)),
        ("RESERVE", "OPEN", "RESERVED", "DC-NL", identity(11)),
    ]


async def test_fulfillment_orders_are_loaded_as_they_were_saved_last(tx: Tx) -> None:
    first, second = fulfillment_order(1, 1), fulfillment_order(1, 2, node_id="ST-AMS", lines=())
    await fulfillment.save(tx, [second, first])
    changed = replace(
        first,
        state=FulfillmentState.ACKNOWLEDGED,
        requests=(
            NodeRequest(
                identity(50),
                RequestKind.GIVE_BACK,
                (AskedLine(1, 1, "SHIRT", 1),),
                AT,
                AT + 9 * MINUTE,
                RequestState.LATE,
            ),
        ),
        partner_reference="WMS-7",
        reports=("picked/1",),
    )

    await fulfillment.save(tx, [changed, fulfillment_order(2, 3)])

    assert await fulfillment.load(tx, [identity(1)]) == {identity(1): (changed, second)}


async def test_shipments_are_loaded_as_they_were_saved_last(tx: Tx) -> None:
    await fulfillment.save_shipments(tx, [shipment(1, 2), shipment(1, 1)])
    delivered = replace(
        shipment(1, 1),
        state=ShipmentState.DELIVERED,
        delivered_at=AT + 9 * MINUTE,
        tracking_number="X",
        carriage=Carriage("DHLX", "DHL", 900, "https://carrier.example/X"),
    )

    await fulfillment.save_shipments(tx, [delivered])

    assert await fulfillment.load_shipments(tx, [identity(1)]) == {identity(1): (delivered, shipment(1, 2))}


async def test_the_order_of_a_fulfillment_order_or_parcel_is_told_within_the_scope(tx: Tx) -> None:
    await orders.add(tx, [order(1), order(2, channel_id="market")])
    await fulfillment.save(tx, [fulfillment_order(1, 1), fulfillment_order(2, 2, node_id="ST-AMS")])
    await fulfillment.save_shipments(tx, [shipment(1, 1), shipment(2, 2, node_id="ST-AMS", tracking_number="")])
    ids, parcels = [identity(3001), identity(3002), identity(9)], [identity(4001), identity(4002)]
    amsterdam, market = seen_by(nodes=frozenset({"ST-AMS"})), seen_by(channels=frozenset({"market"}))

    assert await fulfillment.orders_of(tx, HUB, ids) == {ids[0]: identity(1), ids[1]: identity(2)}
    assert await fulfillment.orders_of_parcels(tx, HUB, parcels[:1], ["3S1", "", "?"]) == (
        {parcels[0]: identity(1)},
        {"3S1": [NumberedParcel(identity(1), parcels[0], shipment(1, 1).shipped_at)]},
    )
    for scope in (amsterdam, market):
        assert await fulfillment.orders_of(tx, scope, ids) == {ids[1]: identity(2)}
        assert await fulfillment.orders_of_parcels(tx, scope, parcels, ["3S1"]) == ({parcels[1]: identity(2)}, {})


async def test_fulfillment_orders_are_listed_newest_first(tx: Tx) -> None:
    await orders.add(tx, [order(1), order(2)])
    saved = [fulfillment_order(1, 1), fulfillment_order(2, 2), fulfillment_order(1, 3, node_id="ST-AMS")]
    await fulfillment.save(tx, saved)

    assert await fulfillment.page(tx, HUB, FulfillmentFilter(), after=None, size=2) == [saved[2], saved[1]]
    behind = (saved[1].created_at, saved[1].fulfillment_order_id)
    assert await fulfillment.page(tx, HUB, FulfillmentFilter(), after=behind, size=2) == [saved[0]]
    assert await fulfillment.page(tx, HUB, FulfillmentFilter(identity(1), "ST-AMS"), after=None, size=9) == [saved[2]]
    amsterdam = seen_by(nodes=frozenset({"ST-AMS"}))
    assert await fulfillment.page(tx, amsterdam, FulfillmentFilter(), after=None, size=9) == [saved[2]]


async def test_a_carrier_event_is_new_once(tx: Tx) -> None:
    sent = CarrierEvent(ShipmentState.IN_TRANSIT, AT, tracking_number="3S1", reference="e1")
    later = replace(sent, occurred_at=AT + MINUTE)

    first = await fulfillment.record_carrier_events(tx, [(identity(4001), sent), (identity(4001), sent)])
    second = await fulfillment.record_carrier_events(tx, [(identity(4001), later), (identity(4001), sent)])

    assert (first, second) == ([True, False], [True, False])
