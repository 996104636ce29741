"""What is sent to EasyPost. It has no idempotency key: a tracker of a number that is followed already is the same."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final

from adapters.easypost_transport.settings import Settings
from adapters.sdk.http.client import PartnerRequest
from adapters.sdk.times import text_of

PAGE: Final = 100
_TRACKERS: Final = "/v2/trackers"
_SHIPMENTS: Final = "/v2/shipments"


def follow(account_id: str, settings: Settings, tracking_number: str, service_code: str) -> PartnerRequest:
    """Have a parcel followed."""
    tracker = {"tracking_code": tracking_number, **_carrier(settings, service_code)}
    return PartnerRequest(
        account_id=account_id,
        operation="follow",
        method="POST",
        path=_TRACKERS,
        headers=settings.credential(),
        body={"tracker": tracker},
    )


def find(account_id: str, settings: Settings, tracking_number: str, service_code: str) -> PartnerRequest:
    """List the trackers of a number."""
    query = [("tracking_code", tracking_number), *_carrier(settings, service_code).items()]
    return _list(account_id, settings, "find", query)


def page(account_id: str, settings: Settings, made_after: datetime, before_id: str) -> PartnerRequest:
    """List a page of trackers, newest first, that were made before the tracker named."""
    query = [("page_size", str(PAGE)), ("start_datetime", text_of(made_after))]
    return _list(account_id, settings, "page", [*query, *([("before_id", before_id)] if before_id else [])])


def make_shipment(account_id: str, settings: Settings, shipment: Mapping[str, object]) -> PartnerRequest:
    """Have a shipment made; it costs nothing, and brings rates."""
    return _ask(account_id, settings, "label", "POST", _SHIPMENTS, {"shipment": shipment})


def shipment(account_id: str, settings: Settings, shipment_id: str) -> PartnerRequest:
    """Read a shipment."""
    return _ask(account_id, settings, "label", "GET", f"{_SHIPMENTS}/{shipment_id}")


def buy(account_id: str, settings: Settings, shipment_id: str, rate_id: str) -> PartnerRequest:
    """Buy a shipment at one of its rates. EasyPost sells it once."""
    return _ask(account_id, settings, "label", "POST", f"{_SHIPMENTS}/{shipment_id}/buy", {"rate": {"id": rate_id}})


def refund(account_id: str, settings: Settings, shipment_id: str) -> PartnerRequest:
    """Ask for the refund of a shipment that was bought."""
    return _ask(account_id, settings, "refund", "POST", f"{_SHIPMENTS}/{shipment_id}/refund", {})


def _ask(
    account_id: str, settings: Settings, operation: str, method: str, path: str, body: object = None
) -> PartnerRequest:
    return PartnerRequest(
        account_id=account_id,
        operation=operation,
        method=method,
        path=path,
        headers=settings.credential(),
        body=body,
    )


def _list(account_id: str, settings: Settings, operation: str, query: Sequence[tuple[str, str]]) -> PartnerRequest:
    return PartnerRequest(
        account_id=account_id,
        operation=operation,
        method="GET",
        path=_TRACKERS,
        headers=settings.credential(),
        query=query,
    )


def _carrier(settings: Settings, service_code: str) -> dict[str, str]:
    carrier = settings.carriers.get(service_code, "")
    return {"carrier": carrier} if carrier else {}
