"""Landed cost over gRPC: asked for with a quote, charged by an order, and computed again for it."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import uuid4

import grpc
import pytest

from crossdock.orders.v1 import orders_pb2
from crossdock.promising.v1 import promising_pb2 as pb
from crossdock.trade.v1 import trade_pb2
from hub.api.setup.setup_changes import PUT_ITEMS
from tests.support.drafts import item
from tests.unit.api.serving import Served, euros, placing, refusal

EXPRESS, FREIGHT = trade_pb2.TRADE_FLOW_EXPRESS, trade_pb2.TRADE_FLOW_FREIGHT


@pytest.fixture
async def abroad(hub: Served) -> Served:
    """Two kinds of cotton shirts in the United Kingdom, alike to six digits."""
    for sku, hs_code in (("TEE", "6109100010"), ("VEST", "6109100090")):
        await hub.world.stock(sku, "DC-UK", 5)
        await hub.world.ask(PUT_ITEMS, item(sku, hs_code=hs_code, origin_country="CN"))
    return hub


def asking(*values: int, skus: str = "TEE VEST", **asked: Any) -> pb.QuotePromisesRequest:
    """A question about one shirt of each kind and its landed cost, with what all of each cost in euros."""
    question: dict[str, Any] = {"flow": EXPRESS, "currency_code": "EUR"} | asked
    lines = [
        pb.PromiseLine(sku=sku, quantity=1, value=euros(value))
        for sku, value in zip(skus.split(), values or (20, 30), strict=False)
    ]
    return pb.QuotePromisesRequest(
        channel_id="WEB-NL",
        to_country_code="NL",
        lines=lines,
        landed_cost=pb.LandedCostQuestion(**question) if question["flow"] else None,
    )


async def frozen(hub: Served, question: pb.QuotePromisesRequest) -> pb.PromiseQuote:
    request = pb.FreezePromiseRequest(request_id=str(uuid4()), question=question)
    quote: pb.PromiseQuote = (await hub.rpc("PromisingService.FreezePromise", "channel")(request)).quote
    return quote


async def cost(hub: Served, *values: int, **asked: Any) -> trade_pb2.LandedCost:
    quote = await frozen(hub, asking(*values, **asked))
    return quote.options[0].landed_costs[0]


async def reason(call: Any) -> str:
    with pytest.raises(grpc.aio.AioRpcError) as error:
        await call
    return refusal(error.value)[1]


async def test_what_is_asked_about_the_import_decides_what_it_costs(abroad: Served) -> None:
    usual = await cost(abroad)
    assert (usual.territory, usual.goods, usual.duty, usual.prepaid) == ("EU", euros(50), euros(3), usual.total)
    assert (await cost(abroad, declaration=trade_pb2.DECLARATION_FULL)).duty == euros(6)
    assert (await cost(abroad, incoterm=trade_pb2.INCOTERM_DAP)).prepaid == euros(50)
    assert (await cost(abroad, flow=FREIGHT)).charges[0].rate == "12 %"
    assert (await cost(abroad, 200, 30)).goods == euros(230)

    for question, why in (
        (asking(currency_code="USD"), "INVALID_FIELD"),
        (asking(flow=None), "INVALID_FIELD"),
    ):
        assert await reason(frozen(abroad, question)) == why


async def test_the_landed_cost_of_an_order_is_read_and_computed_by_the_law_of_another_day(abroad: Served) -> None:
    quote = await frozen(abroad, asking(20, skus="TEE"))
    order = placing(sku="TEE", quantity=1)
    order.order.lines[0].unit_price.CopyFrom(euros(20))
    order.order.promise.quote_id, order.order.promise.option_number = quote.quote_id, 1
    placed = (await abroad.rpc("OrderService.PlaceOrder", "channel")(order)).order
    read = abroad.rpc("TradeService.GetOrderLandedCost", "channel")

    kept = await read(trade_pb2.GetOrderLandedCostRequest(order_id=placed.order_id))
    before = await read(
        trade_pb2.GetOrderLandedCostRequest(order_id=placed.order_id, import_date=str(date(2026, 6, 30)))
    )

    taxes = [(tax.kind, tax.amount) for tax in placed.lines[0].taxes]
    assert taxes == [(orders_pb2.TAX_KIND_DUTY, euros(3)), (orders_pb2.TAX_KIND_IMPORT_TAX, euros(4, 830_000_000))]
    assert kept.quoted[0].total == quote.options[0].landed_costs[0].total
    assert ([one.duty for one in kept.quoted], [one.duty for one in before.quoted]) == ([euros(3)], [euros(0)])
    other = (await abroad.rpc("OrderService.PlaceOrder", "channel")(placing("1002"))).order
    for order_id, why in ((other.order_id, "LANDED_COST_NOT_FOUND"), (str(uuid4()), "ORDER_NOT_FOUND")):
        assert await reason(read(trade_pb2.GetOrderLandedCostRequest(order_id=order_id))) == why


async def test_a_tax_of_the_import_is_on_lines_and_no_tax_engine_hears_of_it(abroad: Served) -> None:
    place = abroad.rpc("OrderService.PlaceOrder", "channel")
    duty = orders_pb2.Tax(amount=euros(7), kind=orders_pb2.TAX_KIND_DUTY)
    sales = orders_pb2.Tax(amount=euros(2), kind=orders_pb2.TAX_KIND_SALES)
    order, on_charge = placing("1001"), placing("1002")
    order.order.lines[0].taxes.extend([duty, sales])
    order.order.taxes.append(duty)
    on_charge.order.charges[0].taxes.append(duty)

    placed = (await place(order)).order
    assert await reason(place(on_charge)) == "INVALID_FIELD"

    assert placed.lines[0].tax_total == euros(16)
    (asked,) = await abroad.world.rows("SELECT payload FROM message WHERE kind = 'tax.determine'")
    assert [tax["amount_minor"] for tax in asked["payload"]["stated_taxes"]] == [200]
    assert asked["payload"]["lines"][0]["amount_minor"] == 10200
