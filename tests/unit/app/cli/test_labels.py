"""`crossdock label`: a label as a file, asked for and voided."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest
from google.type import money_pb2

from crossdock.fulfillment.v1 import fulfillment_pb2, labels_pb2
from crossdock.trade.v1 import trade_pb2
from tests.unit.app.cli.pretend import Crossdock, PretendHub

WORK = "0194f5a0-0000-7000-8000-000000000002"
ORDER = ("--fulfillment-order", WORK)


def label(state: fulfillment_pb2.LabelState = fulfillment_pb2.LABEL_STATE_BOUGHT) -> fulfillment_pb2.Label:
    """A label that cost 0.50 more than was expected."""
    shown = fulfillment_pb2.Label(shipment_reference="P-1", state=state, tracking_number="3S-1")
    shown.cost.CopyFrom(money_pb2.Money(currency_code="EUR", units=5))
    shown.expected_cost.CopyFrom(money_pb2.Money(currency_code="EUR", units=4, nanos=500_000_000))
    shown.cost_difference.CopyFrom(money_pb2.Money(currency_code="EUR", nanos=500_000_000))
    return shown


def test_a_label_is_written_to_a_file_that_nobody_else_reads(
    hub: PretendHub, crossdock: Crossdock, tmp_path: Path
) -> None:
    hub.answers["LabelService.GetLabel"] = labels_pb2.GetLabelResponse(label=label(), document=b"%PDF")
    file = tmp_path / "label.pdf"
    ran = crossdock("label", *ORDER, "--out", str(file))

    assert (file.read_bytes(), stat.S_IMODE(file.stat().st_mode)) == (b"%PDF", 0o600)
    assert ran.out.splitlines()[1].split()[:3] == ["P-1", "BOUGHT", "3S-1"]
    assert "0.50 EUR" in ran.out
    assert [one.fulfillment_order_id for one in hub.requests("LabelService.GetLabel")] == [WORK]


def test_a_label_that_is_not_there_yet_is_no_file(hub: PretendHub, crossdock: Crossdock, tmp_path: Path) -> None:
    asked = label(fulfillment_pb2.LABEL_STATE_ASKED)
    hub.answers["LabelService.GetLabel"] = labels_pb2.GetLabelResponse(label=asked)
    ran = crossdock("label", *ORDER, "--out", str(tmp_path / "label.pdf"))

    assert (ran.code, list(tmp_path.iterdir())) == (1, [])
    assert "ASKED" in ran.err


def test_a_label_is_asked_for_with_what_was_packed(hub: PretendHub, crossdock: Crossdock) -> None:
    work = fulfillment_pb2.FulfillmentOrder(labels=[label(fulfillment_pb2.LABEL_STATE_ASKED)])
    result = fulfillment_pb2.FulfillmentResult(fulfillment_order=work)
    hub.answers["LabelService.BuyLabels"] = labels_pb2.BuyLabelsResponse(results=[result])
    packed = ("--weight-grams", "900", "--size", "300x200x100", "--format", "ZPL", "--incoterm", "DAP")
    ran = crossdock("label", *ORDER, "--parcel", "P-1", "--buy", *packed)

    (request,) = hub.requests("LabelService.BuyLabels")
    (parcel,) = request.parcels
    assert (parcel.shipment_reference, parcel.weight_grams) == ("P-1", 900)
    assert (parcel.length_mm, parcel.width_mm, parcel.height_mm) == (300, 200, 100)
    assert (parcel.format, parcel.incoterm) == (fulfillment_pb2.LABEL_FORMAT_ZPL, trade_pb2.INCOTERM_DAP)
    assert "is ASKED" in ran.out


def test_a_label_that_cannot_be_voided_says_why(hub: PretendHub, crossdock: Crossdock) -> None:
    result = fulfillment_pb2.FulfillmentResult()
    result.refusal.message = "Parcel P-1 has left with its label."
    hub.answers["LabelService.VoidLabels"] = labels_pb2.VoidLabelsResponse(results=[result])
    ran = crossdock("label", *ORDER, "--parcel", "P-1", "--void")

    assert (ran.code, "has left" in ran.out) == (1, True)


@pytest.mark.parametrize(
    "options",
    [("--buy",), ("--void",), ("--parcel", "P-1", "--buy", "--void"), ("--parcel", "P-1", "--buy", "--size", "30x20")],
)
def test_a_command_that_cannot_be_read_asks_nothing(
    hub: PretendHub, crossdock: Crossdock, options: tuple[str, ...]
) -> None:
    assert crossdock("label", *ORDER, *options).code == 2
    assert not hub.requests("LabelService.BuyLabels")
