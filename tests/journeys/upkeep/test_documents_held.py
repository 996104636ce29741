"""Documents that state more than the hub acts on, or state it after an edit: what becomes of their orders."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from hub.api.orders.changes import RESOLVE_HOLD
from hub.database.pool import Database
from hub.flows.orders.resolve_holds import HoldDecision
from hub.holds.model import HoldStatus, HoldType
from hub.inbox.model import DocumentState
from hub.orders.lifecycle import OrderState
from hub.wire.setup.network import network_from_json
from tests.adapters.x12_channel.documents import a_document, a_set
from tests.journeys.upkeep.documents import put, read
from tests.support.doubles import served
from tests.support.world import World, hub_on

ROOT = Path(__file__).parents[3]
LINE = {"id": 1, "sku": "LAMP-OAK", "title": "Lamp", "quantity": 3, "price": "20.00"}
LOWERED = {**LINE, "current_quantity": 2, "fulfillable_quantity": 2, "tax_lines": [{"price": "10.00"}]}
NOW = {"current_subtotal_price": "40.00", "current_total_price": "46.67", "current_total_tax": "6.67"}


@pytest.fixture
async def world(database_url: str, tmp_path: Path) -> AsyncIterator[World]:
    beside = ("shopify_channel", "x12_channel")
    async with (
        served(tmp_path, beside) as doubles,
        Database(database_url, max_connections=6) as database,
        hub_on(database, doubles) as made,
    ):
        await put(made, network_from_json((ROOT / "examples/network.json").read_text()))
        await made.items("LAMP-OAK")
        await made.stock("LAMP-OAK", "DC-NL", 9)
        yield made
        await made.settle()
        assert await made.audit() == []


def an_order(**changes: object) -> bytes:
    order: dict[str, Any] = {
        "id": 6200000045501,
        "currency": "EUR",
        "financial_status": "paid",
        "gateway": "shopify_payments",
        "email": "jo@example.com",
        "shipping_address": {"name": "Jo", "address1": "Kade 3", "city": "Breda", "country_code": "NL"},
        "line_items": [LINE],
        "total_price": "60.00",
    }
    return json.dumps({**order, **changes}).encode()


PURCHASE_ORDER = a_document(
    a_set(
        "BEG*00*SA*PO-8812**20260211",
        "CUR*BY*EUR",
        "N1*BY*Jo*92*7",
        "N1*ST*Jo*92*7",
        "N3*Kade 3",
        "N4*Breda**4811*NL",
        "PO1*1*3*EA*20.00**VN*LAMP-OAK",
        "MSG*Engrave with JO",
        "CTT*1",
    )
).encode()
X12 = ("x12-mailbox", "application/edi-x12")
SHOP = ("shopify-sample", "application/json")


@pytest.mark.parametrize(
    ("account", "content", "units", "total", "holds"),
    [
        pytest.param(SHOP, an_order(), 3, 6000, {}, id="an order as placed"),
        pytest.param(SHOP, an_order(line_items=[LOWERED], **NOW), 2, 4667, {}, id="an edited order"),
        pytest.param(
            SHOP,
            an_order(line_items=[LOWERED], **{**NOW, "current_total_tax": "7.00", "current_total_price": "47.00"}),
            2,
            4667,
            {HoldType.MANUAL: "tax total stated 7.00 EUR, lines sum to 6.67 EUR"},
            id="an edited order whose shares are not the shop's",
        ),
        pytest.param(
            SHOP,
            an_order(financial_status="partially_paid", total_outstanding="35.00"),
            3,
            6000,
            {HoldType.MANUAL: "instruments pay 25.00 EUR of 60.00 EUR"},
            id="a part paid",
        ),
        pytest.param(
            SHOP,
            an_order(payment_gateway_names=["voucher", "shopify_payments"]),
            3,
            6000,
            {HoldType.UNREAD_FACT: "$.payment_gateway_names 'voucher, shopify_payments': no transaction says"},
            id="two gateways",
        ),
        pytest.param(
            SHOP,
            an_order(gift_wrap=True),
            3,
            6000,
            {HoldType.UNREAD_FACT: "$.gift_wrap 'True': nobody acts on it"},
            id="a field nobody knows",
        ),
        pytest.param(
            X12,
            PURCHASE_ORDER,
            3,
            6000,
            {HoldType.UNREAD_FACT: "ISA[1]/GS[1]/ST[1], MSG at segment 11, MSG: nobody acts on it"},
            id="a message in a purchase order",
        ),
    ],
)
async def test_an_order_is_taken_as_it_stands_and_held_for_what_nobody_acts_on(
    world: World, account: tuple[str, str], content: bytes, units: int, total: int, holds: dict[HoldType, str]
) -> None:
    taken = await read(world, account[0], content, account[1])

    assert (taken.state, taken.problems) == (DocumentState.TAKEN, ())
    case = await world.case(taken.order_ids[0])
    assert ([line.quantity for line in case.order.lines], case.order.total_minor) == ([units], total)
    assert {hold.type for hold in case.holds} == holds.keys()
    for hold in case.holds:
        assert holds[hold.type] in hold.reason
    assert case.order.state is (OrderState.PLACED if holds else OrderState.CONFIRMED)


async def test_an_order_held_for_a_fact_goes_on_once_a_person_has_seen_to_it(world: World) -> None:
    taken = await read(world, SHOP[0], an_order(gift_wrap=True), SHOP[1])
    await world.advance(timedelta(days=1))
    (hold,) = (await world.case(taken.order_ids[0])).holds
    assert await world.exceptions() == ["ON_HOLD"]

    await world.ask(RESOLVE_HOLD, HoldDecision(hold.order_id, hold.hold_id, HoldStatus.RESOLVED))
    await world.advance(timedelta(days=3))

    assert (await world.case(taken.order_ids[0])).order.state is OrderState.CLOSED
    assert await world.exceptions() == []
