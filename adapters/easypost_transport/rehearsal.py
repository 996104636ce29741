"""An EasyPost in this process, for rehearsals: trackers, of which it makes one per number and carrier, and shipments.

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

LABEL_HOST: Final = "easypost-files.s3.us-west-2.amazonaws.com"
"""Where its labels lie."""
_DRAWN: Final = {"pdf": b"%PDF-1.4\n%%EOF\n", "png": b"\x89PNG\r\n\x1a\n", "zpl": b"^XA^XZ"}
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
        shipments: Its shipments by id, in the order in which they were made.
        labels: What was paid for and taken back, in order: "bought" or "refunded", and the shipment.
        faults: Played on the next requests, one each; see `Fault`.
        requests: What it was asked.
        api_key: The key that it knows.
        refund_status: What becomes of the refunds that it is asked for.
        page: How many trackers it lists at once.
        changed: Changes an answer before it is shown.
    """

    trackers: list[dict[str, Any]] = field(default_factory=list)
    shipments: dict[str, dict[str, Any]] = field(default_factory=dict)
    labels: list[tuple[str, str]] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    requests: list[httpx.Request] = field(default_factory=list)
    api_key: str = "EZTK-key"
    refund_status: str = "submitted"
    page: int = 100
    changed: Callable[[dict[str, Any]], None] = lambda _: None

    async def __call__(self, request: httpx.Request) -> httpx.Response:
        """Answer one request."""
        self.requests.append(request)
        if request.url.host == LABEL_HOST:
            return httpx.Response(200, content=_DRAWN[request.url.path.rpartition(".")[2]])
        known = "Basic " + base64.b64encode(f"{self.api_key}:".encode()).decode()
        if request.headers["authorization"] != known:
            return _error(401, "APIKEY.INACTIVE", "This api key is no longer active.")
        fault = self.faults.pop(0) if self.faults else Fault()
        if fault.before is not None:
            return _played(fault.before)
        answer = self._answer(request)
        return answer if fault.after is None else _played(fault.after)

    def tell(self, number: str, status: str, at: str, detail: str = "status_update") -> dict[str, Any]:
        """Have a carrier tell the status of a parcel; returns its tracker."""
        tracker = next(tracker for tracker in self.trackers if tracker["tracking_code"] == number)
        told = {"object": "TrackingDetail", "status": status, "status_detail": detail, "datetime": at}
        details = [*tracker["tracking_details"], told]
        tracker |= {"status": status, "status_detail": detail, "updated_at": at, "tracking_details": details}
        return tracker

    def _answer(self, request: httpx.Request) -> httpx.Response:
        _, _, kind, *path = request.url.path.split("/")
        content = json.loads(request.content) if request.content else {}
        if kind == "trackers":
            return self._listed(request) if request.method == "GET" else self._followed(content)
        if not path:
            return self._made(content["shipment"])
        shipment = self.shipments.get(path[0])
        if shipment is None:
            return _error(404, "NOT_FOUND", "The requested resource could not be found.")
        if path[1:] == ["buy"]:
            return self._bought(shipment, content["rate"]["id"])
        if path[1:] == ["refund"]:
            return self._refunded(shipment)
        return self._said(200, dict(shipment))

    def _made(self, asked: dict[str, Any]) -> httpx.Response:
        identity = f"shp_{len(self.shipments) + 1:032}"
        offered = [("Express", "34.15"), ("GroundAdvantage", "6.07"), ("Priority", "7.42")]
        if asked["to_address"].get("country") == "XX":
            offered = []
        rates = [
            {
                "id": f"rate_{name}",
                "object": "Rate",
                "service": name,
                "carrier": "USPS",
                "rate": rate,
                "currency": "USD",
            }
            for name, rate in offered
        ]
        made = {"id": identity, "object": "Shipment", **asked, "rates": rates, "tracking_code": None, "messages": []}
        made |= {"postage_label": None, "selected_rate": None, "refund_status": None}
        self.shipments[identity] = made
        return self._said(201, dict(made))

    def _bought(self, shipment: dict[str, Any], rate_id: str) -> httpx.Response:
        if shipment["postage_label"]:
            return _error(422, "SHIPMENT.POSTAGE.EXISTS", "Postage already exists for this shipment.")
        self.labels.append(("bought", shipment["id"]))
        form = shipment["options"]["label_format"].lower()
        url = f"https://{LABEL_HOST}/files/postage_label/{shipment['id']}.{form}"
        shipment |= {
            "tracking_code": f"94001{len(self.labels):017}",
            "postage_label": {"object": "PostageLabel", "label_url": url, "label_pdf_url": None, "label_zpl_url": None},
            "selected_rate": next(rate for rate in shipment["rates"] if rate["id"] == rate_id),
        }
        return self._said(200, dict(shipment))

    def _refunded(self, shipment: dict[str, Any]) -> httpx.Response:
        if not shipment["postage_label"]:
            return _error(422, "SHIPMENT.REFUND.UNAVAILABLE", "Refund request is unavailable.")
        self.labels.append(("refunded", shipment["id"]))
        shipment["refund_status"] = self.refund_status
        return self._said(200, dict(shipment))

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
