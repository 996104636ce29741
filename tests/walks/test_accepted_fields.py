"""No field of a request that changes something is taken and forgotten.

Each is carried (it arrives unchanged at a reader outside: a partner, a subscriber of the feed, a person who is told) or
obeyed (it changes a decision, an amount, an instant or a refusal), and a row names the test that shows it.
"""

from __future__ import annotations

from typing import Final

from crossdock.fulfillment.v1 import fulfillment_pb2
from crossdock.orders.v1 import orders_pb2
from tests.walks import (
    accepted_network,
    accepted_orders,
    shown_customers,
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
    shown_customers.OBEYED,
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

    assert rows == fields


def test_what_rows_say_is_shown_where_they_say() -> None:
    assert not unfounded([*TABLES, {REPEATS: {"request_id": "a repeat is answered like the first"}}])
