"""What is sent to EasyPost. It has no idempotency key: a tracker of a number that is followed already is the same."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from adapters.easypost_transport.settings import Settings
from adapters.sdk.http.client import PartnerRequest
from adapters.sdk.times import text_of

PAGE: Final = 100
_TRACKERS: Final = "/v2/trackers"


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
