"""What partners tell when they are polled becomes reports, whole; what breaks the contract is named and kept apart."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from google.protobuf.json_format import ParseDict

from crossdock.fulfillment.v1 import fulfillment_pb2
from crossdock.partner.call.v1 import call_pb2
from crossdock.partner.warehouse.v1 import warehouse_pb2
from hub.fulfillment.lifecycle import ShipmentState
from hub.fulfillment.model import (
    Carriage,
    CarrierEvent,
    CollectionReport,
    FulfillmentLine,
    NodeAnswer,
    NodeReport,
    Package,
    ProgressKind,
    ProgressReport,
    Rejection,
    ShipmentReport,
    ShortReason,
    ShortReport,
)
from hub.kernel.errors import InvalidField
from hub.messages.updates import Pulled, UnreadUpdate, Update
from hub.outbox.model import Answer, Outcome
from hub.wire.instants import instant_to_pb
from hub.wire.partners import transport, warehouse
from hub.wire.partners.calls import pulled_from_pb
from tests.support.payloads import FULFILLMENT_ORDER, OTHER

AT = datetime(2026, 3, 3, 10, tzinfo=UTC)
FACTS = {"fulfillmentOrderId": FULFILLMENT_ORDER, "occurTime": "2026-03-03T09:00:00Z"}
WORKED = UUID(FULFILLMENT_ORDER)
EARLIER = AT - timedelta(hours=1)
LINES = {"lines": [{"lineNumber": 1, "sku": "X", "quantity": "2"}]}
WORKED_LINES = (FulfillmentLine(1, 2, "X"),)
PACKAGE = {"packageReference": "340123", "kind": "PALLET", "trackingNumber": "T1", **LINES}


@pytest.mark.parametrize(
    ("kind", "told", "report"),
    [
        (
            "acknowledgment",
            {**FACTS, "partnerReference": "R"},
            ProgressReport(WORKED, ProgressKind.ACKNOWLEDGED, EARLIER, partner_reference="R", waits=True),
        ),
        ("pick", {**FACTS, **LINES}, ProgressReport(WORKED, ProgressKind.PICKED, EARLIER, WORKED_LINES, waits=True)),
        ("pack", {**FACTS, **LINES}, ProgressReport(WORKED, ProgressKind.PACKED, EARLIER, WORKED_LINES, waits=True)),
        ("ready", {**FACTS, **LINES}, ProgressReport(WORKED, ProgressKind.READY, EARLIER, WORKED_LINES, waits=True)),
        ("collection", {**FACTS, "code": "01234567"}, CollectionReport(WORKED, "01234567", EARLIER)),
        (
            "shipment",
            {
                **FACTS,
                **LINES,
                "shipmentReference": "S",
                "trackingNumber": "T",
                "packages": [PACKAGE],
                "carrierCode": "DHLX",
                "weightGrams": "900",
            },
            ShipmentReport(
                WORKED,
                "S",
                EARLIER,
                "T",
                WORKED_LINES,
                (Package("340123", "PALLET", WORKED_LINES, "T1"),),
                waits=True,
                carriage=Carriage(carrier_code="DHLX", weight_grams=900),
            ),
        ),
        (
            "short",
            {**FACTS, **LINES, "reportReference": "R", "reason": "SHORT_REASON_DAMAGED"},
            ShortReport(WORKED, "R", EARLIER, WORKED_LINES, ShortReason.DAMAGED),
        ),
        ("rejection", {**FACTS, "reason": "closed"}, Rejection(WORKED, "closed", EARLIER)),
        ("rejection", {"fulfillmentOrderId": FULFILLMENT_ORDER, "reason": "closed"}, Rejection(WORKED, "closed", AT)),
        (
            "cancelDecision",
            {"operationKey": OTHER, "fulfillmentOrderId": FULFILLMENT_ORDER, "accepted": True},
            NodeAnswer(WORKED, UUID(OTHER), accepted=True, occurred_at=AT),
        ),
    ],
)
def test_a_warehouse_update_becomes_a_report(kind: str, told: Mapping[str, Any], report: NodeReport) -> None:
    message = ParseDict({"updateId": "u-1", kind: told}, warehouse_pb2.Update())

    update = warehouse.update_from_pb(message, AT)

    assert update == Update("u-1", str(message.WhichOneof("kind")).upper(), report)


def test_every_warehouse_update_of_the_contract_is_read() -> None:
    for field in warehouse_pb2.Update.DESCRIPTOR.oneofs_by_name["kind"].fields:
        told = {"fulfillmentOrderId": FULFILLMENT_ORDER}
        needed: dict[str, dict[str, Any]] = {
            "shipment": {"shipmentReference": "P"},
            "short": {"reportReference": "R", "reason": "SHORT_REASON_DAMAGED", **LINES},
            "rejection": {"reason": "closed"},
            "collection": {"code": "01234567"},
            "cancel_decision": {"operationKey": OTHER},
        }
        message = ParseDict({"updateId": "u", field.name: told | needed.get(field.name, {})}, warehouse_pb2.Update())

        assert isinstance(warehouse.update_from_pb(message, AT), Update), field.name


@pytest.mark.parametrize(
    ("told", "kind", "failure"),
    [
        ({}, "UNKNOWN", "UNKNOWN is not known to this version"),
        ({"pick": {"fulfillmentOrderId": "fo"}}, "PICK", "pick.fulfillment_order_id"),
        ({"pick": {}}, "PICK", "fulfillment_order_id is missing"),
        ({"pick": {**FACTS, "occurTime": "9999-12-31T00:00:00Z"}}, "PICK", "occur_time is not an instant"),
        ({"pick": {**FACTS, "lines": [{"lineNumber": 1, "quantity": "-2"}]}}, "PICK", "pick.lines[0].quantity"),
        ({"short": {**FACTS, **LINES, "reportReference": "R"}}, "SHORT", "short.reason"),
        ({"shipment": {**FACTS, "shipmentReference": "P", "trackingNumber": "T\0"}}, "SHIPMENT", "U+0000"),
        (
            {"rejection": {**FACTS, "reason": "4111 1111 1111 1111"}},
            "REJECTION",
            "rejection.reason holds a card number",
        ),
    ],
)
def test_a_warehouse_update_that_breaks_the_contract_says_where(
    told: Mapping[str, Any], kind: str, failure: str
) -> None:
    message = ParseDict({"updateId": "u-1", **told}, warehouse_pb2.Update())

    update = warehouse.update_from_pb(message, AT)

    assert isinstance(update, UnreadUpdate)
    assert (update.update_id, update.kind) == ("u-1", kind)
    assert failure in update.failure


def test_an_instant_that_no_calendar_has_makes_an_update_unread() -> None:
    message = ParseDict({"updateId": "u-1", "pick": FACTS}, warehouse_pb2.Update())
    message.pick.occur_time.seconds = 10**13

    assert isinstance(warehouse.update_from_pb(message, AT), UnreadUpdate)


def carrier_event(state: int) -> fulfillment_pb2.CarrierEvent:
    event = fulfillment_pb2.CarrierEvent(tracking_number="T", event_reference="e", occur_time=instant_to_pb(AT))
    event.MergeFromString(b"\x10" + bytes([state]))
    return event


def test_a_carrier_event_becomes_a_report() -> None:
    report = CarrierEvent(ShipmentState.IN_TRANSIT, AT, "T", reference="e", waits=True)

    assert transport.event_from_pb(carrier_event(4)) == Update("e", "CARRIER_EVENT", report)


def test_a_carrier_event_with_a_state_that_is_new_to_us_is_unread() -> None:
    update = transport.event_from_pb(carrier_event(77))

    assert isinstance(update, UnreadUpdate)
    assert (update.update_id, "state" in update.failure) == ("e", True)


def test_carrier_events_without_a_reference_are_told_apart_by_what_they_say() -> None:
    events = [carrier_event(state) for state in (4, 5, 77)]
    for event in events:
        event.event_reference = ""

    names = {transport.event_from_pb(event).update_id for event in events}

    assert len(names) == 3
    assert "" not in names


def test_pulls_say_where_and_when_to_go_on() -> None:
    pulled = ParseDict({"cursor": "9", "nextUpdateTime": "2026-03-03T11:00:00Z"}, call_pb2.Pulled())

    assert pulled_from_pb(["u"], pulled) == Answer(Outcome.DONE, Pulled(("u",), "9", AT + timedelta(hours=1)))
    assert pulled_from_pb(["u"], call_pb2.Pulled(cursor="9")).result.next_update_at is None


def test_a_next_time_that_is_none_is_not_known_and_a_cursor_that_cannot_be_kept_is_refused() -> None:
    pulled = call_pb2.Pulled(cursor="9")
    pulled.next_update_time.seconds = 10**13

    assert pulled_from_pb(["u"], pulled) == Answer(Outcome.DONE, Pulled(("u",), "9"))
    with pytest.raises(InvalidField):
        pulled_from_pb(["u"], call_pb2.Pulled(cursor="9\0"))
