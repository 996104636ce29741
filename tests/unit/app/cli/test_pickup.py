"""`crossdock pickup`: what it asks of the hub, and what it shows."""

from __future__ import annotations

from crossdock.common.v1 import refusal_pb2
from crossdock.fulfillment.v1 import fulfillment_pb2 as pb
from tests.unit.app.cli.pretend import Crossdock, PretendHub

ID = "01a204dc-af31-70aa-acb0-4c71b22f38d5"
WORK = pb.FulfillmentOrder(fulfillment_order_id=ID, node_id="ST-LON", state=pb.FULFILLMENT_ORDER_STATE_READY_FOR_PICKUP)


def test_a_pickup_is_shown_made_ready_renewed_and_handed_over(hub: PretendHub, crossdock: Crossdock) -> None:
    done = [pb.FulfillmentResult(fulfillment_order=WORK)]
    hub.answers["FulfillmentService.GetFulfillmentOrder"] = pb.GetFulfillmentOrderResponse(fulfillment_order=WORK)
    hub.answers["FulfillmentService.RecordReady"] = pb.RecordReadyResponse(results=done)
    hub.answers["FulfillmentService.RenewPickups"] = pb.RenewPickupsResponse(results=done)
    collected = pb.FulfillmentOrder(
        fulfillment_order_id=ID, node_id="ST-LON", state=pb.FULFILLMENT_ORDER_STATE_COLLECTED
    )
    handed = [pb.FulfillmentResult(fulfillment_order=collected)]
    hub.answers["FulfillmentService.RecordCollections"] = pb.RecordCollectionsResponse(results=handed)

    for option in ([], ["--ready"], ["--renew"]):
        assert "lies ready at ST-LON" in crossdock("pickup", ID, *option).out
    assert "is COLLECTED" in crossdock("pickup", ID, "--code", "12345678").out
    (asked,) = hub.requests("FulfillmentService.RecordCollections")
    assert [(one.fulfillment_order_id, one.code) for one in asked.reports] == [(ID, "12345678")]


def test_a_wrong_code_ends_with_exit_code_1(hub: PretendHub, crossdock: Crossdock) -> None:
    refusal = refusal_pb2.Refusal(message="That is not the code.")
    answer = pb.RecordCollectionsResponse(results=[pb.FulfillmentResult(refusal=refusal)])
    hub.answers["FulfillmentService.RecordCollections"] = answer

    ran = crossdock("pickup", ID, "--code", "12345678")

    assert (ran.code, ran.out.strip()) == (1, '"That is not the code."')
