"""Fulfillment orders, shipments and reports on the wire."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest

from crossdock.fulfillment.v1 import fulfillment_pb2 as pb
from hub.fulfillment.lifecycle import FulfillmentState, RequestKind, RequestState, ShipmentState
from hub.fulfillment.model import (
    AskedLine,
    CarrierEvent,
    FulfillmentLine,
    NodeRequest,
    ProgressKind,
    ProgressReport,
    Rejection,
    ShipmentReport,
    ShortReason,
    ShortReport,
)
from hub.kernel.errors import InvalidField
from hub.slices.lifecycle import SliceState
from hub.wire.fulfillment.fulfillment import (
    FULFILLMENT_STATES,
    SHIPMENT_STATES,
    SHORT_REASONS,
    acknowledgment_from_pb,
    carrier_event_from_pb,
    delivery_from_pb,
    fulfillment_order_to_pb,
    progress_from_pb,
    rejection_from_pb,
    seen_state,
    shipment_report_from_pb,
    shipment_to_pb,
    short_report_from_pb,
)
from hub.wire.instants import instant_to_pb
from tests.wire.cases import AT, PARCEL, WORK, case, fulfillment_order, shipment

S, F = SliceState, FulfillmentState
LATER = AT + timedelta(hours=3)
LINES = [pb.FulfillmentLine(line_number=1, quantity=2)]


def test_the_contract_has_every_state_of_the_room() -> None:
    assert not [state for state in F if state not in FULFILLMENT_STATES]
    assert not [state for state in ShipmentState if state not in SHIPMENT_STATES]
    assert not [reason for reason in ShortReason if reason not in SHORT_REASONS]


@pytest.mark.parametrize(
    ("stored", "slices", "shipped", "seen"),
    [
        (F.CREATED, [(S.ALLOCATED, 3)], 0, F.CREATED),
        (F.RELEASED, [(S.RELEASED, 3)], 0, F.RELEASED),
        (F.ACKNOWLEDGED, [(S.ACCEPTED, 3)], 0, F.ACKNOWLEDGED),
        (F.ACKNOWLEDGED, [(S.ACCEPTED, 2), (S.PICKED, 1)], 0, F.IN_PROGRESS),
        (F.RELEASED, [(S.RELEASED, 2), (S.SHIPPED, 1)], 1, F.IN_PROGRESS),
        (F.ACKNOWLEDGED, [(S.SHIPPED, 3)], 3, F.SHIPPED),
        (F.ACKNOWLEDGED, [(S.DELIVERED, 3)], 3, F.SHIPPED),
        (F.ACKNOWLEDGED, [(S.SHIPPED, 2)], 2, F.CLOSED_SHORT),
        (F.ACKNOWLEDGED, [], 0, F.CLOSED_SHORT),
        (F.REJECTED, [], 0, F.REJECTED),
        (F.CANCELED, [(S.CANCELED, 3)], 0, F.CANCELED),
    ],
)
def test_what_is_seen_follows_from_slices_and_parcels(
    stored: FulfillmentState, slices: list[tuple[SliceState, int]], shipped: int, seen: FulfillmentState
) -> None:
    parcels = [shipment(shipped)] if shipped else []

    assert seen_state(fulfillment_order(stored), case(*slices).slices, parcels) is seen


def test_a_fulfillment_order_is_shown_with_its_own_parcels() -> None:
    asked = NodeRequest(
        UUID(int=5), RequestKind.CANCEL, (AskedLine(1, 2, "A", 1),), AT, LATER, RequestState.LATE, LATER
    )
    order = fulfillment_order(partner_reference="W1", requests=(asked,))
    other = shipment(1, shipment_id=UUID(int=9), fulfillment_order_id=UUID(int=8))

    shown = fulfillment_order_to_pb(order, case((S.RELEASED, 2)).slices, [shipment(1), other])

    assert (shown.fulfillment_order_id, shown.node_id, shown.partner_reference) == (str(WORK), "DC-NL", "W1")
    assert shown.state == pb.FULFILLMENT_ORDER_STATE_IN_PROGRESS
    (request,) = shown.requests
    assert (request.request_id, request.kind) == (str(UUID(int=5)), pb.NODE_REQUEST_KIND_CANCEL)
    assert (request.state, request.deadline_time) == (pb.NODE_REQUEST_STATE_LATE, instant_to_pb(LATER))
    assert [(one.line_number, one.quantity, one.sku) for one in request.lines] == [(1, 2, "A")]
    assert [one.shipment_id for one in shown.shipments] == [str(PARCEL)]


def test_a_delivered_parcel_says_when() -> None:
    parcel = shipment(2, state=ShipmentState.DELIVERED, delivered_at=LATER)

    shown = shipment_to_pb(parcel)

    assert (shown.state, shown.deliver_time) == (pb.SHIPMENT_STATE_DELIVERED, instant_to_pb(LATER))
    assert [(one.line_number, one.quantity, one.sku) for one in shown.lines] == [(1, 2, "A")]


def test_reports_without_an_instant_happened_now() -> None:
    known = str(WORK)
    lines = (FulfillmentLine(1, 2),)

    assert acknowledgment_from_pb(
        pb.Acknowledgment(fulfillment_order_id=known, partner_reference="W1"), LATER
    ) == ProgressReport(WORK, ProgressKind.ACKNOWLEDGED, LATER, partner_reference="W1")
    assert progress_from_pb(
        pb.ProgressReport(fulfillment_order_id=known, lines=LINES), ProgressKind.PICKED, LATER
    ) == ProgressReport(WORK, ProgressKind.PICKED, LATER, lines)
    assert shipment_report_from_pb(
        pb.ShipmentReport(fulfillment_order_id=known, shipment_reference="P1", tracking_number="T1", lines=LINES), LATER
    ) == ShipmentReport(WORK, "P1", LATER, "T1", lines)
    assert rejection_from_pb(pb.Rejection(fulfillment_order_id=known, reason="closed"), LATER) == Rejection(
        WORK, "closed", LATER
    )


def test_what_a_node_knows_of_the_carriage_is_read_back() -> None:
    stated = {"carrier_code": "DHLX", "carrier_name": "DHL", "weight_grams": 900, "tracking_url": "https://c.example/1"}
    report = pb.ShipmentReport(fulfillment_order_id=str(WORK), shipment_reference="P1", **stated)  # type: ignore[arg-type]

    carriage = shipment_report_from_pb(report, AT).carriage
    shown = shipment_to_pb(shipment(1, carriage=carriage))

    assert {name: getattr(shown, name) for name in stated} == stated


def test_a_report_that_says_when_happened_then() -> None:
    message = pb.ShortReport(
        fulfillment_order_id=str(WORK), report_reference="S1", lines=LINES, reason=pb.SHORT_REASON_NOT_IN_STOCK
    )
    message.occur_time.CopyFrom(instant_to_pb(AT))

    assert short_report_from_pb(message, LATER) == ShortReport(
        WORK, "S1", AT, (FulfillmentLine(1, 2),), ShortReason.NOT_IN_STOCK
    )


def test_a_delivery_names_its_parcel_by_id_or_tracking_number() -> None:
    by_id = delivery_from_pb(pb.DeliveryReport(shipment_id=str(PARCEL)), AT)
    by_number = delivery_from_pb(pb.DeliveryReport(tracking_number="T1"), AT)

    assert by_id == CarrierEvent(ShipmentState.DELIVERED, AT, shipment_id=PARCEL)
    assert by_number == CarrierEvent(ShipmentState.DELIVERED, AT, tracking_number="T1", waits=True)


@pytest.mark.parametrize("message", [pb.DeliveryReport(), pb.DeliveryReport(shipment_id="17")])
def test_a_delivery_of_no_parcel_is_refused(message: pb.DeliveryReport) -> None:
    with pytest.raises(InvalidField):
        delivery_from_pb(message, AT)


def test_a_carriers_event_keeps_its_reference_and_page() -> None:
    url = "https://c.example/T1"
    message = pb.CarrierEvent(
        tracking_number="T1", state=pb.SHIPMENT_STATE_LOST, event_reference="E1", tracking_url=url
    )
    message.occur_time.CopyFrom(instant_to_pb(AT))

    assert carrier_event_from_pb(message) == CarrierEvent(
        ShipmentState.LOST, AT, "T1", reference="E1", waits=True, tracking_url=url
    )


def test_a_state_that_the_contract_lacks_is_refused() -> None:
    with pytest.raises(InvalidField) as refused:
        carrier_event_from_pb(pb.CarrierEvent(tracking_number="T1", state=99))  # type: ignore[arg-type]

    assert list(refused.value.metadata) == ["state"]
