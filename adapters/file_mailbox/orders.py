"""A fulfillment order as rows of a file. Pure."""

from __future__ import annotations

from adapters.sdk.times import instant_of
from crossdock.partner.warehouse.v1 import warehouse_pb2 as pb


def order_rows(request: pb.ReleaseFulfillmentOrderRequest) -> list[dict[str, str]]:
    """Return a row per line, each with what the order has as a whole."""
    contact, address = request.ship_to, request.ship_to.address
    whole = {
        "fulfillment_order_id": request.fulfillment_order_id,
        "order_id": request.order_id,
        "node_id": request.node_id,
        "service_code": request.service_code,
        "ship_by_time": instant_of(request.ship_by_time).isoformat() if request.HasField("ship_by_time") else "",
        "incoterm": request.incoterm,
        "gift_message": request.gift_message,
        "delivery_instructions": request.delivery_instructions,
        "name": contact.name,
        "company": contact.company,
        "phone": contact.phone,
        "email": contact.email,
        "city": address.city,
        "region_code": address.region_code,
        "postal_code": address.postal_code,
        "country_code": address.country_code,
        **{f"street_{number}": street for number, street in enumerate(address.street_lines, 1)},
    }
    return [
        {
            **whole,
            "line_number": str(line.line_number),
            "sku": line.sku,
            "quantity": str(line.quantity),
            "title": line.title,
            "hs_code": line.hs_code,
            "origin_country_code": line.origin_country_code,
            "weight_grams": str(line.weight_grams or ""),
            "personalization": line.personalization,
            "value_added_services": " ".join(line.value_added_services),
        }
        for line in request.lines
    ]
