"""SupplyService over gRPC."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import grpc
import pytest

from crossdock.common.v1 import errors_pb2
from crossdock.common.v1.refusal_pb2 import PageRequest
from crossdock.inventory.v1 import inventory_pb2
from crossdock.inventory.v1 import supply_pb2 as pb
from tests.support.world import TUESDAY
from tests.unit.api.serving import Served, refusal

KEY = pb.SupplyKey(source="erp", reference="PO-1", line="10")
DAY = timedelta(days=1)


def announcing(*drafts: pb.SupplyDraft) -> pb.PutSupplyRequest:
    return pb.PutSupplyRequest(request_id=str(uuid4()), supplies=drafts)


def due(quantity: int = 10, days: int = 7, **changes: Any) -> pb.SupplyDraft:
    values: dict[str, Any] = {"key": KEY, "kind": pb.SUPPLY_KIND_ON_ORDER, "sku": "SHIRT", "node_id": "DC-NL"} | changes
    draft = pb.SupplyDraft(quantity=quantity, **values)
    draft.expect_time.FromDatetime(TUESDAY + days * DAY)
    return draft


def receiving(*receipts: pb.Receipt) -> pb.ReceiveSupplyRequest:
    return pb.ReceiveSupplyRequest(request_id=str(uuid4()), receipts=receipts)


def reasons(answer: Any) -> list[int]:
    return [one.refusal.reason for one in answer.results]


async def test_supply_is_answered_one_by_one_and_put_once(hub: Served) -> None:
    put = hub.rpc("SupplyService.PutSupply", "warehouse")
    request = announcing(
        due(),
        due(sku="TROUSERS", key=pb.SupplyKey(source="erp", reference="PO-2")),
        due(node_id="MOON", key=pb.SupplyKey(source="erp", reference="PO-3")),
        due(key=pb.SupplyKey(source="wms", reference="PO-1", line="10")),
    )

    first, second = await put(request), await put(request)

    assert list(first.results) == list(second.results)
    supply = first.results[0].supply
    assert (supply.quantity, supply.remaining, supply.state) == (10, 10, pb.SUPPLY_STATE_EXPECTED)
    assert supply.sellable_time == supply.expect_time
    assert reasons(first)[1:] == [
        errors_pb2.ERROR_REASON_UNKNOWN_SKU,
        errors_pb2.ERROR_REASON_UNKNOWN_NODE,
        errors_pb2.ERROR_REASON_SUPPLY_CLAIMED,
    ]


async def test_a_supply_tells_its_whole_history(hub: Served) -> None:
    (made,) = (await hub.rpc("SupplyService.PutSupply")(announcing(due()))).results
    slip = pb.Slip(key=KEY, expect_time=due(days=9).expect_time, reason="vessel late")
    await hub.rpc("SupplyService.SlipSupply")(pb.SlipSupplyRequest(request_id=str(uuid4()), slips=[slip]))
    some = pb.Receipt(key=KEY, receipt_reference="R-1", quantity=4)
    more = pb.Receipt(key=KEY, receipt_reference="R-1", quantity=5)
    last = pb.Receipt(key=KEY, receipt_reference="R-2", final=True)
    unknown = pb.Receipt(key=pb.SupplyKey(source="erp", reference="PO-9"), receipt_reference="R-1", quantity=1)
    answer = await hub.rpc("SupplyService.ReceiveSupply", "warehouse")(receiving(some, some, more, last, unknown))
    cancellation = pb.SupplyCancellation(key=KEY)
    canceled = await hub.rpc("SupplyService.CancelSupply")(
        pb.CancelSupplyRequest(request_id=str(uuid4()), cancellations=[cancellation])
    )
    less = await hub.rpc("SupplyService.PutSupply")(announcing(due(3)))

    assert [one.supply.received for one in answer.results] == [4, 4, 0, 4, 0]
    assert reasons(answer)[2:] == [
        errors_pb2.ERROR_REASON_RECEIPT_TAKEN,
        0,
        errors_pb2.ERROR_REASON_SUPPLY_NOT_FOUND,
    ]
    assert reasons(canceled) == [errors_pb2.ERROR_REASON_SUPPLY_ENDED]
    assert reasons(less) == [errors_pb2.ERROR_REASON_SUPPLY_BELOW_RECEIVED]
    told = await hub.rpc("SupplyService.GetSupply", "viewer")(pb.GetSupplyRequest(supply_id=made.supply.supply_id))
    assert (told.supply.received, told.supply.remaining, told.supply.state) == (4, 0, pb.SUPPLY_STATE_RECEIVED)
    assert [(one.action, one.received_delta, one.reason) for one in told.changes] == [
        (pb.SUPPLY_ACTION_PUT, 0, ""),
        (pb.SUPPLY_ACTION_SLIP, 0, "vessel late"),
        (pb.SUPPLY_ACTION_RECEIVE, 4, "R-1"),
        (pb.SUPPLY_ACTION_COMPLETE, 0, "R-2"),
    ]


async def test_supply_is_listed_by_what_is_asked_page_by_page(hub: Served) -> None:
    keys = [pb.SupplyKey(source="erp", reference="PO-1", line=str(line)) for line in range(3)]
    await hub.rpc("SupplyService.PutSupply")(announcing(*(due(key=key) for key in keys)))
    ask = hub.rpc("SupplyService.ListSupply", "viewer")

    first = await ask(pb.ListSupplyRequest(page=PageRequest(page_size=2), reference="PO-1"))
    second = await ask(
        pb.ListSupplyRequest(page=PageRequest(page_size=2, page_token=first.next_page_token), reference="PO-1")
    )

    assert [len(first.supplies), len(second.supplies)] == [2, 1]
    assert {one.key.line for one in [*first.supplies, *second.supplies]} == {"0", "1", "2"}
    assert not second.next_page_token
    for none in ({"skus": ["MUG"]}, {"node_ids": ["ST-AMS"]}, {"state": pb.SUPPLY_STATE_CANCELED}):
        assert not (await ask(pb.ListSupplyRequest(**none))).supplies
    elsewhere = await hub.rpc("SupplyService.ListSupply", "other-node")(pb.ListSupplyRequest())
    assert not elsewhere.supplies


@pytest.mark.parametrize(
    "flawed",
    [
        due(0),
        due(-5),
        due(100_000_001),
        due(kind=pb.SUPPLY_KIND_UNSPECIFIED),
        pb.SupplyDraft(key=KEY, kind=pb.SUPPLY_KIND_ON_ORDER, sku="SHIRT", node_id="DC-NL", quantity=1),
        due(key=pb.SupplyKey(reference="PO-1")),
    ],
)
async def test_what_makes_no_supply_is_refused(hub: Served, flawed: pb.SupplyDraft) -> None:
    with pytest.raises(grpc.aio.AioRpcError) as error:
        await hub.rpc("SupplyService.PutSupply")(announcing(flawed))

    assert refusal(error.value)[:2] == (grpc.StatusCode.INVALID_ARGUMENT, "INVALID_FIELD")


async def test_what_makes_no_receipt_protection_or_change_is_refused(hub: Served) -> None:
    empty = receiving(pb.Receipt(key=KEY, receipt_reference="R-1"))
    for_nobody = pb.PutProtectionsRequest(
        request_id=str(uuid4()), protections=[pb.Protection(node_id="DC-NL", quantity=1)]
    )
    nowhere = pb.ConditionChange(sku="SHIRT", node_id="DC-NL", quantity=1, cause="X")
    nowhere.from_condition = nowhere.to_condition = pb.CONDITION_DAMAGED
    unchanged = pb.ChangeConditionsRequest(request_id=str(uuid4()), changes=[nowhere])
    for rpc, request in (("ReceiveSupply", empty), ("PutProtections", for_nobody), ("ChangeConditions", unchanged)):
        with pytest.raises(grpc.aio.AioRpcError) as error:
            await hub.rpc(f"SupplyService.{rpc}")(request)
        assert refusal(error.value)[:2] == (grpc.StatusCode.INVALID_ARGUMENT, "INVALID_FIELD")


async def test_what_is_kept_is_listed_and_shown_in_availability(hub: Served) -> None:
    kept = [
        pb.Protection(sku="SHIRT", node_id="DC-NL", demand_class="GOLD", quantity=5),
        pb.Protection(node_id="DC-NL", channel_id="WEB-NL", quantity=2),
        pb.Protection(node_id="DC-NL", channel_id="NOWHERE", quantity=2),
        pb.Protection(node_id="MOON", channel_id="WEB-NL", quantity=2),
        pb.Protection(sku="TROUSERS", node_id="DC-NL", channel_id="WEB-NL", quantity=2),
    ]
    request = pb.PutProtectionsRequest(request_id=str(uuid4()), protections=kept)

    first = await hub.rpc("SupplyService.PutProtections", "service")(request)
    second = await hub.rpc("SupplyService.PutProtections", "service")(request)

    assert list(first.results) == list(second.results)
    assert first.position > 0
    assert [one.protection for one in first.results[:2]] == kept[:2]
    assert reasons(first)[2:] == [
        errors_pb2.ERROR_REASON_UNKNOWN_CHANNEL,
        errors_pb2.ERROR_REASON_UNKNOWN_NODE,
        errors_pb2.ERROR_REASON_UNKNOWN_SKU,
    ]
    ask = hub.rpc("SupplyService.ListProtections", "viewer")
    page = await ask(pb.ListProtectionsRequest(page=PageRequest(page_size=1), skus=["SHIRT"]))
    rest = await ask(pb.ListProtectionsRequest(page=PageRequest(page_token=page.next_page_token), skus=["SHIRT"]))
    assert [*page.protections, *rest.protections] == [kept[1], kept[0]]
    everybody = inventory_pb2.GetAvailabilityRequest(skus=["SHIRT"], node_ids=["DC-NL"])
    shop = inventory_pb2.GetAvailabilityRequest(skus=["SHIRT"], node_ids=["DC-NL"], channel_id="WEB-NL")
    everybody.min_position = shop.min_position = first.position
    units = [
        (await hub.rpc("InventoryService.GetAvailability", "channel")(one)).availability[0].available
        for one in (everybody, shop)
    ]
    assert units[0] - units[1] == 5


async def test_safety_and_conditions_are_changed_and_listed(hub: Served) -> None:
    safety = [
        pb.SafetyStock(sku="SHIRT", node_id="DC-NL", quantity=3),
        pb.SafetyStock(sku="SHIRT", node_id="MOON", quantity=3),
    ]
    request = pb.SetSafetyStockRequest(request_id=str(uuid4()), safety_stock=safety)
    for _ in range(2):
        kept = await hub.rpc("SupplyService.SetSafetyStock", "warehouse")(request)
        assert kept.results[0].safety_stock == safety[0]
        assert reasons(kept)[1:] == [errors_pb2.ERROR_REASON_UNKNOWN_NODE]
    moved = [pb.ConditionChange(sku="SHIRT", node_id="DC-NL", quantity=units, cause="INSPECTION") for units in (2, 999)]
    for one in moved:
        one.from_condition, one.to_condition = pb.CONDITION_SELLABLE, pb.CONDITION_OPEN_BOX
    changing = pb.ChangeConditionsRequest(request_id=str(uuid4()), changes=moved)
    for _ in range(2):
        changed = await hub.rpc("SupplyService.ChangeConditions", "warehouse")(changing)
        assert changed.results[0].change == moved[0]
        assert reasons(changed)[1:] == [errors_pb2.ERROR_REASON_STOCK_WOULD_BE_NEGATIVE]

    listed = await hub.rpc("SupplyService.ListConditionedStock", "viewer")(
        pb.ListConditionedStockRequest(skus=["SHIRT"], node_ids=["DC-NL"], page=PageRequest(page_size=1))
    )
    (stock,) = (
        await hub.rpc("InventoryService.ListStock", "viewer")(
            inventory_pb2.ListStockRequest(skus=["SHIRT"], node_ids=["DC-NL"])
        )
    ).stock

    assert [(one.condition, one.on_hand) for one in listed.stock] == [(pb.CONDITION_OPEN_BOX, 2)]
    assert (stock.on_hand, stock.safety) == (18, 3)


async def test_availability_over_time_is_told_for_many_skus_with_offers(hub: Served) -> None:
    await hub.rpc("SupplyService.PutSupply")(announcing(due()))
    questions = [pb.AvailabilityQuestion(sku="SHIRT", quantity=25), pb.AvailabilityQuestion(sku="NOTHING", quantity=2)]

    answer = await hub.rpc("SupplyService.ProjectAvailability", "channel")(
        pb.ProjectAvailabilityRequest(questions=questions, channel_id="WEB-NL", node_ids=["DC-NL"])
    )

    shirt, nothing = answer.projections
    assert [one.available for one in shirt.steps] == [20, 30]
    assert [node.node_id for node in shirt.nodes] == ["DC-NL"]
    assert shirt.steps[1].start_time.ToDatetime(TUESDAY.tzinfo) == TUESDAY + 7 * DAY
    assert [[part.quantity for part in offer.parts] for offer in shirt.offers] == [[20, 5], [25]]
    assert [(len(one.parts), one.uncovered) for one in nothing.offers] == [(0, 2)]
    with pytest.raises(grpc.aio.AioRpcError) as error:
        await hub.rpc("SupplyService.ProjectAvailability")(
            pb.ProjectAvailabilityRequest(questions=questions, channel_id="NOWHERE")
        )
    assert refusal(error.value)[:2] == (grpc.StatusCode.NOT_FOUND, "UNKNOWN_CHANNEL")


async def test_stock_is_explained_page_by_page_and_only_where_one_may_look(hub: Served) -> None:
    await hub.place()
    ask = pb.ExplainStockRequest(sku="SHIRT", node_id="DC-NL", page=PageRequest(page_size=1))

    newest = await hub.rpc("SupplyService.ExplainStock", "viewer")(ask)
    ask.page.page_token = newest.next_page_token
    older = await hub.rpc("SupplyService.ExplainStock", "warehouse")(ask)
    await hub.world.advance(timedelta(minutes=5))
    later = await hub.rpc("SupplyService.ExplainStock", "warehouse")(ask)

    assert newest.as_of_time == older.as_of_time == later.as_of_time
    assert newest.figures == older.figures == newest.rows[0].after
    assert (newest.figures.on_hand, newest.available, newest.row_count) == (20, 18, 2)
    assert newest.rows[0].order_id
    assert newest.rows[0].event_type == "OrderPlaced"
    assert older.rows[0].after.on_hand == older.rows[0].delta.on_hand == 20
    assert not older.next_page_token
    with pytest.raises(grpc.aio.AioRpcError) as unknown:
        await hub.rpc("SupplyService.ExplainStock")(pb.ExplainStockRequest(sku="NOPE", node_id="DC-NL"))
    assert refusal(unknown.value)[:2] == (grpc.StatusCode.NOT_FOUND, "UNKNOWN_SKU")
    with pytest.raises(grpc.aio.AioRpcError) as error:
        await hub.rpc("SupplyService.ExplainStock", "other-node")(ask)
    assert refusal(error.value)[:2] == (grpc.StatusCode.NOT_FOUND, "UNKNOWN_NODE")
