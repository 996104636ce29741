"""No field of a shipment report is taken and forgotten: partners read it, or it changes how the report is answered."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Final
from uuid import UUID, uuid4

from crossdock.fulfillment.v1 import fulfillment_pb2 as pb
from tests.support.world import TUESDAY
from tests.unit.api.serving import Served, placing
from tests.walks.fields import put, value_paths
from tests.walks.outside import listening

SHOP, CARRIER = "channel.ReportProgress", "transport.RegisterParcel"
SILENT: Final = {f"{step}_after_minutes": 99_000 for step in ("acknowledge", "pick", "pack", "ship")}

CARRIED: Final[Mapping[str, tuple[object, str]]] = {
    "shipment_reference": ("PARCEL-77", SHOP),
    "tracking_number": ("TRACK-77", CARRIER),
    "lines.line_number": (3, SHOP),
    "lines.quantity": (7, SHOP),
    "occur_time": (int((TUESDAY + timedelta(minutes=20)).timestamp()), CARRIER),
    "packages.package_reference": ("00340123450000000017", SHOP),
    "packages.kind": ("CRATE", SHOP),
    "packages.tracking_number": ("TRACK-78", SHOP),
    "packages.lines.line_number": (3, SHOP),
    "packages.lines.quantity": (7, SHOP),
    "carrier_code": ("FAST", SHOP),
    "carrier_name": ("Fast Parcels", SHOP),
    "weight_grams": (1234, SHOP),
    "tracking_url": ("https://fast.example/77", SHOP),
}
"""Path -> (value, rpc of a partner that reads it); an instant's value is in seconds."""


def _by_reference(report: pb.ShipmentReport) -> None:
    report.fulfillment_order_id = ""


def _numbered(report: pb.ShipmentReport) -> None:
    report.sequence.source, report.sequence.number = "floor", 1


Change = Callable[[pb.ShipmentReport], object]

OBEYED: Final[Mapping[str, tuple[Change, Change]]] = {
    "fulfillment_order_id": (
        lambda report: report.ClearField("order_reference"),
        lambda report: setattr(report, "fulfillment_order_id", str(UUID(int=7))),
    ),
    "order_reference.channel_id": (
        _by_reference,
        lambda report: setattr(report.order_reference, "channel_id", "WEB-DE"),
    ),
    "order_reference.channel_reference": (
        _by_reference,
        lambda report: setattr(report.order_reference, "channel_reference", "other"),
    ),
    "order_reference.node_id": (_by_reference, lambda report: setattr(report.order_reference, "node_id", "ST-AMS")),
    "sequence.number": (_numbered, lambda report: setattr(report.sequence, "number", 9)),
    "sequence.source": (_numbered, lambda report: setattr(report.sequence, "source", "other")),
}
"""Path -> (what two reports have, what one of them has otherwise): they are answered otherwise.

The last one rests on the one before: its feed has seen number 1.
"""


def test_each_field_of_a_shipment_report_is_carried_or_obeyed() -> None:
    assert sorted([*CARRIED, *OBEYED]) == value_paths(pb.ShipmentReport())


async def test_what_partners_are_to_read_of_a_shipment_reaches_them(hub: Served) -> None:
    await hub.world.network(profiles={"wms": SILENT})
    with listening() as outside:
        request = placing()
        for _ in range(2):
            request.order.lines.add().CopyFrom(request.order.lines[0])
        request.order.lines[2].quantity = 7
        report = await reported(hub, request)
        for path, (value, _) in CARRIED.items():
            put(report, path, value)
        await hub.world.advance(timedelta(hours=1))
        await answered(hub, report)
        await hub.world.settle()

    unread = {path: row for path, row in CARRIED.items() if row[1] not in outside.readers(row[0])}
    assert not unread


async def test_what_a_shipment_report_has_otherwise_is_answered_otherwise(hub: Served) -> None:
    await hub.world.network(profiles={"wms": SILENT})
    alike = []
    for path, (given, changed) in {"nothing": (_by_reference, _by_reference), **OBEYED}.items():
        answers = []
        for change in (given, changed):
            report = await reported(hub, placing(reference=str(uuid4()), quantity=1))
            given(report)
            change(report)
            answers.append(await answered(hub, report))
        alike += [path] if answers[0] == answers[1] else []

    assert alike == ["nothing"]


async def reported(hub: Served, request: object) -> pb.ShipmentReport:
    """Place an order and return the report of its shipment, with all that names it."""
    order = (await hub.rpc("OrderService.PlaceOrder", "channel")(request)).order
    await hub.world.settle()
    case = await hub.world.case(UUID(order.order_id))
    report = pb.ShipmentReport(shipment_reference="P-1")
    report.fulfillment_order_id = str(case.fulfillment_orders[0].fulfillment_order_id)
    name = report.order_reference
    name.channel_id, name.channel_reference, name.node_id = order.channel_id, order.channel_reference, "DC-NL"
    return report


async def answered(hub: Served, report: pb.ShipmentReport) -> str:
    """Report a shipment and return which answer it gets, with the reason of a refusal."""
    request = pb.RecordShipmentsRequest(request_id=str(uuid4()), reports=[report])
    (result,) = (await hub.rpc("FulfillmentService.RecordShipments", "warehouse")(request)).results
    return f"{result.WhichOneof('outcome')} {result.refusal.reason}"
