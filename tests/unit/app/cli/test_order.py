"""One order for a person: found by id or reference, shown whole, canceled, released from holds, traced."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from google.protobuf.timestamp_pb2 import Timestamp
from google.type.money_pb2 import Money

from crossdock.fulfillment.v1 import fulfillment_pb2
from crossdock.orders.v1 import order_service_pb2, orders_pb2
from crossdock.payments.v1 import payments_pb2
from crossdock.promising.v1 import promising_pb2
from hub.observability.spans import Span, line_of
from tests.unit.app.cli.pretend import Crossdock, PretendHub

ORDER = "01a204dc-af31-70aa-acb0-4c71b22f38d5"
HOLD = "01a204dc-af31-70aa-acb0-000000000009"
AT = Timestamp(seconds=1_794_902_400)


def euros(units: int) -> Money:
    return Money(currency_code="EUR", units=units)


def sliced(quantity: int, state: orders_pb2.SliceState, node: str = "") -> orders_pb2.LineSlice:
    return orders_pb2.LineSlice(quantity=quantity, state=state, node_id=node)


@pytest.fixture
def hub_with_order(hub: PretendHub) -> PretendHub:
    line = orders_pb2.OrderLine(
        line_number=1,
        sku="BAG",
        quantity=10,
        line_total=euros(450),
        promised_time=AT,
        ship_not_before_time=AT,
        slices=[sliced(7, orders_pb2.SLICE_STATE_SHIPPED, "DC-NL"), sliced(3, orders_pb2.SLICE_STATE_BACKORDERED)],
    )
    hold = orders_pb2.Hold(
        hold_id=HOLD, type=orders_pb2.HOLD_TYPE_MANUAL, status=orders_pb2.HOLD_STATUS_ACTIVE, reason="5.00 EUR differ"
    )
    order = orders_pb2.Order(
        order_id=ORDER,
        channel_id="WEB-NL",
        channel_reference="5001002",
        state=orders_pb2.ORDER_STATE_CONFIRMED,
        version=4,
        lines=[line],
        charges=[orders_pb2.Charge(code="SHIPPING", amount=euros(7))],
        discounts=[orders_pb2.Discount(code="SPRING", amount=euros(3))],
        taxes=[orders_pb2.Tax(title="VAT", rate="0.21", amount=euros(4))],
        stated_totals=orders_pb2.StatedTotals(grand_total=euros(462)),
        update_time=AT,
        grand_total=euros(457),
        placed_time=AT,
        holds=[hold],
        trace_id=ORDER.replace("-", ""),
    )
    paid = payments_pb2.GetPaymentsResponse(
        instruments=[
            payments_pb2.Instrument(
                kind="CARD", holder=orders_pb2.INSTRUMENT_HOLDER_HUB, amount=euros(457), captured=euros(322)
            )
        ],
        captured=euros(322),
        receivable=euros(0),
    )
    parcel = fulfillment_pb2.Shipment(
        state=fulfillment_pb2.SHIPMENT_STATE_IN_TRANSIT,
        tracking_number="TRK1",
        lines=[fulfillment_pb2.FulfillmentLine(sku="BAG", quantity=7)],
    )
    work = fulfillment_pb2.FulfillmentOrder(
        node_id="DC-NL", state=fulfillment_pb2.FULFILLMENT_ORDER_STATE_SHIPPED, shipments=[parcel]
    )
    entry = order_service_pb2.TimelineEntry(occur_time=AT, type="OrderPlaced", summary="It was placed.")
    hub.answers |= {
        "OrderService.GetOrder": order_service_pb2.GetOrderResponse(order=order),
        "OrderService.ListOrders": order_service_pb2.ListOrdersResponse(orders=[order]),
        "OrderService.GetTimeline": order_service_pb2.GetTimelineResponse(entries=[entry]),
        "PaymentService.GetPayments": paid,
        "FulfillmentService.ListFulfillmentOrders": fulfillment_pb2.ListFulfillmentOrdersResponse(
            fulfillment_orders=[work]
        ),
        "OrderService.CancelLines": order_service_pb2.CancelLinesResponse(canceled_quantity=3, requested_quantity=1),
        "OrderService.ResolveHold": order_service_pb2.ResolveHoldResponse(),
    }
    return hub


@pytest.mark.usefixtures("hub_with_order")
def test_an_order_is_shown_whole(crossdock: Crossdock) -> None:
    ran = crossdock("order", ORDER)

    assert ran.code == 0
    for told in (
        "WEB-NL 5001002   CONFIRMED   457.00 EUR",
        "7 SHIPPED at DC-NL, 3 BACKORDERED",
        "SHIPPING",
        "placed 2026-11-17 08:00:00 UTC, changed 2026-11-17 08:00:00 UTC",
        "line 1: ships not before 2026-11-17 08:00:00 UTC\n",
        "order: stated total 462.00 EUR, discount SPRING 3.00 EUR, tax VAT 0.21 4.00 EUR\n",
        "captured 322.00 EUR",
        "IN_TRANSIT",
        "TRK1",
        "MANUAL on hold: 5.00 EUR differ",
        f"crossdock order {ORDER} --resolve {HOLD}",
        "It was placed.",
    ):
        assert told in ran.out
    assert "invoiced" not in ran.out


@pytest.mark.usefixtures("hub_with_order")
def test_a_program_gets_all_of_it_as_json(crossdock: Crossdock) -> None:
    told = crossdock("order", ORDER, "--json").json()

    assert set(told) == {"order", "payments", "fulfillment_orders", "timeline"}
    assert told["order"]["lines"][0]["slices"][0]["node_id"] == "DC-NL"


def test_ways_to_deliver_are_shown_with_the_nodes_that_could_not(hub: PretendHub, crossdock: Crossdock) -> None:
    quote = promising_pb2.PromiseQuote(lines=[promising_pb2.PromiseLine(sku="SHIRT", quantity=2)], expire_time=AT)
    option = quote.options.add(number=1, mode=promising_pb2.DELIVERY_MODE_NOW, service_code="STANDARD")
    option.deliver_from_time.CopyFrom(AT)
    option.deliver_by_time.CopyFrom(AT)
    option.delivery_fee.CopyFrom(Money(currency_code="EUR", units=3))
    option.parts.add(sku="SHIRT", quantity=2, node_id="DC-NL", ship_time=AT)
    excluded = promising_pb2.EXCLUSION_REASON_NO_ROUTE
    names = ["DC-UK", *(f"ST-{number}" for number in range(10, 16))]
    quote.nodes.add(service_code="STANDARD", node_ids=names, exclusion=excluded, detail="no STANDARD lane to NL")
    hub.answers["PromisingService.QuotePromises"] = promising_pb2.QuotePromisesResponse(quotes=[quote])

    ran = crossdock("promise", "SHIRT:2", "MUG", "--channel", "WEB-NL", "--to", "nl")

    (asked,) = hub.requests("PromisingService.QuotePromises")
    assert [(line.sku, line.quantity) for line in asked.lines] == [("SHIRT", 2), ("MUG", 1)]
    assert (asked.channel_id, asked.to_country_code) == ("WEB-NL", "NL")
    shown = ("NOW", "2026-11-17", "3.00 EUR", "2 SHIRT from DC-NL", "NO_ROUTE: no STANDARD lane to NL", "and 2 more")
    assert all(text in ran.out for text in shown)
    assert crossdock("promise", "SHIRT:some", "--channel", "WEB-NL", "--to", "NL").code == 2

    quote.wish_answer.outcome, quote.wish_answer.detail = promising_pb2.WISH_OUTCOME_CALENDAR, "nothing is delivered"
    hub.answers["PromisingService.QuotePromises"] = promising_pb2.QuotePromisesResponse(quotes=[quote])
    wished = crossdock("promise", "SHIRT:2", "--channel", "WEB-NL", "--to", "NL", "--wished", "2026-11-22")
    assert hub.requests("PromisingService.QuotePromises")[-1].wish.day == "2026-11-22"
    assert "The wished day cannot be kept (CALENDAR): nothing is delivered. The nearest days" in wished.out


def test_an_order_is_found_by_the_channels_reference(hub_with_order: PretendHub, crossdock: Crossdock) -> None:
    assert crossdock("order", "5001002").code == 0
    assert hub_with_order.requests("OrderService.ListOrders")[0].channel_reference == "5001002"


@pytest.mark.parametrize(("count", "reason"), [(0, "ORDER_NOT_FOUND"), (2, "SEVERAL_ORDERS")])
def test_a_reference_of_none_or_of_several_orders_is_said_so(
    hub: PretendHub, crossdock: Crossdock, count: int, reason: str
) -> None:
    found = [orders_pb2.Order(order_id=ORDER, channel_id=f"SHOP-{number}") for number in range(count)]
    hub.answers["OrderService.ListOrders"] = order_service_pb2.ListOrdersResponse(orders=found)

    ran = crossdock("order", "5001002")

    assert (ran.code, ran.err.split(":")[0]) == (1, reason)


def test_units_are_canceled(hub_with_order: PretendHub, crossdock: Crossdock) -> None:
    ran = crossdock("order", ORDER, "--cancel", "--line", "1:3", "--line", "2:1", "--reason", "changed her mind")

    (request,) = hub_with_order.requests("OrderService.CancelLines")
    assert [(one.line_number, one.quantity) for one in request.lines] == [(1, 3), (2, 1)]
    assert request.reason == "changed her mind"
    assert ran.out.startswith("3 units canceled, for 1 unit a node was asked.")


@pytest.mark.parametrize(
    ("flag", "status"), [("--resolve", orders_pb2.HOLD_STATUS_RESOLVED), ("--reject", orders_pb2.HOLD_STATUS_REJECTED)]
)
def test_a_hold_is_ended(hub_with_order: PretendHub, crossdock: Crossdock, flag: str, status: int) -> None:
    crossdock("order", ORDER, flag, HOLD, "--note", "looked at")

    (request,) = hub_with_order.requests("OrderService.ResolveHold")
    assert (request.hold_id, request.status, request.note) == (HOLD, status, "looked at")


@pytest.mark.usefixtures("hub_with_order")
def test_the_trace_is_drawn_from_the_files_of_this_machine(crossdock: Crossdock, tmp_path: Path) -> None:
    traces = tmp_path / "data" / "traces"
    traces.mkdir(parents=True)
    trace = ORDER.replace("-", "")
    (traces / "api.jsonl").write_text(line_of(Span(trace, "a" * 16, "", "place_orders", "api", 0, 5_000_000)) + "\n")
    call = Span(trace, "b" * 16, "a" * 16, "payment.authorize", "worker", 6_000_000, 9_000_000, {"outcome": "DONE"})
    (traces / "worker.jsonl").write_text(line_of(call) + "\n")

    first, second = crossdock("order", ORDER, "--trace").out.splitlines()

    assert first.startswith("place_orders")
    assert second.startswith("└─ payment.authorize")
    assert second.endswith("DONE")


@pytest.mark.usefixtures("hub_with_order")
def test_a_trace_that_is_not_here_is_said_to_be_elsewhere(crossdock: Crossdock) -> None:
    ran = crossdock("order", ORDER, "--trace")

    assert (ran.code, ran.err.split(":")[0]) == (1, "NO_TRACE")


def test_orders_are_listed_by_every_filter(hub_with_order: PretendHub, crossdock: Crossdock) -> None:
    filters: dict[str, Any] = {
        "--channel": "WEB-NL",
        "--reference": "5001002",
        "--email": "ann@example.com",
        "--sku": "BAG",
        "--tracking": "TRK1",
        "--node": "DC-NL",
        "--exception": "*",
        "--state": "confirmed",
        "--since": "2026-11-17T09:00:00+01:00",
        "--before": "2026-11-18T08:00:00Z",
        "--changed-since": "2026-11-17T08:00:01Z",
    }

    ran = crossdock("orders", *(word for pair in filters.items() for word in pair))

    (request,) = hub_with_order.requests("OrderService.ListOrders")
    assert (request.channel_id, request.channel_reference, request.email) == ("WEB-NL", "5001002", "ann@example.com")
    assert (request.sku, request.tracking_number, request.node_id) == ("BAG", "TRK1", "DC-NL")
    assert (request.exception_reason, request.state) == ("*", orders_pb2.ORDER_STATE_CONFIRMED)
    placed = request.placed_since_time.seconds, request.placed_before_time.seconds
    assert placed == (AT.seconds, AT.seconds + 24 * 3600)
    assert request.changed_since_time.seconds == AT.seconds + 1
    assert "MANUAL: 5.00 EUR differ" in ran.out
