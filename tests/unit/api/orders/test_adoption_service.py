"""AdoptionService over gRPC: chunks with an answer per order, a report, and the same without changing anything."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from typing import Any
from uuid import uuid4

from google.protobuf.timestamp_pb2 import Timestamp

from crossdock.common.v1 import errors_pb2
from crossdock.orders.v1 import adoption_service_pb2 as pb
from crossdock.orders.v1 import orders_pb2
from tests.support.world import TUESDAY
from tests.unit.api.serving import Served, euros, placing

RPC = "AdoptionService.AdoptOrders"


def adopting(reference: str, reserved: int = 2, shipped: int = 0, **changes: Any) -> pb.AdoptOrderRequest:
    """An order of one line at 50.00 and 5.00 of shipping, its card authorized."""
    request = pb.AdoptOrderRequest(request_id=changes.pop("request_id", str(uuid4())))
    request.order.order.CopyFrom(placing(reference, quantity=reserved + shipped, **changes).order)
    if reserved:
        request.order.units.add(
            line_number=1, state=orders_pb2.SLICE_STATE_RESERVED, quantity=reserved, node_id="DC-NL"
        )
    if shipped:
        at = Timestamp()
        at.FromDatetime(TUESDAY)
        parcel = request.order.shipments.add(shipment_reference="P1", node_id="DC-NL", ship_time=at)
        parcel.lines.add(line_number=1, quantity=shipped)
    captured = 50 * shipped + (5 if shipped else 0)
    request.order.money.add(
        instrument_number=1, authorized=euros(50 * (reserved + shipped) + 5), captured=euros(captured)
    )
    return request


async def adopt(
    hub: Served, *chunks: Sequence[pb.AdoptOrderRequest], dry_run: bool = False
) -> list[pb.AdoptOrdersResponse]:
    async def stream() -> AsyncIterator[pb.AdoptOrdersRequest]:
        for orders in chunks:
            yield pb.AdoptOrdersRequest(orders=orders, dry_run=dry_run)

    return [answer async for answer in hub.rpc(RPC)(stream())]


async def counted(hub: Served, table: str) -> int:
    (row,) = await hub.world.rows(f"SELECT count(*) AS rows FROM {table}")
    rows: int = row["rows"]
    return rows


async def test_a_stream_is_answered_per_order_and_reported_as_it_goes(hub: Served) -> None:
    await hub.world.stock("SHIRT", "DC-NL", 10)
    wrong = adopting("OLD-3")
    wrong.order.units[0].quantity = 3

    first, second = await adopt(hub, [adopting("OLD-1"), adopting("OLD-2", 1, 2)], [wrong])

    assert [one.WhichOneof("outcome") for one in first.results] == ["order", "order"]
    (refused,) = second.results
    assert (refused.channel_reference, refused.refusal.reason) == (
        "OLD-3",
        errors_pb2.ERROR_REASON_ADOPTED_UNITS_MISMATCH,
    )
    assert (first.report.taken_count, second.report.taken_count, second.report.held_count) == (2, 2, 2)
    assert dict(second.report.refused_counts) == {"ADOPTED_UNITS_MISMATCH": 1}
    (totals,) = second.report.totals
    assert (totals.ordered, totals.shipped) == (euros(260), euros(105))
    assert (totals.authorized, totals.settled) == (euros(260), euros(105))
    assert [(one.node_id, one.reserved, one.allocated) for one in second.report.claims] == [("DC-NL", 3, 0)]


async def test_a_dry_run_reports_what_the_run_then_does_and_changes_nothing(hub: Served) -> None:
    await hub.world.stock("SHIRT", "DC-NL", 5)
    free = (await hub.world.on_shelf("SHIRT", "DC-NL"))[0]
    orders = [
        adopting("OLD-1", free - 1),
        adopting("OLD-2", 1, 1),
        adopting("OLD-3", 1),
        adopting("OLD-4", 0, 2),
        adopting("OLD-5", 1, sku="NO-SUCH"),
    ]
    orders.append(orders[0])
    before = {table: await counted(hub, table) for table in ("orders", "event", "message", "stock_move", "posting")}

    rehearsed = await adopt(hub, orders[:2], orders[2:], dry_run=True)

    assert {table: await counted(hub, table) for table in before} == before
    done = await adopt(hub, orders[:2], orders[2:])
    assert rehearsed[-1].report == done[-1].report
    assert dict(done[-1].report.refused_counts) == {"ADOPTED_STOCK_MISSING": 1, "UNKNOWN_SKU": 1}
    outcomes = [[one.WhichOneof("outcome") for answer in run for one in answer.results] for run in (rehearsed, done)]
    assert outcomes[0] == outcomes[1] == ["order", "order", "refusal", "order", "refusal", "order"]


async def test_a_repeated_request_gets_the_same_order(hub: Served) -> None:
    await hub.world.stock("SHIRT", "DC-NL", 10)
    request = adopting("OLD-1")

    (first,) = await adopt(hub, [request, request])
    (again,) = await adopt(hub, [request])

    assert len({one.order.order_id for one in [*first.results, *again.results]}) == 1
    assert await counted(hub, "orders") == 1


async def test_a_thousand_orders_are_adopted_and_the_audit_is_clean(hub: Served) -> None:
    await hub.world.stock("SHIRT", "DC-NL", 5000)
    orders = [adopting(f"OLD-{number}", number % 3 + 1, number % 2) for number in range(1000)]

    answers = await adopt(hub, *[orders[start : start + 32] for start in range(0, 1000, 32)])

    assert answers[-1].report.taken_count == 1000
    assert answers[-1].report.claims[0].reserved == sum(number % 3 + 1 for number in range(1000))
    assert await hub.world.audit() == []
