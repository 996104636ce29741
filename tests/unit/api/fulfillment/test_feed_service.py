"""FeedService over gRPC: what is missing of feeds, what is parked, who counts a node, and how people mend it."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import grpc
import pytest

from crossdock.common.v1 import errors_pb2, source_pb2
from crossdock.fulfillment.v1 import fulfillment_pb2
from crossdock.inbox.v1 import feeds_pb2 as pb
from crossdock.inventory.v1 import inventory_pb2
from tests.unit.api.serving import Served, refusal


async def told(hub: Served, *events: tuple[int, int], source: str = "wms") -> list[inventory_pb2.AdjustStockResult]:
    """What numbered adjustments (number, units) of a shirt at DC-NL are answered."""
    request = inventory_pb2.AdjustStockRequest(request_id=str(uuid4()))
    for number, units in events:
        sequence = source_pb2.SourceSequence(source=source, number=number)
        request.adjustments.add(sku="SHIRT", node_id="DC-NL", delta=units, cause="RECEIPT", sequence=sequence)
    answer = await hub.rpc("InventoryService.AdjustStock", "warehouse")(request)
    return list(answer.results)


async def feed(hub: Served) -> pb.Feed:
    listed = await hub.rpc("FeedService.ListFeeds")(pb.ListFeedsRequest(source="wms"))
    (one,) = listed.feeds
    found: pb.Feed = one
    return found


async def on_hand(hub: Served) -> int:
    return (await hub.world.on_shelf("SHIRT", "DC-NL"))[0]


async def test_what_is_ahead_waits_and_is_taken_in_order_when_the_missing_one_has_come(hub: Served) -> None:
    (first,) = await told(hub, (1, 5))
    ahead = await told(hub, (4, 7), (3, 1))
    standing = await feed(hub)
    (missing,) = await told(hub, (2, 2))
    await hub.world.settle()

    assert (first.stock.on_hand, missing.stock.on_hand) == (25, 27)
    assert [one.parked_event.waits_for for one in ahead] == ["feed wms"] * 2
    assert (standing.watermark, standing.highest_number, standing.parked_count) == (1, 4, 2)
    assert [(one.first_number, one.last_number) for one in standing.gaps] == [(2, 2)]
    assert await on_hand(hub) == 35
    after = await feed(hub)
    assert (after.watermark, after.parked_count, list(after.gaps), list(after.node_ids)) == (4, 0, [], ["DC-NL"])


async def test_a_repeat_is_answered_like_the_first_and_other_content_is_refused(hub: Served) -> None:
    await told(hub, (1, 5), (3, 1))

    again = await told(hub, (1, 5), (3, 1))
    other = await told(hub, (1, 6))

    assert (again[0].stock.on_hand, again[1].parked_event.waits_for) == (25, "feed wms")
    assert other[0].refusal.reason == errors_pb2.ERROR_REASON_FEED_CONFLICT
    assert await on_hand(hub) == 25


async def test_what_is_refused_in_its_turn_holds_nothing_up_and_is_taken_once_mended(hub: Served) -> None:
    refused, next_ = await told(hub, (1, -900), (2, 5))
    listed = await hub.rpc("FeedService.ListParkedEvents")(pb.ListParkedEventsRequest())
    (event,) = listed.parked_events
    assert await hub.world.exceptions() == ["EVENT_REFUSED"]
    await hub.world.stock("SHIRT", "DC-NL", 1000)
    replay = pb.ReplayParkedEventsRequest(request_id=str(uuid4()), parked_event_ids=[event.parked_event_id])
    await hub.rpc("FeedService.ReplayParkedEvents", "admin")(replay)
    await hub.world.settle()

    assert refused.refusal.reason == errors_pb2.ERROR_REASON_STOCK_WOULD_BE_NEGATIVE
    assert next_.stock.on_hand == 25
    assert event.state == source_pb2.PARKED_EVENT_STATE_REFUSED
    assert await on_hand(hub) == 125
    assert await hub.world.exceptions() == []


async def test_a_gap_of_a_day_is_an_exception_until_it_is_given_up(hub: Served) -> None:
    await told(hub, (3, 7))
    await hub.world.advance(timedelta(hours=24))
    assert await hub.world.exceptions() == ["FEED_GAP"]
    request = pb.SkipGapRequest(request_id=str(uuid4()), source="wms", through_number=2)

    skipped = await hub.rpc("FeedService.SkipGap", "admin")(request)
    await hub.world.settle()
    late = await told(hub, (2, 1))

    assert skipped.feed.watermark == 2
    assert (await feed(hub)).watermark == 3
    assert await on_hand(hub) == 27
    assert await hub.world.exceptions() == []
    assert late[0].refusal.reason == errors_pb2.ERROR_REASON_FEED_BACKWARDS


async def test_no_parked_event_is_passed_over_when_a_gap_is_given_up(hub: Served) -> None:
    await told(hub, (3, 7))

    request = pb.SkipGapRequest(request_id=str(uuid4()), source="wms", through_number=5)
    with pytest.raises(grpc.aio.AioRpcError) as refused:
        await hub.rpc("FeedService.SkipGap", "admin")(request)

    assert refusal(refused.value)[1] == "INVALID_FIELD"


async def test_a_second_source_of_a_node_is_refused_until_the_node_is_handed_over(hub: Served) -> None:
    await told(hub, (1, 5))
    (other,) = await told(hub, (1, 9), source="erp")
    contested = await hub.world.exceptions()
    request = pb.HandOverNodesRequest(request_id=str(uuid4()), source="erp", node_ids=["DC-NL", "MOON"])

    handed = await hub.rpc("FeedService.HandOverNodes", "admin")(request)
    (taken,) = await told(hub, (2, 9), source="erp")
    (before,) = await told(hub, (2, 1))

    assert other.refusal.reason == errors_pb2.ERROR_REASON_NODE_SOURCE_TAKEN
    assert contested == ["EVENT_REFUSED", "NODE_CONTESTED"]
    assert handed.results[0].node_source.source == "erp"
    assert handed.results[1].refusal.reason == errors_pb2.ERROR_REASON_UNKNOWN_NODE
    assert taken.stock.on_hand == 34
    assert before.refusal.reason == errors_pb2.ERROR_REASON_NODE_SOURCE_TAKEN


async def test_who_sees_no_node_of_a_feed_sees_no_feed_and_no_parked_event_of_others(hub: Served) -> None:
    await told(hub, (2, 5))
    event = (await hub.rpc("FeedService.ListParkedEvents")(pb.ListParkedEventsRequest())).parked_events[0]

    listed = await hub.rpc("FeedService.ListFeeds", "other-node")(pb.ListFeedsRequest())
    parked = await hub.rpc("FeedService.ListParkedEvents", "other-node")(pb.ListParkedEventsRequest())
    replay = pb.ReplayParkedEventsRequest(request_id=str(uuid4()), parked_event_ids=[event.parked_event_id])
    replayed = await hub.rpc("FeedService.ReplayParkedEvents", "stranger")(replay)
    request = pb.SkipGapRequest(request_id=str(uuid4()), source="wms", through_number=1)
    with pytest.raises(grpc.aio.AioRpcError) as refused:
        await hub.rpc("FeedService.SkipGap", "stranger")(request)

    assert (list(listed.feeds), list(parked.parked_events)) == ([], [])
    assert replayed.results[0].refusal.reason == errors_pb2.ERROR_REASON_PARKED_EVENT_NOT_FOUND
    assert refusal(refused.value)[1] == "FEED_NOT_FOUND"


async def test_a_delivery_of_a_shipment_nobody_knows_is_refused(hub: Served) -> None:
    report = fulfillment_pb2.DeliveryReport(shipment_id=str(uuid4()))
    request = fulfillment_pb2.RecordDeliveriesRequest(request_id=str(uuid4()), reports=[report])

    answer = await hub.rpc("FulfillmentService.RecordDeliveries", "warehouse")(request)

    assert answer.results[0].refusal.reason == errors_pb2.ERROR_REASON_SHIPMENT_NOT_FOUND
