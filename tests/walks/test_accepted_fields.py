"""No field of a request that changes something is taken and forgotten.

Each is carried (it arrives unchanged at a reader outside: a partner, a subscriber of the feed, a person who is told) or
obeyed (it changes a decision, an amount, an instant or a refusal), and a row names the test that shows it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from crossdock.fulfillment.v1 import fulfillment_pb2
from crossdock.orders.v1 import orders_pb2
from tests.walks import (
    accepted_network,
    accepted_orders,
    shown_orders,
    shown_reports,
    shown_returns,
    shown_setup,
    shown_stock,
    shown_values,
    shown_words,
    shown_work,
    test_accepted_shipments,
)
from tests.walks.shown import named, stated, unfounded

TABLES: Final = (
    shown_orders.OBEYED,
    shown_reports.OBEYED,
    shown_returns.OBEYED,
    shown_setup.CARRIED,
    shown_setup.OBEYED,
    shown_stock.OBEYED,
    shown_work.CARRIED,
    shown_work.OBEYED,
)
REPEATS: Final = "journeys/orders/test_repeats.py::test_a_request_repeated_under_its_id_is_answered_from_what_was_done"
"""Shows how `request_id` is obeyed, in whatever request it stands."""

NOT_SHOWN_YET: Final[Mapping[str, str]] = {
    "orders.v1.AdoptedHold": "reason",
    "orders.v1.AdoptedMoney": "authorization_reference capture_reference expire_time instrument_number",
    "orders.v1.AdoptedOrder": "resume_time",
    "orders.v1.AdoptedShipment": "deliver_time node_id ship_time shipment_reference tracking_number work_reference",
    "orders.v1.AdoptedUnits": "line_number node_id quantity work_reference",
    "returns.v1.CreditDraft": "resolution",
    "returns.v1.DisposedUnits": "disposition",
    "returns.v1.ExchangeDraft": "instrument_token",
    "returns.v1.InspectedUnits": "condition",
    "returns.v1.ReceivedUnits": "found_sku",
    "returns.v1.RefusalRule": "message",
    "returns.v1.ReturnDisposition": "occur_time report_reference",
    "returns.v1.ReturnDraft": "agreed_total",
    "returns.v1.ReturnInspection": "occur_time report_reference",
    "returns.v1.ReturnLineDraft": "reason",
    "returns.v1.ReturnPolicy": "channel_ids return_days shipping",
    "returns.v1.ReturnReceipt": "occur_time receipt_reference",
    "returns.v1.ReturnScan": "occur_time scan_reference",
    "returns.v1.ToteReceipt": "occur_time receipt_reference",
    "returns.v1.ToteShipment": "occur_time tracking_number",
    "rules.v1.AvailabilityRule": "rule_id",
    "rules.v1.AvailabilityScenario": "kind title",
}
"""Message -> fields of which no test shows yet what becomes of them. Entries leave; none comes."""


def test_each_field_of_a_change_is_carried_or_obeyed() -> None:
    rows = {field for table in TABLES for fields in table.values() for field in fields}
    order, report = orders_pb2.OrderDraft.DESCRIPTOR, fulfillment_pb2.ShipmentReport.DESCRIPTOR
    rows |= {
        named(order, path)
        for paths in (accepted_orders.CARRIED, accepted_orders.OBEYED, accepted_orders.SHOWN)
        for path in paths
    }
    rows |= {
        named(report, path)
        for paths in (test_accepted_shipments.CARRIED, test_accepted_shipments.OBEYED)
        for path in paths
    }
    rows |= (
        shown_reports.CARRIED.keys() | shown_words.CARRIED.keys() | shown_values.rows() | accepted_network.OBEYED.keys()
    )
    fields = {field for field in stated() if not field.endswith(".request_id")}

    assert rows <= fields
    assert fields - rows == {f"{message}.{name}" for message, names in NOT_SHOWN_YET.items() for name in names.split()}


def test_what_rows_say_is_shown_where_they_say() -> None:
    assert not unfounded([*TABLES, {REPEATS: {"request_id": "a repeat is answered like the first"}}])
