"""What rows say of a fulfillment order."""

from __future__ import annotations

from adapters.file_mailbox.orders import order_rows
from crossdock.partner.warehouse.v1 import warehouse_pb2 as pb


def test_rows_carry_what_is_to_be_printed_and_how_to_deliver() -> None:
    request = pb.ReleaseFulfillmentOrderRequest(gift_message="With love", delivery_instructions="Ring twice")
    request.lines.add(
        line_number=1, sku="CUP", quantity=1, personalization="For Ada", value_added_services=["GIFT_WRAP"]
    )
    request.lines.add(line_number=2, sku="HAT", quantity=1)

    rows = order_rows(request)

    assert [row["personalization"] for row in rows] == ["For Ada", ""]
    assert [row["value_added_services"] for row in rows] == ["GIFT_WRAP", ""]
    assert {(row["gift_message"], row["delivery_instructions"]) for row in rows} == {("With love", "Ring twice")}
