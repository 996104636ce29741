"""Stripe's events -> reports about payments. Pure and total.

An event tells the object as it stood. Events of a type that is not acted on are problems of the document, so that a
person sees them once, and either unsubscribes them or lists them in `ignored_events`. Payments that the hub did not
make belong to others who use the same account, and are passed over. The time of an event is Stripe's own and no
business time, so it is not told.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Final, TypeAlias

from adapters.sdk.documents.json_values import NotKept, at, json_of, text_at
from adapters.sdk.documents.reading import Reading, shown, unread
from adapters.stripe_payment.amounts import money_from
from adapters.stripe_payment.objects import Intent, dispute_of, intent_of, refund_of
from crossdock.inbox.v1.inbox_pb2 import Command
from crossdock.payments.v1 import payments_pb2 as pb

Result: TypeAlias = pb.PaymentEvent | Reading | None
"""A report, a problem, or nothing that the hub must know."""

PASSED_OVER: Final = frozenset({
    "charge.captured", "charge.failed", "charge.refunded", "charge.succeeded", "charge.updated",
    "payment_intent.created", "payment_intent.processing", "payment_intent.requires_action",
})  # fmt: skip
"""Types of events that tell what another event, or the answer of a call, tells too."""
_NAMES_NOTHING: Final = frozenset({"pending", "requires_action"})
_LONGEST_CODE: Final = 80
_OBJECT: Final = "$.data.object"


def disputed_intent(content: bytes, ignored: frozenset[str]) -> str:
    """Return the intent whose charge an event says to be disputed; empty where it is about no dispute."""
    try:
        event = json_of(content)
    except NotKept:
        return ""
    kind, dispute = text_at(event, "type"), dispute_of(at(event, "data", "object"))
    if kind not in _DISPUTES or kind in ignored or dispute is None or dispute.status not in _DISPUTES[kind]:
        return ""
    reference = dispute.intent_id
    return reference if reference.isascii() and reference.replace("_", "").isalnum() else ""


def read_event(content: bytes, ignored: frozenset[str], capture_key: str = "") -> Reading:
    """Return what an event says; what cannot be read is a problem.

    `capture_key` is that of the intent whose charge is disputed: a dispute does not show it. Without one the dispute is
    not the hub's.
    """
    try:
        event = json_of(content)
    except NotKept as why:
        return unread("$", "event", str(why))
    kind, value = text_at(event, "type"), at(event, "data", "object")
    if not text_at(event, "id") or not kind or value is None:
        return unread("$", "event", "is no event of Stripe's: id, type or data.object is missing")
    if kind in PASSED_OVER or kind in ignored:
        return Reading()
    read = partial(_disputed, kind, capture_key) if kind in _DISPUTES else _READERS.get(kind)
    if read is None:
        return unread("$.type", "type", f"{shown(kind)} is not acted on; unsubscribe it, or name it in ignored_events")
    result = read(value)
    if isinstance(result, pb.PaymentEvent):
        return Reading((Command(report_payment=result, location=_OBJECT, event_id=event["id"]),))
    return result or Reading()


def _of_intent(read: Callable[[Intent], Result]) -> Callable[[object], Result]:
    """Return a reader of events about a payment intent; one that the hub did not make is passed over."""

    def result(value: object) -> Result:
        intent = intent_of(value)
        if intent is None:
            return unread(_OBJECT, "object", "is no payment intent")
        return read(intent) if intent.operation_key else None

    return result


def _authorized(intent: Intent) -> Result:
    kind = pb.PAYMENT_EVENT_KIND_AUTHORIZED
    return _report(intent.operation_key, kind, intent.id, intent.capturable, intent.currency)


def _declined(intent: Intent) -> Result:
    return _failure(intent.operation_key, pb.PAYMENT_EVENT_KIND_DECLINED, intent.id, intent.failure_code)


def _captured(intent: Intent) -> Result:
    if not intent.capture_key:
        return unread(_OBJECT, intent.id, "was captured, and not by the hub; compare both by hand")
    kind = pb.PAYMENT_EVENT_KIND_CAPTURED
    return _report(intent.capture_key, kind, intent.charge_id or intent.id, intent.received, intent.currency)


def _canceled(intent: Intent) -> Result:
    if intent.cancellation_reason == "requested_by_customer":
        return None
    reason = shown(intent.cancellation_reason)
    return unread(_OBJECT, intent.id, f"was canceled, and not by the hub ({reason}); nothing can be captured any more")


def _refunded(value: object) -> Result:
    refund = refund_of(value)
    if refund is None:
        return unread(_OBJECT, "object", "is no refund")
    if not refund.operation_key:
        return unread(_OBJECT, refund.id, "was made, and not by the hub; compare both by hand")
    if refund.status == "succeeded":
        kind = pb.PAYMENT_EVENT_KIND_REFUNDED
        return _report(refund.operation_key, kind, refund.id, refund.amount, refund.currency)
    if refund.status in {"failed", "canceled"}:
        kind = pb.PAYMENT_EVENT_KIND_REFUND_FAILED
        return _failure(refund.operation_key, kind, refund.id, refund.failure_reason or refund.status)
    if refund.status in _NAMES_NOTHING:
        return None
    return unread(_OBJECT, "status", f"{shown(refund.status)} is not known; the refund is asked for later")


def _disputed(kind: str, capture_key: str, value: object) -> Result:
    dispute = dispute_of(value)
    if dispute is None:
        return unread(_OBJECT, "object", "is no dispute")
    told = _DISPUTES[kind].get(dispute.status)
    if not capture_key or told is None:
        return None
    report = _report(capture_key, told, dispute.id, dispute.amount, dispute.currency)
    report.failure_code = dispute.reason[:_LONGEST_CODE]
    if 0 < dispute.evidence_until <= _LATEST:
        report.expire_time.FromSeconds(dispute.evidence_until)
    if told == pb.PAYMENT_EVENT_KIND_DISPUTE_LOST and dispute.fee:
        report.fee.CopyFrom(money_from(dispute.fee, dispute.currency))
    return report


_OPENED: Final = pb.PAYMENT_EVENT_KIND_DISPUTED
_DISPUTES: Final[Mapping[str, Mapping[str, pb.PaymentEventKind]]] = {
    "charge.dispute.created": dict.fromkeys(("needs_response", "under_review"), _OPENED),
    "charge.dispute.closed": {
        "won": pb.PAYMENT_EVENT_KIND_DISPUTE_WON,
        "lost": pb.PAYMENT_EVENT_KIND_DISPUTE_LOST,
    },
}
"""Type of an event -> status of the dispute -> what is reported. An inquiry (a warning) moves no money."""
_LATEST: Final = 253402300799
"""The last second that a timestamp can say."""

_READERS: Final[Mapping[str, Callable[[object], Result]]] = {
    "payment_intent.amount_capturable_updated": _of_intent(_authorized),
    "payment_intent.payment_failed": _of_intent(_declined),
    "payment_intent.succeeded": _of_intent(_captured),
    "payment_intent.canceled": _of_intent(_canceled),
    "refund.created": _refunded,
    "refund.updated": _refunded,
    "refund.failed": _refunded,
    "charge.refund.updated": _refunded,
}


def _report(key: str, kind: pb.PaymentEventKind, reference: str, minor: int, currency: str) -> pb.PaymentEvent:
    return pb.PaymentEvent(
        transaction_id=key, kind=kind, provider_reference=reference, amount=money_from(minor, currency)
    )


def _failure(key: str, kind: pb.PaymentEventKind, reference: str, code: str) -> pb.PaymentEvent:
    return pb.PaymentEvent(
        transaction_id=key, kind=kind, provider_reference=reference, failure_code=code[:_LONGEST_CODE]
    )
