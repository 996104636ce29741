"""A label as a partner answers it: taken as it was asked for, refused where it cannot be."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest

from crossdock.fulfillment.v1 import fulfillment_pb2
from crossdock.partner.call.v1 import call_pb2
from crossdock.partner.transport.v1 import transport_pb2 as pb
from hub.kernel.errors import InvalidField
from hub.kernel.money import Money
from hub.messages.transport import BuyLabel, Sender
from hub.wire.partners.transport import MOST_LABEL_BYTES, label_sold_from_pb

SENDER = Sender("Center", ("Main street 1",), "Town", "NL")
ASKED = BuyLabel(UUID(int=1), UUID(int=2), UUID(int=3), "STD", SENDER, 900, 0, 0, 0, "PDF")


def answered(**changes: Any) -> pb.BuyLabelResponse:
    """A label that was sold, with changes."""
    label: dict[str, Any] = {
        "tracking_number": "3S-1",
        "format": fulfillment_pb2.LABEL_FORMAT_PDF,
        "document": b"%PDF-1.4",
        "cost": {"currency_code": "EUR", "units": 4, "nanos": 500_000_000},
        "carrier_code": "POST",
    }
    return pb.BuyLabelResponse(answer={"outcome": call_pb2.OUTCOME_DONE}, label={**label, **changes})


def test_a_label_that_was_sold_is_read_exactly() -> None:
    sold = label_sold_from_pb(answered(), ASKED)

    assert sold is not None
    assert (sold.tracking_number, sold.cost, sold.carrier_code) == ("3S-1", Money(450, "EUR"), "POST")
    assert "3S-1" not in repr(sold)


def test_what_was_not_sold_has_no_label() -> None:
    refused = pb.BuyLabelResponse(answer={"outcome": call_pb2.OUTCOME_REFUSED})
    assert label_sold_from_pb(refused, ASKED) is None


@pytest.mark.parametrize(
    "lie",
    [
        {"tracking_number": ""},
        {"tracking_number": "3S\n1"},
        {"tracking_number": "9" * 81},
        {"format": fulfillment_pb2.LABEL_FORMAT_ZPL},
        {"format": fulfillment_pb2.LABEL_FORMAT_UNSPECIFIED},
        {"document": b""},
        {"document": b"<html>"},
        {"document": b"%PDF" + bytes(MOST_LABEL_BYTES)},
        {"cost": {"currency_code": "EUR", "units": -1}},
        {"cost": {"currency_code": "EUR", "nanos": 1}},
        {"cost": {"units": 1}},
    ],
)
def test_a_label_that_was_not_asked_for_is_refused(lie: dict[str, Any]) -> None:
    with pytest.raises(InvalidField):
        label_sold_from_pb(answered(**lie), ASKED)
