"""PromisingService over gRPC, and orders that name a kept quote."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import grpc
import pytest

from crossdock.network.v1 import network_pb2
from crossdock.orders.v1 import order_service_pb2
from crossdock.promising.v1 import promising_pb2 as pb
from hub.api.stock.supply_changes import PUT_PROTECTIONS
from hub.inventory.model.supply import Protection, ProtectionChange
from tests.unit.api.serving import Served, placing, refusal


def asking(
    units: int = 2, *, to_country_code: str = "NL", sku: str = "SHIRT", **changes: Any
) -> pb.QuotePromisesRequest:
    """A question about shirts."""
    values: dict[str, Any] = {"channel_id": "WEB-NL", "to_country_code": to_country_code} | changes
    return pb.QuotePromisesRequest(lines=[pb.PromiseLine(sku=sku, quantity=units)], **values)


def wishing(day: str) -> pb.QuotePromisesRequest:
    """The same for a day."""
    question = asking()
    question.wish.day = day
    return question


def freezing(question: pb.QuotePromisesRequest, **changes: Any) -> pb.FreezePromiseRequest:
    """A request to keep a quote."""
    return pb.FreezePromiseRequest(request_id=str(uuid4()), question=question, **changes)


async def frozen(hub: Served, question: pb.QuotePromisesRequest, principal: str = "channel") -> pb.PromiseQuote:
    quote: pb.PromiseQuote = (await hub.rpc("PromisingService.FreezePromise", principal)(freezing(question))).quote
    return quote


async def refused(call: Any) -> tuple[grpc.StatusCode, str, list[str]]:
    with pytest.raises(grpc.aio.AioRpcError) as error:
        await call
    return refusal(error.value)


async def test_what_is_asked_decides_what_is_quoted(hub: Served) -> None:
    change = ProtectionChange(hub.world.identity(), Protection("DC-NL", "SHIRT", "", "B2B", 18))
    await hub.world.ask(PUT_PROTECTIONS, change)

    near, far = await frozen(hub, asking()), await frozen(hub, asking(to_country_code="DE"))
    many, business = await frozen(hub, asking(3)), await frozen(hub, asking(3, demand_class="B2B"))
    services = await frozen(hub, asking(service_codes=["EXPRESS", "STANDARD"]))

    assert far.options[0].deliver_by_time.seconds > near.options[0].deliver_by_time.seconds
    assert (len(many.options), len(business.options)) == (0, 1)
    assert {node.service_code for node in services.nodes} == {"EXPRESS", "STANDARD"}
    for question, reason in (
        (asking(channel_id="WEB-XX"), "UNKNOWN_CHANNEL"),
        (asking(sku="TROUSERS"), "UNKNOWN_SKU"),
        (asking(each_line_alone=True), "INVALID_FIELD"),
    ):
        assert (await refused(frozen(hub, question)))[1] == reason


async def test_a_place_that_goods_travel_to_for_longer_is_promised_a_later_day(hub: Served) -> None:
    near = (await frozen(hub, asking())).options[0].deliver_by_time
    network = (await hub.rpc("NetworkService.GetNetwork")(network_pb2.GetNetworkRequest())).network
    lane = network.lanes.add()
    lane.CopyFrom(next(one for one in network.lanes if (one.from_node_id, one.to_country_code) == ("DC-NL", "NL")))
    lane.to_country_code, lane.to_zone_id, lane.transit_days = "", "ISLANDS", 5
    zone = network.zones.add(zone_id="ISLANDS")
    zone.areas.add(country_code="NL", postal_prefix="8899")
    zone.areas.add(country_code="NL", region_code="FR")
    put = network_pb2.PutNetworkRequest(request_id=str(uuid4()), network=network)
    await hub.rpc("NetworkService.PutNetwork")(put)

    places: list[dict[str, Any]] = [
        {"to_postal_code": "8899 AB"},
        {"to_region_code": "FR"},
        {"to_postal_code": "1015 AA"},
    ]
    found = [(await frozen(hub, asking(**place))).options[0].deliver_by_time for place in places]

    assert [one.seconds > near.seconds for one in found] == [True, True, False]


async def test_a_wished_day_decides_when_goods_leave_and_an_order_reads_it_back(hub: Served) -> None:
    plain = await frozen(hub, asking())
    friday, sunday = await frozen(hub, wishing("2026-11-20")), await frozen(hub, wishing("2026-11-22"))

    assert not plain.HasField("wish_answer")
    assert not plain.options[0].HasField("wish")
    assert friday.options[0].parts[0].ship_time.seconds - plain.options[0].parts[0].ship_time.seconds == 2 * 86_400
    assert (friday.wish_answer.outcome, friday.options[0].wish.day) == (pb.WISH_OUTCOME_KEPT, "2026-11-20")
    assert sunday.wish_answer.outcome == pb.WISH_OUTCOME_CALENDAR
    assert [option.wish.day for option in sunday.options] == ["2026-11-20", "2026-11-23"]
    assert (await refused(frozen(hub, wishing("2026-02-30"))))[1] == "INVALID_FIELD"

    order = placing()
    order.order.wish.day = "2026-11-22"
    place = hub.rpc("OrderService.PlaceOrder", "channel")
    assert (await refused(place(order)))[1] == "WISH_NOT_KEPT"
    order.request_id, order.order.wish.day = str(uuid4()), "2026-11-20"
    placed = (await place(order)).order
    assert placed.wish.day == "2026-11-20"
    assert placed.lines[0].promised_time == friday.options[0].deliver_by_time


async def test_services_of_a_line_decide_which_nodes_are_quoted_and_an_order_reads_them_back(hub: Served) -> None:
    await hub.world.network(nodes={"DC-NL": {"skills": frozenset({"GIFT_WRAP"})}})
    question, order = asking(), placing(quantity=2)
    for line in (question.lines[0], order.order.lines[0]):
        line.value_added_services.append("GIFT_WRAP")

    wrapped = await frozen(hub, question)
    placed = (await hub.rpc("OrderService.PlaceOrder", "channel")(order)).order
    question.lines[0].value_added_services.append("ENGRAVING")

    assert [part.node_id for part in wrapped.options[0].parts] == ["DC-NL"]
    assert list(placed.lines[0].value_added_services) == ["GIFT_WRAP"]
    assert len((await frozen(hub, question)).options) == 0


async def test_a_quote_is_kept_once_and_an_order_that_names_it_reads_it_back(hub: Served) -> None:
    request = freezing(asking(), hold_stock=True)
    freeze = hub.rpc("PromisingService.FreezePromise", "channel")
    first, again = (await freeze(request)).quote, (await freeze(request)).quote
    order = placing(quantity=2)
    order.order.promise.quote_id, order.order.promise.option_number = first.quote_id, 7
    place = hub.rpc("OrderService.PlaceOrder", "channel")

    assert first == again
    assert await hub.world.on_shelf("SHIRT", "DC-NL") == (20, 2, 0)
    assert (await refused(place(order)))[1] == "QUOTE_MISMATCH"
    order.request_id, order.order.promise.option_number = str(uuid4()), 1
    placed = (await place(order)).order
    read = await hub.rpc("OrderService.GetOrder", "channel")(
        order_service_pb2.GetOrderRequest(order_id=placed.order_id)
    )
    assert read.order.promise == order.order.promise
    assert read.order.lines[0].promised_time == first.options[0].deliver_by_time
    assert list(read.order.reservation_ids) == list(first.reservation_ids) != []


async def test_a_quote_is_of_whoever_kept_it(hub: Served) -> None:
    quote = await frozen(hub, asking(), "service")
    order = placing(quantity=2)
    order.order.promise.quote_id, order.order.promise.option_number = quote.quote_id, 1

    reason = (await refused(hub.rpc("OrderService.PlaceOrder", "channel")(order)))[:2]

    assert reason == (grpc.StatusCode.NOT_FOUND, "QUOTE_NOT_FOUND")
