"""An EasyPost in this process, for rehearsals: trackers, of which it makes one per number and carrier.

The adapter is certified against it.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final

import httpx

from adapters.easypost_transport.signatures import key_of

UNKNOWN: Final = "NOT-A-NUMBER"
"""A number that no carrier has."""


@dataclass(frozen=True)
class Fault:
    """What is raised or answered instead: `before` without the work, `after` once it is done."""

    before: httpx.Response | Exception | None = None
    after: httpx.Response | Exception | None = None


@dataclass
class RehearsalEasyPost:
    """What EasyPost has, and what it was asked.

    Attributes:
        trackers: Its trackers, the oldest first.
        faults: Played on the next requests, one each; see `Fault`.
        requests: What it was asked.
        api_key: The key that it knows.
        page: How many trackers it lists at once.
        changed: Changes an answer before it is shown.
    """

    trackers: list[dict[str, Any]] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    requests: list[httpx.Request] = field(default_factory=list)
    api_key: str = "EZTK-key"
    page: int = 100
    changed: Callable[[dict[str, Any]], None] = lambda _: None

    async def __call__(self, request: httpx.Request) -> httpx.Response:
        """Answer one request."""
        self.requests.append(request)
        known = "Basic " + base64.b64encode(f"{self.api_key}:".encode()).decode()
        if request.headers["authorization"] != known:
            return _error(401, "APIKEY.INACTIVE", "This api key is no longer active.")
        fault = self.faults.pop(0) if self.faults else Fault()
        if fault.before is not None:
            return _played(fault.before)
        answer = self._listed(request) if request.method == "GET" else self._followed(json.loads(request.content))
        return answer if fault.after is None else _played(fault.after)

    def tell(self, number: str, status: str, at: str, detail: str = "status_update") -> dict[str, Any]:
        """Have a carrier tell the status of a parcel; returns its tracker."""
        tracker = next(tracker for tracker in self.trackers if tracker["tracking_code"] == number)
        told = {"object": "TrackingDetail", "status": status, "status_detail": detail, "datetime": at}
        details = [*tracker["tracking_details"], told]
        tracker |= {"status": status, "status_detail": detail, "updated_at": at, "tracking_details": details}
        return tracker

    def _followed(self, asked: dict[str, Any]) -> httpx.Response:
        number = asked["tracker"]["tracking_code"]
        if number == UNKNOWN:
            return _error(422, "TRACKER.CREATE.ERROR", "Unable to create tracker.")
        carrier = asked["tracker"].get("carrier", "USPS")
        for tracker in self.trackers:
            if (tracker["tracking_code"], tracker["carrier"]) == (number, carrier):
                return self._said(201, dict(tracker))
        made = {"id": f"trk_{len(self.trackers) + 1:032}", "object": "Tracker", "tracking_code": number}
        made |= {"carrier": carrier, "status": "unknown", "status_detail": "unknown", "tracking_details": []}
        made |= {"updated_at": "2026-03-03T10:00:00Z", "public_url": "https://track.easypost.com/x"}
        self.trackers.append(made)
        return self._said(201, dict(made))

    def _listed(self, request: httpx.Request) -> httpx.Response:
        query = request.url.params
        trackers = [
            tracker
            for tracker in reversed(self.trackers)
            if query.get("tracking_code", tracker["tracking_code"]) == tracker["tracking_code"]
            and query.get("carrier", tracker["carrier"]) == tracker["carrier"]
            and ("before_id" not in query or tracker["id"] < query["before_id"])
        ]
        return self._said(200, {"trackers": trackers[: self.page], "has_more": len(trackers) > self.page})

    def _said(self, status: int, value: dict[str, Any]) -> httpx.Response:
        self.changed(value)
        return httpx.Response(status, json=json.loads(json.dumps(value)))


def event_of(tracker: dict[str, Any]) -> bytes:
    """Return the body of the webhook that tells a tracker."""
    return json.dumps({"object": "Event", "description": "tracker.updated", "result": tracker}).encode()


def signature_of(content: bytes, secret: str) -> str:
    """Return the header that signs a body."""
    return "hmac-sha256-hex=" + hmac.new(key_of(secret), content, hashlib.sha256).hexdigest()


def _error(status: int, code: str, message: str) -> httpx.Response:
    return httpx.Response(status, json={"error": {"code": code, "message": message, "errors": []}})


def _played(what: httpx.Response | Exception) -> httpx.Response:
    if isinstance(what, Exception):
        raise what
    return what
