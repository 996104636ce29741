"""Labels over the rpcs: bought, shown with what they draw, and voided."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

import grpc
import pytest

from crossdock.fulfillment.v1 import fulfillment_pb2
from crossdock.fulfillment.v1 import labels_pb2 as pb
from crossdock.partner.call.v1 import call_pb2
from hub.kernel.money import Money
from hub.messages.transport import BuyLabel, Customs, CustomsGoods, Sender
from hub.network.model.carriers import CarrierService
from hub.parties.model import Contact
from hub.wire.partners.transport import label_to_pb
from tests.support.drafts import draft, line
from tests.unit.api.serving import Served

LATER = {f"{step}_after_minutes": 900_000 for step in ("acknowledge", "pick", "pack", "ship")}
ZPL = fulfillment_pb2.LABEL_FORMAT_ZPL


async def packed(hub: Served) -> str:
    """The fulfillment order of a cup that lies packed at DC-NL."""
    services = (CarrierService("carrier", "STANDARD", buys_labels=True),)
    await hub.world.network(profiles={"wms": LATER}, services=services)
    await hub.world.stock("CUP", "DC-NL", 1)
    placed = await hub.world.place(draft("W-1", [line("CUP")]))
    await hub.world.settle()
    (work,) = (await hub.world.case(placed.order_id)).fulfillment_orders
    return str(work.fulfillment_order_id)


async def changed(hub: Served, rpc: str, request: Any) -> fulfillment_pb2.FulfillmentResult:
    """The result of one element."""
    request.request_id = str(uuid4())
    result: fulfillment_pb2.FulfillmentResult = (await hub.rpc(f"LabelService.{rpc}")(request)).results[0]
    await hub.world.settle()
    return result


async def shown(hub: Served, work: str, parcel: str = "") -> pb.GetLabelResponse:
    """A label."""
    asked = pb.GetLabelRequest(fulfillment_order_id=work, shipment_reference=parcel)
    response: pb.GetLabelResponse = await hub.rpc("LabelService.GetLabel")(asked)
    return response


async def test_a_label_is_bought_shown_and_voided(hub: Served) -> None:
    work = await packed(hub)
    parcel: dict[str, Any] = {"fulfillment_order_id": work, "shipment_reference": "P-1"}
    result = await changed(
        hub, "BuyLabels", pb.BuyLabelsRequest(parcels=[{**parcel, "weight_grams": 900, "format": ZPL}])
    )
    assert [one.state for one in result.fulfillment_order.labels] == [fulfillment_pb2.LABEL_STATE_ASKED]

    label = await shown(hub, work)
    assert (label.label.shipment_reference, label.label.state) == ("P-1", fulfillment_pb2.LABEL_STATE_BOUGHT)
    assert (label.label.format, label.document[:3]) == (ZPL, b"^XA")
    assert [(one.units, one.nanos) for one in (label.label.cost, label.label.expected_cost)] == [
        (4, 500_000_000),
        (4, 500_000_000),
    ]
    assert label.label.HasField("cost_difference")
    assert (label.label.cost_difference.units, label.label.cost_difference.nanos) == (0, 0)
    assert label == await shown(hub, work, "P-1")

    await changed(hub, "VoidLabels", pb.VoidLabelsRequest(parcels=[parcel]))
    voided = await shown(hub, work, "P-1")
    assert (voided.label.state, voided.document) == (fulfillment_pb2.LABEL_STATE_VOIDED, b"")


async def test_what_is_packed_reaches_the_carrier(hub: Served) -> None:
    sender = Sender("Center", ("Main street 1",), "Town", "NL")
    goods = CustomsGoods("Cup", "691200", "PT", 2, 800, Money(2550, "EUR"))
    customs = Customs((goods,), "DDP", {"EORI": "NL1"})
    payload = BuyLabel(UUID(int=1), UUID(int=2), UUID(int=3), "STD", sender, 900, 300, 200, 100, "PDF", customs)
    request = label_to_pb(call_pb2.Call(operation_key="k"), payload, Contact("Anna"))

    assert (request.weight_grams, request.length_mm, request.width_mm, request.height_mm) == (900, 300, 200, 100)
    assert (request.service_code, request.ship_to.name, request.ship_from.name) == ("STD", "Anna", "Center")
    (told,) = request.customs.goods
    assert (told.description, told.hs_code, told.origin_country_code, told.quantity) == ("Cup", "691200", "PT", 2)
    assert (told.net_grams, told.value.units, told.value.nanos) == (800, 25, 500_000_000)
    assert (request.customs.incoterm, dict(request.customs.registrations)) == ("DDP", {"EORI": "NL1"})


async def test_a_label_that_nobody_asked_for_is_not_shown(hub: Served) -> None:
    work = await packed(hub)
    for identity in (work, str(uuid4())):
        with pytest.raises(grpc.aio.AioRpcError) as raised:
            await shown(hub, identity)
        assert raised.value.code() is grpc.StatusCode.NOT_FOUND
