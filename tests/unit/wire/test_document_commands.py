"""Commands that adapters read in documents keep the rules of the contract, or are refused by the name of a field."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, Final
from uuid import UUID

import pytest
from google.protobuf.json_format import ParseDict

from crossdock.inbox.v1 import inbox_pb2
from hub.fulfillment.model import ShipmentReport, ShortReport
from hub.inventory.model import Snapshot, StockChange
from hub.kernel.errors import CardNumberRefused, InvalidField, Refusal
from hub.payments.model import PaymentReport
from hub.wire.fulfillment.inbox import read_command

COMMAND: Final = UUID(int=7)
READ_AT: Final = datetime(2026, 3, 3, 11, tzinfo=UTC)
MOMENT: Final = "2026-03-03T10:00:00Z"
HEADER: Final = {"source": "wms", "countTime": MOMENT, "nodeIds": ["DC-NL"], "rowCount": "1"}
ROW: Final = {"sku": "X", "nodeId": "DC-NL", "onHand": "3"}
COUNT: Final = {"header": HEADER, "rows": [ROW]}
REPORT: Final = {"transactionId": str(COMMAND), "kind": "PAYMENT_EVENT_KIND_CAPTURED"}
ORDER: Final = "018f0000-0000-7000-8000-000000000001"
UNITS: Final = [{"lineNumber": 1, "quantity": "2"}]
SHIPMENT: Final = {"fulfillmentOrderId": ORDER, "shipmentReference": "P-1", "lines": UNITS}
SHORTAGE: Final = {
    "fulfillmentOrderId": ORDER, "reportReference": "S-1", "lines": UNITS, "reason": "SHORT_REASON_NOT_IN_STOCK",
}  # fmt: skip
CHANGE: Final = {"sku": "X", "nodeId": "DC-NL", "delta": "3", "cause": "RECEIPT"}


def value(told: Mapping[str, Any]) -> object:
    message = ParseDict({"location": "line 1", **told}, inbox_pb2.Command())
    return read_command(message).value(COMMAND, READ_AT)


@pytest.mark.parametrize(
    ("told", "kind"),
    [
        ({"stockCount": COUNT}, Snapshot),
        ({"adjustStock": CHANGE}, StockChange),
        ({"reportPayment": REPORT}, PaymentReport),
        ({"shipment": SHIPMENT}, ShipmentReport),
        ({"short": SHORTAGE}, ShortReport),
    ],
)
def test_a_sound_command_becomes_what_it_asks_for(told: Mapping[str, Any], kind: type[object]) -> None:
    assert isinstance(value(told), kind)


@pytest.mark.parametrize(
    ("told", "refusal", "said"),
    [
        ({"placeOrder": {}}, InvalidField, "place_order.channel_id"),
        ({"adjustStock": {**CHANGE, "delta": "900000000000"}}, InvalidField, "adjust_stock.delta"),
        ({"adjustStock": {**CHANGE, "cause": ""}}, InvalidField, "adjust_stock.cause"),
        ({"adjustStock": {**CHANGE, "sku": "X\0"}}, InvalidField, "adjust_stock.sku"),
        ({"adjustStock": {**CHANGE, "cause": "4111 1111 1111 1111"}}, CardNumberRefused, "adjust_stock.cause"),
        ({"reportPayment": {**REPORT, "transactionId": "pi_1"}}, InvalidField, "report_payment.transaction_id"),
        ({"reportPayment": {**REPORT, "kind": 0}}, InvalidField, "report_payment.kind"),
        ({"stockCount": {**COUNT, "rows": [{**ROW, "onHand": "-1"}]}}, InvalidField, "on_hand"),
        ({"shipment": {**SHIPMENT, "shipmentReference": ""}}, InvalidField, "shipment.shipment_reference"),
        ({"short": {**SHORTAGE, "lines": []}}, InvalidField, "short.lines"),
        ({}, InvalidField, "states nothing to do"),
    ],
)
def test_a_command_that_breaks_the_contract_names_its_field(
    told: Mapping[str, Any], refusal: type[Refusal], said: str
) -> None:
    with pytest.raises(refusal) as refused:
        value(told)

    assert said in str(refused.value)


def test_where_a_command_stands_can_be_kept_whatever_its_adapter_says() -> None:
    assert read_command(inbox_pb2.Command(location="line\x001")).location == "line�1"
