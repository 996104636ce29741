"""Words that people state with a change reach somebody: partners, subscribers of the feed, or who asked."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any, Final
from uuid import UUID, uuid4

import pytest

from crossdock.events.v1 import events_pb2
from crossdock.fulfillment.v1 import fulfillment_pb2
from crossdock.inventory.v1 import inventory_pb2, supply_pb2
from crossdock.orders.v1 import bulk_service_pb2, change_service_pb2, order_service_pb2, orders_pb2
from crossdock.returns.v1 import returns_pb2
from tests.support.world import TUESDAY
from tests.unit.api.serving import Served, euros, placing
from tests.walks.outside import Outside, leaves, listening
from tests.walks.shown_words import CARRIED, FEED

INTERVAL: Final = timedelta(hours=1)


def word(field: str) -> str:
    """Return what a request states in a field, and nothing else states."""
    return f"Said in {field}"


@pytest.fixture
def outside() -> Iterator[Outside]:
    with listening() as made:
        yield made


async def test_words_reach_their_readers(hub: Served, outside: Outside) -> None:
    await hub.world.network(nodes={"DC-NL": {"erp_account_id": "books"}})
    for say in (orders, changes, bulk, work, parcels, stock, supply, returns):
        await say(hub)
    await hub.world.settle()
    await hub.world.advance(INTERVAL)

    told = set(leaves(await feed(hub)))
    readers = {field: outside.readers(word(field)) | ({FEED} if word(field) in told else set()) for field in CARRIED}
    assert not {field: found for field, found in readers.items() if CARRIED[field] not in found}


async def placed(hub: Served, quantity: int = 2) -> orders_pb2.Order:
    answer = await hub.rpc("OrderService.PlaceOrder", "channel")(placing(str(uuid4()), quantity=quantity))
    order: orders_pb2.Order = answer.order
    return order


async def asked(hub: Served, rpc: str, request: Any) -> Any:
    """Send a request under an id of its own and return the answer, no element of which is refused."""
    request.request_id = str(uuid4())
    answer = await hub.rpc(rpc)(request)
    assert not any(result.HasField("refusal") for result in getattr(answer, "results", ())), answer
    return answer


async def orders(hub: Served) -> None:
    canceled = order_service_pb2.CancelLinesRequest(order_id=(await placed(hub)).order_id)
    canceled.lines.add(line_number=1, quantity=1)
    canceled.reason = word("orders.v1.CancelLinesRequest.reason")
    await asked(hub, "OrderService.CancelLines", canceled)
    held = await placed(hub)
    await hold(hub, held)
    (known,) = (await hub.world.case(UUID(held.order_id))).holds
    ended = order_service_pb2.ResolveHoldRequest(order_id=held.order_id, hold_id=str(known.hold_id))
    ended.status, ended.note = orders_pb2.HOLD_STATUS_RESOLVED, word("orders.v1.ResolveHoldRequest.note")
    await asked(hub, "OrderService.ResolveHold", ended)
    placing = order_service_pb2.PlaceHoldRequest(order_id=held.order_id, blocks=["ship"])
    placing.reason = word("orders.v1.PlaceHoldRequest.reason")
    await asked(hub, "OrderService.PlaceHold", placing)


async def changes(hub: Served) -> None:
    proposed = change_service_pb2.ProposeChangeRequest(order_id=(await placed(hub)).order_id)
    proposed.change.lines.add(line_number=1, quantity=1)
    proposed.reason = word("orders.v1.ProposeChangeRequest.reason")
    change = (await asked(hub, "ChangeService.ProposeChange", proposed)).change
    confirmed = change_service_pb2.ConfirmChangeRequest(order_id=change.order_id, change_id=change.change_id)
    await asked(hub, "ChangeService.ConfirmChange", confirmed)


async def hold(hub: Served, order: orders_pb2.Order) -> None:
    held = bulk_service_pb2.HoldOrdersRequest(reason=word("orders.v1.HoldOrdersRequest.reason"))
    held.selection.order_ids.append(order.order_id)
    await asked(hub, "BulkService.HoldOrders", held)


async def bulk(hub: Served) -> None:
    order = await placed(hub)
    await hold(hub, order)
    resumed = bulk_service_pb2.ResumeOrdersRequest(note=word("orders.v1.ResumeOrdersRequest.note"))
    canceled = bulk_service_pb2.CancelOrdersRequest(reason=word("orders.v1.CancelOrdersRequest.reason"))
    for rpc, request in (("ResumeOrders", resumed), ("CancelOrders", canceled)):
        request.selection.order_ids.append(order.order_id)
        await asked(hub, f"BulkService.{rpc}", request)


async def released(hub: Served) -> tuple[UUID, str]:
    """Return the ids of an order that was handed to its node, and of the fulfillment order."""
    order_id = UUID((await placed(hub)).order_id)
    await hub.world.settle()
    (known,) = (await hub.world.case(order_id)).fulfillment_orders
    return order_id, str(known.fulfillment_order_id)


async def work(hub: Served) -> None:
    request = fulfillment_pb2.RejectFulfillmentOrdersRequest()
    _, known = await released(hub)
    request.rejections.add(fulfillment_order_id=known, reason=word("fulfillment.v1.Rejection.reason"))
    await asked(hub, "FulfillmentService.RejectFulfillmentOrders", request)


async def parcels(hub: Served) -> None:
    left = fulfillment_pb2.RecordShipmentsRequest()
    order_id, known = await released(hub)
    report = left.reports.add(fulfillment_order_id=known, shipment_reference="P-1")
    report.lines.add(line_number=1, quantity=1)
    await asked(hub, "FulfillmentService.RecordShipments", left)
    (shipped,) = (await hub.world.case(order_id)).shipments
    lost = fulfillment_pb2.WriteOffShipmentsRequest()
    reason = word("fulfillment.v1.ShipmentWriteOff.reason")
    lost.write_offs.add(shipment_id=str(shipped.shipment_id), reason=reason)
    await asked(hub, "FulfillmentService.WriteOffShipments", lost)


async def stock(hub: Served) -> None:
    adjusted = inventory_pb2.AdjustStockRequest()
    adjusted.adjustments.add(sku="SHIRT", node_id="DC-NL", delta=5, cause=word("inventory.v1.Adjustment.cause"))
    await asked(hub, "InventoryService.AdjustStock", adjusted)
    changed = supply_pb2.ChangeConditionsRequest()
    change = changed.changes.add(sku="SHIRT", node_id="DC-NL", quantity=1)
    change.from_condition, change.to_condition = supply_pb2.CONDITION_SELLABLE, supply_pb2.CONDITION_DAMAGED
    change.cause = word("inventory.v1.ConditionChange.cause")
    await asked(hub, "SupplyService.ChangeConditions", changed)


async def supply(hub: Served) -> None:
    key = supply_pb2.SupplyKey(source="erp", reference="PO-1", line="10")
    put, slipped, canceled = (
        supply_pb2.PutSupplyRequest(),
        supply_pb2.SlipSupplyRequest(),
        supply_pb2.CancelSupplyRequest(),
    )
    due = put.supplies.add(key=key, kind=supply_pb2.SUPPLY_KIND_ON_ORDER, sku="SHIRT", node_id="DC-NL", quantity=1)
    due.expect_time.FromDatetime(TUESDAY + timedelta(days=7))
    slip = slipped.slips.add(key=key, reason=word("inventory.v1.Slip.reason"))
    slip.expect_time.FromDatetime(TUESDAY + timedelta(days=9))
    canceled.cancellations.add(key=key, reason=word("inventory.v1.SupplyCancellation.reason"))
    for rpc, request in (("PutSupply", put), ("SlipSupply", slipped), ("CancelSupply", canceled)):
        await asked(hub, f"SupplyService.{rpc}", request)


async def returns(hub: Served) -> None:
    order = await placed(hub)
    await hub.world.advance(timedelta(days=2))
    credited = returns_pb2.GrantCreditsRequest()
    credited.credits.add(order_id=order.order_id, amount=euros(1), reason=word("returns.v1.CreditDraft.reason"))
    await asked(hub, "ReturnService.GrantCredits", credited)
    opened, decided = returns_pb2.OpenClaimsRequest(), returns_pb2.DecideClaimsRequest()
    case = await hub.world.case(UUID(order.order_id))
    claimed = opened.drafts.add(shipment_id=str(case.shipments[0].shipment_id), kind=returns_pb2.CLAIM_KIND_DAMAGED)
    claimed.lines.add(line_number=1, quantity=1)
    (claim,) = (await asked(hub, "ReturnService.OpenClaims", opened)).results
    decided.decisions.add(
        claim_id=claim.claim.claim_id,
        verdict=returns_pb2.CLAIM_VERDICT_REJECT,
        reason=word("returns.v1.ClaimDecision.reason"),
    )
    await asked(hub, "ReturnService.DecideClaims", decided)
    authorized = returns_pb2.AuthorizeReturnsRequest()
    authorized.drafts.add(order_id=order.order_id).lines.add(line_number=1, quantity=1)
    (result,) = (await asked(hub, "ReturnService.AuthorizeReturns", authorized)).results
    known = result.rma.return_id
    came = returns_pb2.ReceiveReturnsRequest()
    receipt = came.receipts.add(return_id=known, receipt_reference="R-1", node_id="DC-NL")
    receipt.units.add(line_number=1, quantity=1, outcome=returns_pb2.RECEIPT_OUTCOME_AS_EXPECTED)
    await asked(hub, "ReturnService.ReceiveReturns", came)
    looked = returns_pb2.InspectReturnsRequest()
    inspection = looked.inspections.add(return_id=known, report_reference="I-1")
    unit = inspection.units.add(line_number=1, quantity=1, verdict=returns_pb2.INSPECTION_VERDICT_ACCEPTED)
    unit.note = word("returns.v1.InspectedUnits.note")
    await asked(hub, "ReturnService.InspectReturns", looked)


async def feed(hub: Served) -> events_pb2.ListEventsResponse:
    """Return the events that a subscriber reads, all of them."""
    answer: events_pb2.ListEventsResponse = await hub.rpc("EventService.ListEvents")(
        events_pb2.ListEventsRequest(page_size=1000)
    )
    return answer
