"""Scenario 30 fits the contract: the order, an advance notice per pallet and three invoices, nothing left out."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from google.protobuf import json_format

from crossdock.fulfillment.v1 import fulfillment_pb2
from crossdock.partner.call.v1 import call_pb2
from crossdock.partner.channel.v1 import channel_pb2
from crossdock.partner.erp.v1 import erp_pb2
from hub.network.model import ShortagePolicy
from hub.payments.model import Holder
from hub.wire.fulfillment.fulfillment import shipment_report_from_pb
from hub.wire.orders.drafts import draft_from_pb
from hub.wire.partners import channel, erp
from tests.support.payloads import example
from tests.support.wholesale import CLOSES, DROPPED, LINES, OPENS, PER_PALLET, UNITS, purchase_order, sku
from tests.support.world import TUESDAY

CALL = call_pb2.Call(account_id="books", operation_key="k")
DELIVERIES = (range(1, 101), range(101, 161), range(161, 201))


def line(number: int) -> dict[str, Any]:
    return {"line_number": number, "sku": sku(number), "quantity": UNITS, "channel_line_reference": f"{number * 10:05}"}


def test_the_order_says_everything_the_buyer_said() -> None:
    draft = draft_from_pb(purchase_order())

    assert (len(draft.lines), sum(one.quantity for one in draft.lines)) == (LINES, 40_000)
    windows = {(one.ship_not_before, one.ship_not_after, one.cancel_after) for one in draft.lines}
    assert windows == {(OPENS, CLOSES, DROPPED)}
    assert [one.channel_line_reference for one in draft.lines][:2] == ["00010", "00020"]
    (terms,) = draft.instruments
    assert (terms.holder, terms.reference) == (Holder.TERMS, "NET30")
    assert (draft.demand_class, draft.shortage_policy) == ("B2B", ShortagePolicy.BACKORDER)
    assert draft.stated.grand_minor == 10_000_000
    assert draft.attributes["vendor_number"] == "77001"
    assert draft.ship_to is not None
    assert (draft.ship_to.company, draft.ship_to.external_id) == ("Nordkauf Lager 3", "4012345000009")


def test_a_node_tells_each_pallet_with_its_sscc_and_what_is_on_it() -> None:
    report = fulfillment_pb2.ShipmentReport(
        fulfillment_order_id="018f3c8e-0000-7000-8000-000000000001",
        shipment_reference="BOL-1",
        tracking_number="TRUCK-1",
    )
    for pallet in range(LINES // PER_PALLET):
        package = report.packages.add(package_reference=f"34000000000000{pallet:04}", kind="PALLET")
        for number in range(pallet * PER_PALLET + 1, (pallet + 1) * PER_PALLET + 1):
            package.lines.add(line_number=number, quantity=UNITS)

    told = shipment_report_from_pb(report, TUESDAY)

    assert (len(told.packages), {one.kind for one in told.packages}) == (20, {"PALLET"})
    assert len({one.reference for one in told.packages}) == 20
    assert sum(one.quantity for package in told.packages for one in package.lines) == 40_000


def test_the_advance_notice_hands_the_pallets_on_to_the_buyer() -> None:
    pallets = [
        {
            "reference": f"SSCC-{numbers[0]}",
            "kind": "PALLET",
            "tracking_number": "",
            "lines": [line(n) for n in numbers],
        }
        for numbers in (range(start, start + PER_PALLET) for start in range(1, LINES + 1, PER_PALLET))
    ]
    payload = example(
        "channel.report",
        lines=[line(number) for number in range(1, LINES + 1)],
        occurred_at="2026-11-27T09:00:00Z",
        shipment_reference="BOL-1",
        packages=pallets,
    )

    notice = channel.report_to_pb(CALL, payload)

    assert notice.kind == channel_pb2.PROGRESS_KIND_SHIPPED
    assert notice.shipment_reference == "BOL-1"
    assert len(notice.packages) == 20
    assert notice.packages[0].lines[0].channel_line_reference == "00010"
    assert sum(one.quantity for package in notice.packages for one in package.lines) == 40_000
    assert notice.occur_time.ToDatetime() == (TUESDAY + timedelta(days=10)).replace(tzinfo=None)


def test_three_invoices_sum_to_the_goods_that_shipped() -> None:
    invoices = [
        erp.post_to_pb(
            CALL,
            example(
                "erp.post",
                document="INVOICE",
                document_number=3 + 2 * index,
                channel_reference="PO-4500012345",
                terms="NET30",
                lines=[{**line(number), "value_minor": 50_000, "tax_minor": 7_983} for number in numbers],
                total_minor=50_000 * len(numbers),
            ),
        )
        for index, numbers in enumerate(DELIVERIES)
    ]

    assert {one.kind for one in invoices} == {erp_pb2.DOCUMENT_KIND_INVOICE}
    assert sum(one.total.units for one in invoices) == 100_000
    assert sum(row.quantity for one in invoices for row in one.lines) == 40_000
    assert {(one.terms, one.channel_reference) for one in invoices} == {("NET30", "PO-4500012345")}
    first = json_format.MessageToDict(invoices[0].lines[0])
    assert first["channelLineReference"] == "00010"
    assert first["tax"] == {"currencyCode": "EUR", "units": "79", "nanos": 830_000_000}
