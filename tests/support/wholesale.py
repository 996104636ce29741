"""Scenario 30's order: 200 lines of 200 units at 2.50, shipped D+10 to D+14, what is left dropped after D+15, NET30."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from google.protobuf import json_format

from crossdock.orders.v1 import orders_pb2
from tests.support.world import TUESDAY

LINES: Final = 200
UNITS: Final = 200
PER_PALLET: Final = 10
"""Lines on a pallet."""
OPENS: Final = TUESDAY + timedelta(days=10)
CLOSES: Final = TUESDAY + timedelta(days=14)
DROPPED: Final = TUESDAY + timedelta(days=15)


def sku(number: int) -> str:
    """SKU of a line."""
    return f"CASE-{number:03}"


def text(at: datetime) -> str:
    """An instant as JSON has it."""
    return at.strftime("%Y-%m-%dT%H:%M:%SZ")


def purchase_order() -> orders_pb2.OrderDraft:
    """The order as a buyer's EDI message says it."""
    address = {"street_lines": ["Hafenstrasse 7"], "city": "Hamburg", "postal_code": "20457", "country_code": "DE"}
    return json_format.ParseDict(
        {
            "channel_id": "WEB-NL",
            "channel_reference": "PO-4500012345",
            "currency_code": "EUR",
            "placed_time": text(TUESDAY),
            "demand_class": "B2B",
            "incoterm": "DAP",
            "shortage_policy": "SHORTAGE_POLICY_BACKORDER",
            "instruments": [{"holder": "INSTRUMENT_HOLDER_TERMS", "kind": "INVOICE", "reference": "NET30"}],
            "stated_totals": {"grand_total": {"currency_code": "EUR", "units": 100_000}},
            "attributes": {"buyer_department": "0042", "vendor_number": "77001"},
            "customer": {"company": "Nordkauf AG", "name": "Einkauf", "address": address},
            "ship_to": {
                "company": "Nordkauf Lager 3",
                "external_id": "4012345000009",
                "name": "Wareneingang",
                "address": address,
            },
            "bill_to": {"company": "Nordkauf Finanz", "name": "Buchhaltung", "address": address},
            "lines": [
                {
                    "sku": sku(number),
                    "quantity": UNITS,
                    "unit_price": {"currency_code": "EUR", "units": 2, "nanos": 500_000_000},
                    "channel_line_reference": f"{number * 10:05}",
                    "unit_code": "CS",
                    "ship_not_before_time": text(OPENS),
                    "ship_not_after_time": text(CLOSES),
                    "cancel_after_time": text(DROPPED),
                }
                for number in range(1, LINES + 1)
            ],
        },
        orders_pb2.OrderDraft(),
    )
