"""An Adyen in this process, for rehearsals: payments, their modifications, keys that make a repeat count once.

The adapter is certified against it. What it decides later stands in `told`, as items of notifications.
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

from adapters.adyen_payment.signatures import signed

DECLINED: Final = "shopper-1:declined"
ASKING: Final = "shopper-1:asking"
_CODES: Final = {"captures": "CAPTURE", "cancels": "CANCELLATION", "refunds": "REFUND"}


class Refused(Exception):
    """Adyen's refusal: status of HTTP, code and message."""

    def __init__(self, status: int, code: str, message: str) -> None:
        super().__init__(message)
        self.status, self.code = status, code


@dataclass(frozen=True)
class Fault:
    """What is raised or answered instead: `before` without the work, `after` once it is done."""

    before: httpx.Response | Exception | None = None
    after: httpx.Response | Exception | None = None


@dataclass
class RehearsalAdyen:
    """What Adyen has, and what it did.

    Attributes:
        payments: What can still be captured of each payment, in minor units.
        captured: What was captured of each payment and not refunded.
        keys: Content and answer by idempotency key.
        log: What it did: what, to which payment, of how many minor units.
        told: Items of the notifications that it sends, the oldest first.
        faults: Played on the next requests, one each; see `Fault`.
        requests: What it was asked.
        api_key, merchant: The key that it knows, and the account of its holder.
        changed: Changes an answer before it is shown.
        judge: Returns what is wrong with a request; kept in `wrong`.
    """

    payments: dict[str, int] = field(default_factory=dict)
    captured: dict[str, int] = field(default_factory=dict)
    keys: dict[str, tuple[bytes, httpx.Response]] = field(default_factory=dict)
    log: list[tuple[str, str, int]] = field(default_factory=list)
    told: list[dict[str, Any]] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    requests: list[httpx.Request] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    api_key: str = "AQE-key"
    merchant: str = "Merchant"
    changed: Callable[[dict[str, Any]], None] = lambda _: None
    judge: Callable[[httpx.Request], list[str]] = lambda _: []

    async def __call__(self, request: httpx.Request) -> httpx.Response:
        """Answer one request."""
        self.requests.append(request)
        self.wrong += self.judge(request)
        if request.headers["x-api-key"] != self.api_key:
            return _said(401, {"status": 401, "errorCode": "000", "message": "HTTP Status Response - Unauthorized"})
        fault = self.faults.pop(0) if self.faults else Fault()
        if fault.before is not None:
            return _played(fault.before)
        answer = self._answer(request)
        return answer if fault.after is None else _played(fault.after)

    def notification(self, *items: dict[str, Any], key: str = "") -> bytes:
        """Return a notification of items, signed with a hexadecimal key unless that is empty."""
        wrapped = [{"NotificationRequestItem": item if not key else with_signature(item, key)} for item in items]
        return json.dumps({"live": "false", "notificationItems": wrapped}).encode()

    def _answer(self, request: httpx.Request) -> httpx.Response:
        key = request.headers["idempotency-key"]
        content = request.url.path.encode() + request.content
        if key in self.keys:
            asked, answer = self.keys[key]
            return answer if asked == content else _error(Refused(422, "702", "The key was used for another request"))
        try:
            status, value = self._done(request.url.path, json.loads(request.content))
        except Refused as refusal:
            answer = _error(refusal)
        else:
            self.changed(value)
            answer = _said(status, value)
        self.keys[key] = (content, answer)
        return answer

    def _done(self, path: str, asked: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        if asked["merchantAccount"] != self.merchant:
            raise Refused(403, "901", "Invalid Merchant Account")
        if path.endswith("/payments"):
            return 200, self._authorized(asked)
        *_, payment, what = path.split("/")
        if payment not in self.payments:
            raise Refused(422, "167", "Original pspReference required for this operation")
        return 201, self._modified(payment, what, asked)

    def _authorized(self, asked: dict[str, Any]) -> dict[str, Any]:
        number = len(self.keys) + 1
        answer = {"pspReference": f"PAYMENT{number:09}", "merchantReference": asked["reference"]}
        token = f"{asked['shopperReference']}:{asked['paymentMethod']['storedPaymentMethodId']}"
        if token == DECLINED:
            return {**answer, "resultCode": "Refused", "refusalReason": "Not enough balance", "refusalReasonCode": "12"}
        if token == ASKING:
            return {**answer, "resultCode": "RedirectShopper", "action": {"type": "redirect"}}
        reference, minor = answer["pspReference"], asked["amount"]["value"]
        self.payments[reference], self.captured[reference] = minor, 0
        self.log.append(("authorized", reference, minor))
        self._tell("AUTHORISATION", reference, "", asked, asked["amount"], success=True)
        return {**answer, "resultCode": "Authorised", "amount": asked["amount"]}

    def _modified(self, payment: str, what: str, asked: dict[str, Any]) -> dict[str, Any]:
        reference = f"CHANGE{len(self.keys) + 1:010}"
        minor = asked["amount"]["value"] if "amount" in asked else self.payments[payment]
        room = self.captured if what == "refunds" else self.payments
        success = 0 < minor <= room[payment]
        if success:
            room[payment] -= minor
            self.captured[payment] += minor if what == "captures" else 0
            self.log.append((what.removesuffix("s"), payment, minor))
        amount = asked.get("amount", {"currency": "EUR", "value": minor})
        self._tell(_CODES[what], reference, payment, asked, amount, success=success)
        stated = {"amount": asked["amount"]} if "amount" in asked else {}
        answer = {"merchantAccount": self.merchant, "paymentPspReference": payment, "pspReference": reference}
        return {**answer, "reference": asked["reference"], "status": "received", **stated}

    def _tell(
        self, code: str, reference: str, original: str, asked: dict[str, Any], amount: Any, *, success: bool
    ) -> None:
        item = {
            "amount": amount,
            "eventCode": code,
            "eventDate": "2026-03-03T12:00:00+01:00",
            "merchantAccountCode": self.merchant,
            "merchantReference": asked["reference"],
            "originalReference": original,
            "paymentMethod": "visa",
            "pspReference": reference,
            "reason": "" if success else "Insufficient balance on payment",
            "success": "true" if success else "false",
        }
        self.told.append(item)


def with_signature(item: dict[str, Any], key: str) -> dict[str, Any]:
    """Return an item signed with a hexadecimal key."""
    digest = hmac.new(bytes.fromhex(key), signed(item), hashlib.sha256).digest()
    return {**item, "additionalData": {"hmacSignature": base64.b64encode(digest).decode()}}


def _error(refusal: Refused) -> httpx.Response:
    value = {"status": refusal.status, "errorCode": refusal.code, "message": str(refusal), "errorType": "validation"}
    return _said(refusal.status, value)


def _played(what: httpx.Response | Exception) -> httpx.Response:
    if isinstance(what, Exception):
        raise what
    return what


def _said(status: int, value: object) -> httpx.Response:
    return httpx.Response(status, json=json.loads(json.dumps(value)))
