"""VAT numbers over gRPC: stated with an order, looked up, shown, and looked up again."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import grpc
import pytest

from crossdock.orders.v1 import order_service_pb2, orders_pb2
from crossdock.trade.v1 import vat_numbers_pb2 as pb
from tests.unit.api.serving import Served, placing, refusal

GERMAN, DUTCH = "DE136695976", "NL004495445B01"
REVERSE_CHARGE = orders_pb2.TAX_TREATMENT_REVERSE_CHARGE


def bought(number: str = GERMAN, country: str = "DE", **stated: Any) -> order_service_pb2.PlaceOrderRequest:
    """An order of a firm that owes the tax."""
    request = placing(f"B-{uuid4()}")
    request.order.customer.vat_number, request.order.customer.address.country_code = number, country
    request.order.tax_treatment = REVERSE_CHARGE
    for name, value in stated.items():
        setattr(request.order, name, value)
    return request


async def placed(hub: Served, request: order_service_pb2.PlaceOrderRequest) -> orders_pb2.Order:
    response = await hub.rpc("OrderService.PlaceOrder", "channel")(request)
    await hub.world.settle()
    order: orders_pb2.Order = response.order
    return order


async def known(hub: Served, order_id: str) -> pb.VatNumberCheck:
    rpc = hub.rpc("VatNumberService.GetVatNumberCheck")
    check: pb.VatNumberCheck = (await rpc(pb.GetVatNumberCheckRequest(order_id=order_id))).check
    return check


async def test_a_number_is_looked_up_where_the_channel_names_an_account(hub: Served) -> None:
    order = await placed(hub, bought())
    alone = await known(hub, order.order_id)
    await hub.world.network(channel={"vat_registry_account_id": "vat"})
    asked = await known(hub, (await placed(hub, bought())).order_id)

    assert order.tax_treatment == REVERSE_CHARGE
    assert (alone.state, alone.attempt) == (pb.VAT_NUMBER_STATE_NOT_ASKED, 0)
    assert (asked.state, asked.attempt) == (pb.VAT_NUMBER_STATE_IN_FORCE, 1)
    assert asked.consultation_number.startswith("WAPI-")
    assert asked.HasField("check_time")


async def test_a_number_is_looked_up_again_once_per_request(hub: Served) -> None:
    await hub.world.network(channel={"vat_registry_account_id": "vat"})
    order = await placed(hub, bought())
    request = pb.CheckVatNumberRequest(request_id=str(uuid4()), order_id=order.order_id, vat_number=DUTCH)
    rpc = hub.rpc("VatNumberService.CheckVatNumber")

    first = (await rpc(request)).check
    await hub.world.settle()
    again = (await rpc(request)).check

    assert (first.state, first.attempt) == (pb.VAT_NUMBER_STATE_PENDING, 2)
    assert (again.state, again.attempt) == (pb.VAT_NUMBER_STATE_IN_FORCE, 2)
    assert [one.subject for one in hub.world.effects("double_vat", "vat.check")] == [GERMAN, DUTCH]


@pytest.mark.parametrize(
    ("request_", "field"),
    [
        (bought("DE136695977"), "customer.vat_number"),
        (bought("US123456789"), "customer.vat_number"),
        (bought(""), "customer.vat_number"),
        (bought(country="CH"), "tax_treatment"),
        (bought(country="GB"), "tax_treatment"),
    ],
)
async def test_what_cannot_be_is_refused_by_its_field(
    hub: Served, request_: order_service_pb2.PlaceOrderRequest, field: str
) -> None:
    with pytest.raises(grpc.aio.AioRpcError) as raised:
        await placed(hub, request_)

    assert refusal(raised.value)[1] == "INVALID_FIELD"
    assert refusal(raised.value)[2] == [f"order.{field}"]


async def test_an_order_that_its_seller_taxes_has_no_check(hub: Served) -> None:
    order = await placed(hub, placing("T-1"))

    assert order.tax_treatment == orders_pb2.TAX_TREATMENT_TAXED
    with pytest.raises(grpc.aio.AioRpcError) as raised:
        await known(hub, order.order_id)
    assert refusal(raised.value)[1] == "VAT_NUMBER_NOT_STATED"
    with pytest.raises(grpc.aio.AioRpcError) as raised:
        await known(hub, str(uuid4()))
    assert refusal(raised.value)[1] == "ORDER_NOT_FOUND"
