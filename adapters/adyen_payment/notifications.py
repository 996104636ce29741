"""Adyen's notifications -> reports about payments. Pure and total.

Each item tells one event. The hub's payments are known by their references, which are UUIDs; others belong to systems
that use the same merchant account, and are passed over. An event of a code that is not acted on is a problem of the
document, so that a person sees it once, and either unsubscribes it or lists it in `ignored_events`. The time of an
event is Adyen's own and no business time, so it is not told.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial
from typing import Final, TypeAlias
from uuid import UUID

from adapters.adyen_payment.amounts import money_from
from adapters.adyen_payment.objects import Item, item_of, items_of
from adapters.adyen_payment.outcomes import reference_of
from adapters.sdk.documents.json_values import NotKept, json_of
from adapters.sdk.documents.reading import Findings, Reading, shown, unread
from crossdock.inbox.v1.inbox_pb2 import Command
from crossdock.payments.v1 import payments_pb2 as pb

_LONGEST_CODE: Final = 80
MOST_ITEMS: Final = 1000


class _Unreadable(Exception):
    """The item says nothing that can be reported: the field, and why."""

    def __init__(self, field: str, reason: str) -> None:
        super().__init__(reason)
        self.field = field


_Report: TypeAlias = Callable[[Item], pb.PaymentEvent]


def read_notification(content: bytes, merchant: str, ignored: frozenset[str]) -> Reading:
    """Return what a notification to a merchant account says; what cannot be read is a problem."""
    try:
        notification = json_of(content)
    except NotKept as why:
        return unread("$", "notification", str(why))
    items = items_of(notification)
    if not 0 < len(items) <= MOST_ITEMS:
        return unread("$.notificationItems", "notification", f"is none of Adyen's: it has {len(items)} items")
    findings, commands = Findings(), []
    for number, value in enumerate(items):
        item, location = item_of(value), f"$.notificationItems[{number}]"
        try:
            report = _report_of(item, merchant, ignored)
        except _Unreadable as why:
            findings.report(location, why.field, str(why))
            continue
        if report is not None:
            commands.append(Command(report_payment=report, location=location, event_id=_event_id(item)))
    return Reading(tuple(commands), findings.named())


def _report_of(item: Item, merchant: str, ignored: frozenset[str]) -> pb.PaymentEvent | None:
    """Return what an item reports, None where it is not for the hub. Raises _Unreadable."""
    if item.merchant_account != merchant:
        raise _Unreadable("merchantAccountCode", f"{shown(item.merchant_account)} is not the account's")
    if item.code in ignored or not _is_of_the_hub(item):
        return None
    report = _REPORTS.get(item.code)
    if report is None:
        reason = f"{shown(item.code)} of {item.merchant_reference} is not acted on; look at it in the Customer Area"
        raise _Unreadable("eventCode", f"{reason}, or name it in ignored_events")
    if not item.psp_reference or item.success is None:
        raise _Unreadable("pspReference", "or success is missing: it is no event of Adyen's")
    return report(item)


def _is_of_the_hub(item: Item) -> bool:
    try:
        return str(UUID(item.merchant_reference)) == item.merchant_reference
    except ValueError:
        return False


def _authorization(item: Item) -> pb.PaymentEvent:
    if item.success:
        return _moved(item, pb.PAYMENT_EVENT_KIND_AUTHORIZED, item.psp_reference)
    return _failed(item, pb.PAYMENT_EVENT_KIND_DECLINED, item.psp_reference)


def _capture(item: Item) -> pb.PaymentEvent:
    if item.success:
        return _moved(item, pb.PAYMENT_EVENT_KIND_CAPTURED, _reference(item))
    return _failed(item, pb.PAYMENT_EVENT_KIND_CAPTURE_FAILED, _reference(item))


def _cancellation(item: Item) -> pb.PaymentEvent:
    """Adyen states the amount of the payment, not what of it was given back, so none is reported."""
    if item.success:
        kind, reference = pb.PAYMENT_EVENT_KIND_REVERSED, _reference(item)
        return pb.PaymentEvent(transaction_id=item.merchant_reference, kind=kind, provider_reference=reference)
    return _failed(item, pb.PAYMENT_EVENT_KIND_REVERSAL_FAILED, _reference(item))


def _refund(item: Item) -> pb.PaymentEvent:
    if item.success:
        return _moved(item, pb.PAYMENT_EVENT_KIND_REFUNDED, _reference(item))
    return _failed(item, pb.PAYMENT_EVENT_KIND_REFUND_FAILED, _reference(item))


def _capture_undone(item: Item) -> pb.PaymentEvent:
    return _failed(item, pb.PAYMENT_EVENT_KIND_CAPTURE_FAILED, _reference(item))


def _refund_undone(item: Item) -> pb.PaymentEvent:
    return _failed(item, pb.PAYMENT_EVENT_KIND_REFUND_FAILED, _reference(item))


def _dispute(kind: pb.PaymentEventKind, item: Item) -> pb.PaymentEvent:
    """Adyen names the payment, which the hub knows by its authorization, and the dispute in all its events."""
    if not item.success:
        raise _Unreadable("success", "is false, and a dispute either is or is not")
    report = _moved(item, kind, item.psp_reference)
    report.failure_code = (item.reason or item.code)[:_LONGEST_CODE]
    if item.evidence_until:
        report.expire_time.FromDatetime(_instant(item.evidence_until))
    return report


def _instant(text: str) -> datetime:
    try:
        instant = datetime.fromisoformat(text)
    except ValueError:
        instant = None
    if instant is None or instant.tzinfo is None or not 1970 < instant.year < 9999:
        raise _Unreadable("defensePeriodEndsAt", f"{shown(text)} is no instant")
    return instant


_REPORTS: Final[Mapping[str, _Report]] = {
    "AUTHORISATION": _authorization,
    "CAPTURE": _capture,
    "CAPTURE_FAILED": _capture_undone,
    "CANCELLATION": _cancellation,
    "REFUND": _refund,
    "REFUND_FAILED": _refund_undone,
    "REFUNDED_REVERSED": _refund_undone,
    "CHARGEBACK": partial(_dispute, pb.PAYMENT_EVENT_KIND_DISPUTED),
    "CHARGEBACK_REVERSED": partial(_dispute, pb.PAYMENT_EVENT_KIND_DISPUTE_WON),
    "SECOND_CHARGEBACK": partial(_dispute, pb.PAYMENT_EVENT_KIND_DISPUTE_LOST),
}


def _moved(item: Item, kind: pb.PaymentEventKind, reference: str) -> pb.PaymentEvent:
    if not item.amount.currency:
        raise _Unreadable("amount", "is none of Adyen's amounts, and the event moved money")
    amount = money_from(item.amount.minor, item.amount.currency)
    return pb.PaymentEvent(
        transaction_id=item.merchant_reference, kind=kind, provider_reference=reference, amount=amount
    )


def _failed(item: Item, kind: pb.PaymentEventKind, reference: str) -> pb.PaymentEvent:
    return pb.PaymentEvent(
        transaction_id=item.merchant_reference,
        kind=kind,
        provider_reference=reference,
        failure_code=(item.reason or item.code)[:_LONGEST_CODE],
    )


def _reference(item: Item) -> str:
    if not item.original_reference:
        raise _Unreadable("originalReference", "is missing: it names the payment")
    return reference_of(item.original_reference, item.psp_reference)


def _event_id(item: Item) -> str:
    """Return what a repeated event has in common with the first."""
    return f"{item.psp_reference}:{item.code}:{str(item.success).lower()}"
