"""`crossdock hold`: what is asked of the hub, and what is shown of its answer."""

from __future__ import annotations

from typing import Any

import pytest

from crossdock.orders.v1 import order_service_pb2, orders_pb2
from tests.unit.app.cli.pretend import Crossdock, PretendHub

ORDER = "01a204dc-af31-70aa-acb0-4c71b22f38d5"
HOLD = "01a204dc-af31-70aa-acb0-000000000009"
WORK = "01a204dc-af31-70aa-acb0-000000000007"


@pytest.fixture
def hub_with_holds(hub: PretendHub) -> PretendHub:
    scopes: dict[orders_pb2.HoldScope, dict[str, Any]] = {
        orders_pb2.HOLD_SCOPE_ORDER: {},
        orders_pb2.HOLD_SCOPE_LINE: {"line_number": 1, "quantity": 2},
        orders_pb2.HOLD_SCOPE_FULFILLMENT_ORDER: {"fulfillment_order_id": WORK},
        orders_pb2.HOLD_SCOPE_INSTRUMENT: {"instrument_number": 2},
    }
    holds = [orders_pb2.Hold(hold_id=HOLD, scope=scope, blocks=["ship"], **part) for scope, part in scopes.items()]
    order = orders_pb2.Order(order_id=ORDER, holds=holds)
    hub.answers |= {
        "OrderService.GetOrder": order_service_pb2.GetOrderResponse(order=order),
        "OrderService.PlaceHold": order_service_pb2.PlaceHoldResponse(order=order),
        "OrderService.ResolveHold": order_service_pb2.ResolveHoldResponse(order=order),
    }
    return hub


def test_units_of_a_line_are_held(hub_with_holds: PretendHub, crossdock: Crossdock) -> None:
    options = ["--line", "1:2", "--block", "ship", "--block", "capture", "--owner", "risk", "--type", "fraud"]
    ran = crossdock("hold", "place", ORDER, "--reason", "odd", *options, "--until", "2026-12-24T12:00:00Z")

    assert ran.code == 0
    (asked,) = hub_with_holds.requests("OrderService.PlaceHold")
    assert (asked.line_number, asked.quantity, list(asked.blocks)) == (1, 2, ["ship", "capture"])
    assert (asked.type, asked.owner, asked.reason) == (orders_pb2.HOLD_TYPE_FRAUD, "risk", "odd")
    assert asked.expire_time.seconds == 1_798_113_600


@pytest.mark.usefixtures("hub_with_holds")
def test_what_holds_are_of_is_listed(crossdock: Crossdock) -> None:
    told = crossdock("hold", "list", ORDER).out

    for part in ("the order", "2 units of line 1", f"fulfillment order {WORK}", "instrument 2"):
        assert part in told


def test_a_hold_is_ended(hub_with_holds: PretendHub, crossdock: Crossdock) -> None:
    crossdock("hold", "end", ORDER, HOLD, "--reject", "--note", "stolen")

    (asked,) = hub_with_holds.requests("OrderService.ResolveHold")
    assert (asked.hold_id, asked.status, asked.note) == (HOLD, orders_pb2.HOLD_STATUS_REJECTED, "stolen")
