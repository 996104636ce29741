"""What an order must be before the hub takes it: each flaw is refused by its own reason and the name of its field."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import grpc
import pytest

from crossdock.catalog.v1 import catalog_pb2
from crossdock.network.v1 import network_pb2
from crossdock.orders.v1 import order_service_pb2 as pb
from crossdock.orders.v1 import orders_pb2
from tests.support.drafts import item
from tests.support.world import TUESDAY
from tests.unit.api.serving import Served, euros, placing, refusal

Change = Callable[[Any], None]
INVALID = "INVALID_FIELD"
DAY = timedelta(days=1)


def stated(**fields: str) -> Change:
    def change(order: Any) -> None:
        for name, value in fields.items():
            setattr(order, name, value)

    return change


def window(**ends: datetime) -> Change:
    def change(order: Any) -> None:
        for name, at in ends.items():
            getattr(order.lines[0], f"{name}_time").FromDatetime(at)

    return change


def placed_in_year_1(order: Any) -> None:
    order.placed_time.FromSeconds(-62_135_596_800)


def ends_in_year_9999(order: Any) -> None:
    order.lines[0].ship_not_after_time.FromSeconds(253_402_300_799)


def to_country(code: str) -> Change:
    def change(order: Any) -> None:
        order.customer.address.country_code = code

    return change


def tax_above_its_line(order: Any) -> None:
    order.lines[0].unit_price.CopyFrom(euros(5))
    order.lines[0].quantity = 1
    order.lines[0].taxes.add(amount=euros(6), included=True)


def tax_above_its_charge(order: Any) -> None:
    order.charges[0].taxes.add(amount=euros(6), included=True)


def card_without_token(order: Any) -> None:
    order.instruments[0].token = ""


def many(part: str, **fields: str) -> Change:
    def change(order: Any) -> None:
        for _ in range(2):
            getattr(order, part).add(amount=euros(9_999_999_999_999, 990_000_000), **fields)

    return change


def too_many(order: Any) -> None:
    for _ in range(1_000):
        order.charges.add(code="EXTRA", amount=euros(1))


FLAWS: dict[str, tuple[Change, str, list[str]]] = {
    "a currency on no list": (stated(currency_code="ZZZ"), INVALID, ["order.currency_code"]),
    "the code for no currency": (stated(currency_code="XXX"), INVALID, ["order.currency_code"]),
    "an incoterm that is none": (stated(incoterm="BANANA"), INVALID, ["order.incoterm"]),
    "a language that is none": (stated(language_code="!!!"), INVALID, ["order.language_code"]),
    "a country on no list": (to_country("ZZ"), INVALID, ["order.customer.address.country_code"]),
    "a tax of 6.00 contained in 5.00": (tax_above_its_line, INVALID, ["order.lines[0].taxes"]),
    "a tax of 6.00 contained in a charge of 5.00": (tax_above_its_charge, INVALID, ["order.charges[0].taxes"]),
    "a card that the hub holds without token": (card_without_token, INVALID, ["order.instruments[0].token"]),
    "more charges than any order has": (too_many, INVALID, ["order.charges"]),
    "charges that no sum can hold": (many("charges", code="EXTRA"), INVALID, ["order.charges"]),
    "taxes that no sum can hold": (many("taxes"), INVALID, ["order.taxes"]),
    "a window that ends before it begins": (
        window(ship_not_before=TUESDAY + 3 * DAY, ship_not_after=TUESDAY + DAY),
        INVALID,
        ["order.lines[0].ship_not_after_time"],
    ),
    "placed in the year 1": (placed_in_year_1, INVALID, ["order.placed_time"]),
    "a window that ends in the year 9999": (ends_in_year_9999, INVALID, ["order.lines[0].ship_not_after_time"]),
    "to be canceled since yesterday": (window(cancel_after=TUESDAY - DAY), "SHIP_WINDOW_PASSED", []),
    "to be shipped by yesterday": (window(ship_not_after=TUESDAY - DAY), "SHIP_WINDOW_PASSED", []),
    "a country that no lane leads to": (to_country("NZ"), "NO_ROUTE", []),
    "a service that nobody offers": (stated(service_code="TELEPORT"), "NO_ROUTE", []),
    "no address": (lambda order: order.customer.ClearField("address"), "NO_ROUTE", []),
}


@pytest.mark.parametrize("flaw", FLAWS)
async def test_a_flawed_order_is_refused_by_its_reason_and_field(hub: Served, flaw: str) -> None:
    change, reason, fields = FLAWS[flaw]
    request = placing()
    change(request.order)

    assert (await refused(hub, request))[1:] == (reason, fields)


async def refused(hub: Served, request: pb.PlaceOrderRequest) -> tuple[grpc.StatusCode, str, list[str]]:
    with pytest.raises(grpc.aio.AioRpcError) as error:
        await hub.rpc("OrderService.PlaceOrder", "channel")(request)
    return refusal(error.value)


@pytest.mark.parametrize(
    ("ordered", "reason"), [("BX", "UNIT_MISMATCH"), ("CS", "UNIT_MISMATCH"), ("KGM", "UNIT_MISMATCH")]
)
async def test_an_item_kept_in_pieces_is_not_sold_in_another_unit(hub: Served, ordered: str, reason: str) -> None:
    request = placing(quantity=3)
    request.order.lines[0].unit_code = ordered

    assert (await refused(hub, request))[1] == reason
    assert await hub.world.on_shelf("SHIRT", "DC-NL") == (20, 0, 0)


@pytest.mark.parametrize("ordered", ["", "EA", "C62", "H87"])
async def test_a_piece_is_a_piece_by_whatever_code(hub: Served, ordered: str) -> None:
    request = placing()
    request.order.lines[0].unit_code = ordered

    await hub.rpc("OrderService.PlaceOrder", "channel")(request)


async def test_an_item_that_ended_is_ordered_no_more_and_its_orders_are_still_known(hub: Served) -> None:
    standing = await hub.place(channel_reference="1")
    put = catalog_pb2.PutItemsRequest(request_id=str(hub.world.identity()))
    put.items.add(sku="SHIRT", title="Shirt", state=catalog_pb2.ITEM_STATE_ENDED)
    await hub.rpc("CatalogService.PutItems")(put)

    again = await hub.place(channel_reference="1")
    code, reason, _ = await refused(hub, placing("2"))

    assert again.order_id == standing.order_id
    assert (code, reason) == (grpc.StatusCode.FAILED_PRECONDITION, "ITEM_ENDED")


async def test_what_may_not_ship_yet_is_promised_after_that(hub: Served) -> None:
    request = placing()
    request.order.lines[0].ship_not_before_time.FromDatetime(TUESDAY + 30 * DAY)

    answer = await hub.rpc("OrderService.PlaceOrder", "channel")(request)

    assert answer.order.lines[0].promised_time.ToSeconds() > (TUESDAY + 30 * DAY).timestamp()


async def test_who_waits_for_a_lane_is_told_so_and_ships_once_there_is_one(hub: Served) -> None:
    await hub.world.items(item("SHIRT"))
    request = placing()
    request.order.service_code, request.order.shortage_policy = "TELEPORT", network_pb2.SHORTAGE_POLICY_BACKORDER
    placed = (await hub.rpc("OrderService.PlaceOrder", "channel")(request)).order
    await hub.world.settle()
    (waiting,) = await hub.world.rows("SELECT reason, detail, suggested_command FROM exception_record")

    got = await hub.rpc("NetworkService.GetNetwork")(network_pb2.GetNetworkRequest())
    put = network_pb2.PutNetworkRequest(request_id=str(hub.world.identity()), network=got.network)
    lane = next(one for one in got.network.lanes if one.from_node_id == "DC-NL" and one.to_country_code == "NL")
    put.network.lanes.add().CopyFrom(lane)
    put.network.lanes[-1].service_code = "TELEPORT"
    await hub.rpc("NetworkService.PutNetwork")(put)
    await hub.world.settle()

    assert (waiting["reason"], waiting["suggested_command"]) == ("NO_ROUTE", "crossdock load network FILE")
    assert all(word in waiting["detail"] for word in ("DC-NL", "TELEPORT", "NL"))
    assert await hub.world.exceptions() == []
    case = await hub.world.case(UUID(placed.order_id))
    assert case.fulfillment_orders
    assert placed.state == orders_pb2.ORDER_STATE_PLACED
