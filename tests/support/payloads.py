"""A payload of each kind, as versions before the typed ones stored it, and as it is read now."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from hub.messages import codec

ORDER: Final = "0194f5a0-0000-7000-8000-000000000001"
FULFILLMENT_ORDER: Final = "0194f5a0-0000-7000-8000-000000000002"
SHIPMENT: Final = "0194f5a0-0000-7000-8000-000000000003"
TRANSACTION: Final = "0194f5a0-0000-7000-8000-000000000004"
RETURN: Final = "0194f5a0-0000-7000-8000-000000000005"
PARTY: Final = "0194f5a0-0000-7000-8000-000000000006"
OTHER: Final = "0194f5a0-0000-7000-8000-000000000007"

_AT: Final = "2026-03-03T15:00:00Z"
_UNITS: Final = {"line_number": 1, "sku": "X", "quantity": 2}
_TOLD: Final = {**_UNITS, "channel_line_reference": "77"}
_ASKED: Final = {"order_id": ORDER, "transaction_id": TRANSACTION, "amount_minor": 500, "currency": "EUR"}
_BY_CARD: Final = {**_ASKED, "token": "tok", "authorization_reference": "A"}
_DECLARED: Final = {
    "declaration_id": OTHER,
    "shipment_id": SHIPMENT,
    "order_id": ORDER,
    "fulfillment_order_id": FULFILLMENT_ORDER,
    "order_number": "W-1",
    "tracking_number": "T1",
    "day": "2026-03-03",
    "form": "CN22",
    "incoterm": "DAP",
    "flow": "POSTAL",
    "exporter": {
        "name": "Leeds",
        "street_lines": ["Mill 1"],
        "city": "Leeds",
        "country_code": "GB",
        "region_code": "",
        "postal_code": "LS1",
    },
    "recipient_party_id": PARTY,
    "seller_imports": False,
    "goods": [
        {
            "line_number": 1,
            "sku": "X",
            "description": "Coat",
            "hs_code": "620120",
            "origin": "CN",
            "quantity": 2,
            "net_grams": 1000,
            "value_minor": 500,
        }
    ],
    "currency": "EUR",
    "freight_minor": 100,
    "registrations": {"EORI": "GB1"},
}

STORED: Final[Mapping[str, Mapping[str, Any]]] = {
    "warehouse.release": {
        "fulfillment_order_id": FULFILLMENT_ORDER,
        "order_id": ORDER,
        "node_id": "DC-NL",
        "lines": [{**_UNITS, "title": "Shoe"}],
        "ship_to_party_id": PARTY,
        "service_code": "STD",
        "ship_by": _AT,
    },
    "warehouse.cancel": {"fulfillment_order_id": FULFILLMENT_ORDER, "lines": [_UNITS]},
    "warehouse.pull": {},
    "webhook.deliver": {
        "webhook_id": OTHER,
        "event_id": RETURN,
        "position": 7,
        "since": _AT,
        "order_id": ORDER,
    },
    "transport.register": {
        "shipment_id": SHIPMENT,
        "tracking_number": "T1",
        "from_node_id": "DC-NL",
        "ship_to_party_id": PARTY,
        "service_code": "STD",
        "shipped_at": _AT,
        "sender": {
            "name": "Center of Tilburg",
            "street_lines": ["Havenweg 12"],
            "city": "Tilburg",
            "country_code": "NL",
            "region_code": "",
            "postal_code": "5011",
        },
        "promised_at": None,
        "weight_grams": 862,
    },
    "transport.pull": {},
    "transport.label": {
        "order_id": ORDER,
        "fulfillment_order_id": FULFILLMENT_ORDER,
        "ship_to_party_id": PARTY,
        "service_code": "STD",
        "sender": {
            "name": "Center of Tilburg",
            "street_lines": ["Havenweg 12"],
            "city": "Tilburg",
            "country_code": "NL",
            "region_code": "",
            "postal_code": "5011",
        },
        "weight_grams": 862,
        "length_mm": 300,
        "width_mm": 200,
        "height_mm": 100,
        "format": "PDF",
        "customs": {
            "goods": [
                {
                    "description": "Shoe",
                    "hs_code": "640319",
                    "origin": "PT",
                    "quantity": 2,
                    "net_grams": 800,
                    "value": {"minor": 5000, "currency": "EUR"},
                }
            ],
            "incoterm": "DDP",
            "registrations": {"EORI": "NL123456789"},
        },
    },
    "transport.refund_label": {
        "order_id": ORDER,
        "fulfillment_order_id": FULFILLMENT_ORDER,
        "label_id": OTHER,
        "tracking_number": "T1",
    },
    "customs.declare": _DECLARED,
    "customs.document": {"declared": _DECLARED, "document": "COMMERCIAL_INVOICE", "customs_reference": "MRN1"},
    "customs.pull": {},
    "vat.check": {"order_id": ORDER, "party_id": PARTY, "attempt": 1},
    "payment.authorize": {**_BY_CARD, "authorization_reference": ""},
    "payment.capture": _BY_CARD,
    "payment.reverse": _BY_CARD,
    "payment.refund": {**_ASKED, "capture_reference": "C"},
    "channel.refund": {**_ASKED, "channel_reference": "#1001", "payment_reference": "P-1"},
    "channel.report": {
        "order_id": ORDER,
        "channel_reference": "#1001",
        "progress": "SHIPPED",
        "lines": [_TOLD],
        "tracking_number": "T1",
        "occurred_at": _AT,
        "shipment_reference": "S1",
        "service_code": "STANDARD",
        "packages": [{"reference": "340123", "kind": "PALLET", "tracking_number": "", "lines": [_TOLD]}],
    },
    "channel.stock": {"levels": [{"sku": "X", "available": 3}]},
    "erp.post": {
        "order_id": ORDER,
        "seller_id": "S",
        "document": "SHIPMENT",
        "document_number": 2,
        "channel_reference": "#1001",
        "currency": "EUR",
        "lines": [{**_TOLD, "value_minor": 500, "tax_minor": 87}],
        "total_minor": 500,
        "occurred_at": _AT,
        "node_id": "DC-NL",
        "subject_id": SHIPMENT,
    },
    "tax.determine": {
        "order_id": ORDER,
        "to_country_code": "NL",
        "currency": "EUR",
        "lines": [
            {"line_number": 1, "sku": "X", "amount_minor": 500, "stated_tax_minor": 87},
            {"line_number": 0, "sku": "SHIPPING", "amount_minor": 500, "stated_tax_minor": 0},
        ],
    },
    "fraud.screen": {
        "order_id": ORDER,
        "currency": "EUR",
        "amount_minor": 500,
        "customer_party_id": PARTY,
        "ship_to_party_id": OTHER,
    },
    "notice.send": {
        "order_id": ORDER,
        "template": "ORDER_SHIPPED",
        "channel_id": "WEB",
        "party_id": PARTY,
        "language_code": "nl",
        "values": {"channel_reference": "#1001", "tracking_number": "T1"},
    },
    "order.confirm": {"order_id": ORDER},
    "order.release": {"order_id": ORDER},
    "parcel.turn_back": {"order_id": ORDER, "shipment_id": SHIPMENT},
    "return.exchange": {"order_id": ORDER, "return_id": RETURN},
    "claim.settle": {"order_id": ORDER, "return_id": RETURN},
    "exchange.settle": {"order_id": ORDER, "accepted_minor": 500, "accepted_units": 1},
    "shipment.declare": {"order_id": ORDER, "shipment_id": SHIPMENT},
    "consignment.settle": {"order_id": ORDER, "shipment_id": SHIPMENT},
    "balance.settle": {"order_id": ORDER, "transaction_id": TRANSACTION},
    "credit.review": {"seller_id": "S", "credit_account_id": "DEBTOR-7"},
    "exchange.unused": {"order_id": ORDER, "return_id": RETURN, "amount_minor": 500},
    "return.shipping": {"order_id": ORDER},
    "document.read": {"document_id": OTHER},
    "parked.apply": {"waits_for": "parcel T1"},
    "timer.release": {"order_id": ORDER, "subject": ORDER, "due_at": _AT},
    "timer.hold": {"order_id": ORDER, "subject": SHIPMENT, "due_at": _AT},
    "timer.authorization": {"order_id": ORDER, "subject": TRANSACTION, "due_at": _AT},
    "timer.customer_action": {"order_id": ORDER, "subject": TRANSACTION, "due_at": _AT},
    "timer.node_work": {"order_id": ORDER, "subject": SHIPMENT, "due_at": _AT},
    "timer.pickup": {"order_id": ORDER, "subject": SHIPMENT, "due_at": _AT},
    "timer.parcel_arrival": {"order_id": ORDER, "subject": SHIPMENT, "due_at": _AT},
    "timer.label": {
        "order_id": ORDER,
        "fulfillment_order_id": FULFILLMENT_ORDER,
        "subject": OTHER,
        "due_at": _AT,
    },
    "timer.network": {"subject": _AT, "due_at": _AT},
    "timer.trial": {"subject": "WEB-NL", "due_at": _AT},
    "timer.stock_values": {"subject": "WEB-NL", "due_at": _AT},
    "timer.webhook_silent": {"subject": OTHER, "due_at": _AT},
    "timer.overdue_messages": {"subject": "hub", "due_at": _AT},
    "timer.partner_answer": {"subject": SHIPMENT, "due_at": _AT, "asked_at": _AT},
    "timer.node_answer": {
        "fulfillment_order_id": FULFILLMENT_ORDER,
        "subject": FULFILLMENT_ORDER,
        "due_at": _AT,
    },
    "timer.cancel_expired": {"order_id": ORDER, "subject": ORDER, "due_at": _AT},
    "timer.return_deadline": {"return_id": RETURN, "subject": RETURN, "due_at": _AT},
    "timer.forget_expired": {"subject": "hub", "due_at": _AT},
    "timer.parked_event": {"subject": OTHER, "due_at": _AT},
    "timer.feed_gap": {"subject": "wms", "due_at": _AT},
    "timer.snapshot_abandoned": {"subject": OTHER, "due_at": _AT},
    "timer.acceptance": {"order_id": ORDER, "subject": FULFILLMENT_ORDER, "due_at": _AT},
    "timer.declaration": {"order_id": ORDER, "subject": OTHER, "due_at": _AT},
    "timer.screening_decision": {"subject": OTHER, "due_at": _AT},
    "order.screen_parties": {"order_id": ORDER},
    "screening.again": {"list_name": "OFAC-SDN", "version": 2, "after": OTHER},
    "timer.claim": {"order_id": ORDER, "subject": OTHER, "due_at": _AT},
    "timer.refund": {"subject": OTHER, "due_at": _AT},
    "timer.cool_down": {"subject": "WEB-NL 2026-03-03T15:00:00+00:00", "due_at": _AT, "channel_id": "WEB-NL"},
    "timer.publish_stock": {"subject": "WEB-NL", "due_at": _AT},
    "timer.post_stock": {"subject": "DC-NL", "due_at": _AT},
    "timer.retry_waiting": {"subject": "stock", "due_at": _AT},
    "timer.repromise": {"subject": "SHIRT", "due_at": _AT},
    "timer.promise": {"subject": ORDER, "due_at": _AT},
    "timer.transfer": {"subject": ORDER, "due_at": _AT},
    "timer.expire_reservations": {"subject": "20260303T150000", "due_at": _AT},
    "timer.poll": {"subject": "WMS", "due_at": _AT, "message_kind": "warehouse.pull"},
}
"""Kind -> the JSON of a payload, with the fields that were written then and are read no more."""


def example(kind: str, **changes: Any) -> Any:
    """A payload of a kind, with other values in some fields, as JSON has them."""
    return codec.read(kind, {**STORED[kind], **changes})
