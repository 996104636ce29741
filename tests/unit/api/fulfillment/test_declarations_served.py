"""DeclarationService: what is recorded, declared again and sent is what a request says, for who may see the order."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import grpc
import pytest

from crossdock.common.v1 import errors_pb2
from crossdock.trade.v1 import declarations_pb2 as pb
from crossdock.trade.v1 import trade_pb2
from hub.wire.instants import instant_to_pb
from tests.journeys.fulfillment.test_declarations import HOURS, abroad, sent
from tests.unit.api.serving import Served, refusal


async def shown(hub: Served, order_id: Any, role: str = "service") -> list[pb.CustomsDeclaration]:
    request = pb.ListDeclarationsRequest(order_id=str(order_id))
    return list((await hub.rpc("DeclarationService.ListDeclarations", role)(request)).declarations)


async def recorded(hub: Served, **fields: Any) -> pb.DeclarationResult:
    request = pb.RecordDeclarationEventsRequest(request_id=str(uuid4()))
    event = request.events.add(**fields)
    if not event.HasField("occur_time"):
        event.occur_time.CopyFrom(instant_to_pb(await hub.world.now()))
    answer: pb.RecordDeclarationEventsResponse = await hub.rpc("DeclarationService.RecordDeclarationEvents")(request)
    return answer.results[0]


async def test_an_event_is_recorded_as_it_is_said(hub: Served) -> None:
    await abroad(hub.world, "SILENT")
    case = await sent(hub.world)
    (one,) = await shown(hub, case.order_id)
    assert (one.state, one.attempt) == (pb.DECLARATION_STATE_DECLARED, 1)
    at = instant_to_pb(await hub.world.now() - HOURS / 60)

    accepted = await recorded(
        hub, customs_reference=one.customs_reference, state=pb.DECLARATION_STATE_ACCEPTED, event_reference="e-1"
    )
    held = await recorded(
        hub,
        declaration_id=one.declaration_id,
        state=pb.DECLARATION_STATE_HELD,
        occur_time=at,
        event_reference="e-2",
        reason="a check",
        missing_documents=["C-1"],
    )

    assert accepted.declaration.state == pb.DECLARATION_STATE_ACCEPTED
    assert held.declaration.state == pb.DECLARATION_STATE_ACCEPTED, "it was held before it was accepted"
    first, _ = held.declaration.events
    assert (first.occur_time, first.event_reference, first.reason) == (at, "e-2", "a check")
    assert list(first.missing_documents) == ["C-1"]
    again = await recorded(
        hub,
        declaration_id=one.declaration_id,
        state=pb.DECLARATION_STATE_REJECTED,
        event_reference="e-2",
    )
    assert again.refusal.reason == errors_pb2.ERROR_REASON_REFERENCE_REUSED
    nobody = await recorded(
        hub, declaration_id=str(uuid4()), state=pb.DECLARATION_STATE_ACCEPTED, event_reference="e-3"
    )
    assert nobody.refusal.reason == errors_pb2.ERROR_REASON_DECLARATION_NOT_FOUND
    with pytest.raises(grpc.aio.AioRpcError) as error:
        await recorded(hub, state=pb.DECLARATION_STATE_ACCEPTED, event_reference="e-4")
    assert refusal(error.value)[1] == "INVALID_FIELD"


async def test_a_parcel_is_declared_again_under_the_incoterm_stated_and_its_document_sent(hub: Served) -> None:
    await abroad(hub.world, "SILENT")
    case = await sent(hub.world, incoterm="")
    await hub.world.settle()
    shipment_id = str(case.shipments[0].shipment_id)
    paper = pb.SendDeclarationDocumentsRequest(request_id=str(uuid4()))
    paper.documents.add(shipment_id=shipment_id, document=pb.DECLARATION_DOCUMENT_POSTAL_DECLARATION)
    (early,) = (await hub.rpc("DeclarationService.SendDeclarationDocuments")(paper)).results
    assert early.refusal.reason == errors_pb2.ERROR_REASON_DECLARATION_NOT_ALLOWED

    request = pb.DeclareShipmentsRequest(request_id=str(uuid4()))
    request.shipments.add(shipment_id=shipment_id, incoterm=trade_pb2.INCOTERM_DAP)
    (first,) = (await hub.rpc("DeclarationService.DeclareShipments")(request)).results
    (repeated,) = (await hub.rpc("DeclarationService.DeclareShipments")(request)).results
    await hub.world.settle()
    paper.request_id = str(uuid4())
    (handed,) = (await hub.rpc("DeclarationService.SendDeclarationDocuments")(paper)).results
    await hub.world.settle()

    assert (first.declaration.incoterm, first.declaration.state) == (
        trade_pb2.INCOTERM_DAP,
        pb.DECLARATION_STATE_REQUESTED,
    )
    assert repeated == first
    assert handed.declaration.shipment_id == shipment_id
    (effect,) = hub.world.effects("double_customs", "customs.document")
    assert effect.detail["document"] == "POSTAL_DECLARATION"


async def test_declarations_are_for_who_sees_the_order(hub: Served) -> None:
    await abroad(hub.world)
    order_id = (await sent(hub.world)).order_id

    assert len(await shown(hub, order_id, "warehouse")) == 1
    for order, role in ((order_id, "stranger"), (order_id, "other-seller"), (uuid4(), "service")):
        with pytest.raises(grpc.aio.AioRpcError) as error:
            await shown(hub, order, role)
        assert refusal(error.value)[1] == "ORDER_NOT_FOUND"
