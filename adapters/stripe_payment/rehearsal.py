"""A Stripe in this process, for rehearsals: intents, charges and refunds, keys that make a repeat count once.

The adapter is certified against it. It answers the requests of this adapter alone.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import parse_qsl

import httpx

CREATED: Final = 1772532000
"""3 March 2026, ten o'clock UTC."""
DECLINED: Final = "pm_card_visa_chargeDeclined"
ASKING: Final = "pm_card_authenticationRequired"


class Refused(Exception):
    """Stripe's refusal: status of HTTP and error."""

    def __init__(self, status: int, **error: Any) -> None:
        super().__init__(str(error))
        self.status, self.error = status, error


@dataclass(frozen=True)
class Fault:
    """What is raised or answered instead: `before` without the work, `after` once it is done."""

    before: httpx.Response | Exception | None = None
    after: httpx.Response | Exception | None = None


@dataclass
class RehearsalStripe:
    """What Stripe has, and what it did: (what, id, amount) in `log`.

    Attributes:
        intents, refunds: Its objects by their ids.
        keys: Content and answer by idempotency key.
        log: What it did: what, to which object, of how many minor units.
        faults: Played on the next requests that change something, one each; see `Fault`.
        requests: What it was asked.
        api_key: The key that it knows.
        created: When its objects are made, in seconds since 1970.
        searches: Whether a search sees what is there.
        refund_status: Status of new refunds.
        changed: Changes an object before it is shown in the answer of a change.
        examples: Returns what else an object of a kind shows.
        judge: Returns what is wrong with a request; kept in `wrong`.
    """

    intents: dict[str, dict[str, Any]] = field(default_factory=dict)
    refunds: dict[str, dict[str, Any]] = field(default_factory=dict)
    keys: dict[str, tuple[str, httpx.Response]] = field(default_factory=dict)
    log: list[tuple[str, str, int]] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    requests: list[httpx.Request] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    api_key: str = "sk_test_key"
    created: int = CREATED
    searches: bool = True
    refund_status: str = "succeeded"
    changed: Callable[[dict[str, Any]], None] = lambda _: None
    examples: Callable[[str], Mapping[str, Any]] = lambda _: {}
    judge: Callable[[httpx.Request], list[str]] = lambda _: []

    async def __call__(self, request: httpx.Request) -> httpx.Response:
        """Answer one request."""
        self.requests.append(request)
        self.wrong += self.judge(request)
        if request.headers["authorization"] != f"Bearer {self.api_key}":
            return _said(401, {"error": {"type": "invalid_request_error", "message": "Invalid API Key provided"}})
        if request.method == "GET":
            return self._read(request)
        fault = self.faults.pop(0) if self.faults else Fault()
        if fault.before is not None:
            return _played(fault.before)
        answer = self._once(request)
        return answer if fault.after is None else _played(fault.after)

    def _once(self, request: httpx.Request) -> httpx.Response:
        key, content = request.headers["idempotency-key"], f"{request.url.path}?{request.content.decode()}"
        if key in self.keys:
            asked, answer = self.keys[key]
            if asked != content:
                return _said(400, {"error": {"type": "idempotency_error", "message": "Keys can only be used once"}})
            return answer
        try:
            value = self._done(request.url.path, dict(parse_qsl(request.content.decode())))
        except Refused as refusal:
            answer = _said(refusal.status, {"error": refusal.error})
        else:
            self.changed(value)
            answer = _said(200, value)
        self.keys[key] = (content, answer)
        return answer

    def _done(self, path: str, form: Mapping[str, str]) -> dict[str, Any]:
        if path == "/v1/payment_intents":
            return self._authorized(form)
        if path == "/v1/refunds":
            return self._refunded(form)
        _, _, _, intent_id, what = path.split("/")
        intent = self.intents.get(intent_id)
        if intent is None:
            raise Refused(404, type="invalid_request_error", code="resource_missing", message="No such payment_intent")
        return self._captured(intent, form) if what == "capture" else self._canceled(intent, form)

    def _authorized(self, form: Mapping[str, str]) -> dict[str, Any]:
        number, amount = len(self.intents) + 1, int(form["amount"])
        intent = self._object("payment_intent", id=f"pi_{number}", amount=amount, currency=form["currency"])
        intent |= {"metadata": _metadata(form), "amount_received": 0, "last_payment_error": None}
        intent["created"] = self.created
        self.intents[intent["id"]] = intent
        if form["payment_method"] in {DECLINED, ASKING}:
            intent |= {"status": "requires_payment_method", "amount_capturable": 0}
            code = "authentication_required" if form["payment_method"] == ASKING else "card_declined"
            error = {"type": "card_error", "code": code, "message": "Your card was declined.", "payment_intent": intent}
            raise Refused(402, **error, decline_code="" if code != "card_declined" else "insufficient_funds")
        charge = self._object("charge", id=f"ch_{number}", amount=amount)
        intent |= {"status": "requires_capture", "amount_capturable": amount, "latest_charge": charge}
        self.log.append(("authorized", intent["id"], amount))
        return intent

    def _captured(self, intent: dict[str, Any], form: Mapping[str, str]) -> dict[str, Any]:
        amount = int(form["amount_to_capture"])
        self._refuse_unless_capturable(intent)
        if amount > intent["amount_capturable"]:
            raise Refused(400, type="invalid_request_error", code="amount_too_large", message="Too much")
        intent |= {"status": "succeeded", "amount_capturable": 0, "amount_received": amount}
        intent["metadata"] |= _metadata(form)
        self.log.append(("captured", intent["id"], amount))
        return {**intent, "latest_charge": intent["latest_charge"]["id"]}

    def _canceled(self, intent: dict[str, Any], form: Mapping[str, str]) -> dict[str, Any]:
        self._refuse_unless_capturable(intent)
        self.log.append(("canceled", intent["id"], intent["amount_capturable"]))
        intent |= {"status": "canceled", "amount_capturable": 0, "cancellation_reason": form["cancellation_reason"]}
        return intent

    def _refunded(self, form: Mapping[str, str]) -> dict[str, Any]:
        amount, charge = int(form["amount"]), form["charge"]
        paid = {one["latest_charge"]["id"]: one for one in self.intents.values() if one["status"] == "succeeded"}
        left = paid[charge]["amount_received"] - sum(
            one["amount"] for one in self.refunds.values() if one["charge"] == charge
        )
        if amount > left:
            raise Refused(400, type="invalid_request_error", code="charge_already_refunded", message="Too much")
        refund = self._object("refund", id=f"re_{len(self.refunds) + 1}", amount=amount, charge=charge)
        refund |= {"currency": paid[charge]["currency"], "status": self.refund_status, "metadata": _metadata(form)}
        self.refunds[refund["id"]] = refund
        self.log.append(("refunded", charge, amount))
        return refund

    def _read(self, request: httpx.Request) -> httpx.Response:
        path, query = request.url.path, request.url.params
        if path == "/v1/payment_intents/search":
            found = [one for one in self.intents.values() if self.searches and f'"{_key(one)}"' in query["query"]]
            return _said(200, {"object": "search_result", "data": found, "has_more": False})
        if path == "/v1/refunds":
            every = [one for one in self.refunds.values() if one["charge"] == query["charge"]][::-1]
            after = [one["id"] for one in every].index(query["starting_after"]) + 1 if "starting_after" in query else 0
            page = every[after : after + int(query["limit"])]
            return _said(200, {"object": "list", "data": page, "has_more": len(every) > after + len(page)})
        intent = self.intents.get(path.rpartition("/")[2])
        if intent is None:
            return _said(404, {"error": {"type": "invalid_request_error", "code": "resource_missing"}})
        return _said(200, intent)

    def _object(self, kind: str, **fields: Any) -> dict[str, Any]:
        return {**self.examples(kind), "object": kind, **fields}

    @staticmethod
    def _refuse_unless_capturable(intent: Mapping[str, Any]) -> None:
        if intent["status"] != "requires_capture":
            code = "payment_intent_unexpected_state"
            raise Refused(400, type="invalid_request_error", code=code, message="No", payment_intent=dict(intent))


def _metadata(form: Mapping[str, str]) -> dict[str, str]:
    return {name[9:-1]: value for name, value in form.items() if name.startswith("metadata[")}


def _key(intent: Mapping[str, Any]) -> str:
    key: str = intent["metadata"]["crossdock_operation"]
    return key


def _played(what: httpx.Response | Exception) -> httpx.Response:
    if isinstance(what, Exception):
        raise what
    return what


def _said(status: int, value: object) -> httpx.Response:
    return httpx.Response(status, json=json.loads(json.dumps(value)))
