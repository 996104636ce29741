"""EasyPost's shipments: what is sent to buy one, and its rates, label and refund as they are read. Pure.

EasyPost weighs in ounces and measures in inches: what is known in grams and millimeters is rounded up to a tenth.
"""

from __future__ import annotations

from base64 import b64decode
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_UP, Decimal, InvalidOperation
from typing import Any, Final

from google.type.money_pb2 import Money

from adapters.easypost_transport.settings import Settings
from adapters.sdk.documents.json_values import at, text_at
from adapters.sdk.documents.reading import is_currency, money_of
from adapters.sdk.http.failures import OutcomeUnknown
from crossdock.common.v1 import address_pb2
from crossdock.fulfillment.v1 import fulfillment_pb2
from crossdock.partner.transport.v1 import transport_pb2 as pb

_GRAMS_PER_OUNCE: Final = Decimal("28.349523125")
"""The avoirdupois ounce, exact by the international yard and pound agreement of 1959."""
_MM_PER_INCH: Final = Decimal("25.4")
_TENTH: Final = Decimal("0.1")
FORMATS: Final = {
    fulfillment_pb2.LABEL_FORMAT_PDF: "PDF",
    fulfillment_pb2.LABEL_FORMAT_PNG: "PNG",
    fulfillment_pb2.LABEL_FORMAT_ZPL: "ZPL",
}
_FORMAT_OF: Final = {name: value for value, name in FORMATS.items()}
_URLS: Final = {"PDF": "label_pdf_url", "ZPL": "label_zpl_url"}
_TAKEN_BACK: Final = frozenset({"submitted", "refunded"})
_FINEST: Final = Decimal("0.000000001")
_LONGEST_NUMBER: Final = 80


@dataclass(frozen=True)
class Rate:
    """What a service of a carrier charges for a shipment."""

    rate_id: str
    carrier: str
    service: str
    price: Money
    amount: Decimal


@dataclass(frozen=True)
class Bought:
    """A shipment that is paid for: number, cost and carrier; its label, or else where that lies, and its format."""

    shipment_id: str
    tracking_number: str
    cost: Money
    carrier: str
    label_url: str
    format: fulfillment_pb2.LabelFormat
    document: bytes


def shipment_of(request: pb.BuyLabelRequest, settings: Settings) -> dict[str, Any]:
    """Return the shipment to make for a label; its reference is the operation's key."""
    options = {"label_format": FORMATS[request.format]}
    shipment: dict[str, Any] = {
        "reference": request.call.operation_key,
        "from_address": _address(request.ship_from),
        "to_address": _address(request.ship_to),
        "parcel": _parcel(request),
        "options": options,
    }
    if request.HasField("customs"):
        options["incoterm"] = request.customs.incoterm
        shipment["customs_info"] = _customs(request.customs, settings)
        country = request.ship_from.address.country_code
        shipment["tax_identifiers"] = [
            {"entity": "SENDER", "tax_id_type": kind, "tax_id": number, "issuing_country": country}
            for kind, number in sorted(request.customs.registrations.items())
        ]
    return shipment


def identity_of(value: object, reference: str) -> str:
    """Return the id of a shipment that was made under a reference. Raises OutcomeUnknown for any other."""
    identity = text_at(value, "id")
    if text_at(value, "object") != "Shipment" or not identity.startswith("shp_") or not identity.isascii():
        raise OutcomeUnknown("label: EasyPost answered with no shipment.")
    if text_at(value, "reference") != reference:
        raise OutcomeUnknown("label: EasyPost answered about another shipment.")
    return identity


def rates_of(value: object) -> list[Rate]:
    """Return the rates of a shipment; those that state no price are left out."""
    listed = at(value, "rates")
    found = [_rate(one) for one in (listed if isinstance(listed, list) else [])]
    return [rate for rate in found if rate is not None]


def rate_for(value: object, service_code: str, settings: Settings) -> Rate | None:
    """Return the cheapest rate of a shipment by the service that a carrier service stands for; None without one."""
    service, carrier = settings.services.get(service_code, service_code), settings.carriers.get(service_code, "")
    offered = [rate for rate in rates_of(value) if rate.service == service and carrier in ("", rate.carrier)]
    return min(offered, key=lambda rate: (rate.amount, rate.rate_id), default=None)


def bought_of(value: object, shipment_id: str) -> Bought | None:
    """Return the label that a shipment has; None where none is bought. Raises OutcomeUnknown for another shipment, and
    for one that does not say what it cost.
    """
    if text_at(value, "id") != shipment_id:
        raise OutcomeUnknown("label: EasyPost answered about another shipment.")
    if at(value, "postage_label") is None and at(value, "selected_rate") is None:
        return None
    rate, number = _rate(at(value, "selected_rate")), text_at(value, "tracking_code")
    stated = text_at(value, "options", "label_format") or "PNG"
    name = _URLS.get(stated, "label_url")
    url = text_at(value, "postage_label", name) or text_at(value, "postage_label", "label_url")
    document = _inline(text_at(value, "postage_label", "label_file"))
    if rate is None or not 0 < len(number) <= _LONGEST_NUMBER or not (url or document) or stated not in _FORMAT_OF:
        raise OutcomeUnknown("label: EasyPost says that it is bought, and not its number, cost or document.")
    return Bought(shipment_id, number, rate.price, rate.carrier, url, _FORMAT_OF[stated], document)


def refund_of(value: object, shipment_id: str) -> str | None:
    """Return how the refund of a shipment stands: empty where it is taken back, a code where it is not, None where none
    was asked for. Raises OutcomeUnknown for another shipment.
    """
    if text_at(value, "id") != shipment_id:
        raise OutcomeUnknown("refund: EasyPost answered about another shipment.")
    status = text_at(value, "refund_status")
    if not status:
        return None
    return "" if status in _TAKEN_BACK else f"refund_{status[:60]}"


def messages_of(value: object) -> str:
    """Return what carriers said of a shipment that has no rate of theirs."""
    listed = at(value, "messages")
    said = [text_at(one, "message") for one in (listed if isinstance(listed, list) else [])]
    return " ".join(filter(None, said))[:200]


def _rate(value: object) -> Rate | None:
    rate_id, currency = text_at(value, "id"), text_at(value, "currency")
    try:
        amount = Decimal(text_at(value, "rate"))
        exact = amount.is_finite() and amount >= 0 and amount == amount.quantize(_FINEST)
    except InvalidOperation:
        return None
    if not rate_id or not is_currency(currency) or not exact:
        return None
    price = money_of(amount, currency)
    return Rate(rate_id, text_at(value, "carrier"), text_at(value, "service"), price, amount)


def _inline(text: str) -> bytes:
    """Return a label that EasyPost sends in its answer; empty where it does not."""
    try:
        return b64decode(text, validate=True)
    except ValueError:
        return b""


def _address(contact: address_pb2.Contact) -> dict[str, str]:
    address = contact.address
    lines = list(address.street_lines)
    named = {
        "name": contact.name,
        "company": contact.company,
        "street1": lines[0] if lines else "",
        "street2": " ".join(lines[1:]),
        "city": address.city,
        "state": address.region_code.rpartition("-")[2],
        "zip": address.postal_code,
        "country": address.country_code,
        "phone": contact.phone,
        "email": contact.email,
    }
    return {name: text for name, text in named.items() if text}


def _parcel(request: pb.BuyLabelRequest) -> dict[str, float]:
    sides = {"length": request.length_mm, "width": request.width_mm, "height": request.height_mm}
    known = {name: _up(Decimal(side) / _MM_PER_INCH) for name, side in sides.items()} if all(sides.values()) else {}
    return {**known, "weight": _ounces(request.weight_grams)}


def _customs(customs: pb.CustomsInfo, settings: Settings) -> dict[str, Any]:
    return {
        "contents_type": "merchandise",
        "restriction_type": "none",
        "non_delivery_option": "return",
        "customs_certify": bool(settings.customs_signer),
        "customs_signer": settings.customs_signer,
        "customs_items": [_customs_item(goods) for goods in customs.goods],
    }


def _customs_item(goods: pb.CustomsGoods) -> Mapping[str, Any]:
    value = Decimal(goods.value.units) + Decimal(goods.value.nanos) * _FINEST
    return {
        "description": goods.description,
        "quantity": goods.quantity,
        "weight": _ounces(goods.net_grams),
        "value": f"{value.normalize():f}",
        "currency": goods.value.currency_code,
        "hs_tariff_number": goods.hs_code,
        "origin_country": goods.origin_country_code,
    }


def _ounces(grams: int) -> float:
    return _up(Decimal(grams) / _GRAMS_PER_OUNCE)


def _up(amount: Decimal) -> float:
    return float(amount.quantize(_TENTH, ROUND_UP))
