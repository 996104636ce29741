"""Exceptions as values: the promise that nothing stalls silently."""

from __future__ import annotations

from datetime import timedelta
from enum import Enum
from uuid import UUID

from msgspec import Struct

from hub.kernel.instant import Instant


class ExceptionReason(Enum):
    """Why something cannot go on."""

    STOCK_SHORT = "STOCK_SHORT"
    STOCK_DISCREPANCY = "STOCK_DISCREPANCY"
    UNKNOWN_ITEM = "UNKNOWN_ITEM"
    NO_ROUTE = "NO_ROUTE"
    ON_HOLD = "ON_HOLD"
    CAPTURE_FAILED = "CAPTURE_FAILED"
    DEAD_LETTER = "DEAD_LETTER"
    DOCUMENT_PROBLEM = "DOCUMENT_PROBLEM"
    WORK_OVERDUE = "WORK_OVERDUE"
    PICKUP_LOCKED = "PICKUP_LOCKED"
    PARCEL_TO_INTERCEPT = "PARCEL_TO_INTERCEPT"
    PARCEL_OVERSHIPPED = "PARCEL_OVERSHIPPED"
    PARCEL_TROUBLE = "PARCEL_TROUBLE"
    PARCEL_OVERDUE = "PARCEL_OVERDUE"
    LABEL_MISSING = "LABEL_MISSING"
    LABEL_NOT_VOIDED = "LABEL_NOT_VOIDED"
    CANCEL_REFUSED = "CANCEL_REFUSED"
    CANCEL_CONTRADICTED = "CANCEL_CONTRADICTED"
    PARTNER_REFUSED = "PARTNER_REFUSED"
    PARTNER_MISANSWERED = "PARTNER_MISANSWERED"
    ANSWER_OVERDUE = "ANSWER_OVERDUE"
    MESSAGES_OVERDUE = "MESSAGES_OVERDUE"
    UPDATE_REFUSED = "UPDATE_REFUSED"
    NOTICE_BOUNCED = "NOTICE_BOUNCED"
    RETURN_UNEXPECTED = "RETURN_UNEXPECTED"
    RETURN_OVERDUE = "RETURN_OVERDUE"
    RETURN_TO_DECIDE = "RETURN_TO_DECIDE"
    WITHDRAWN_UNDER_WAY = "WITHDRAWN_UNDER_WAY"
    WITHDRAWAL_REFUND_DUE = "WITHDRAWAL_REFUND_DUE"
    CLAIM_UNDECIDED = "CLAIM_UNDECIDED"
    DENIED_PARTY = "DENIED_PARTY"
    REFUND_FAILED = "REFUND_FAILED"
    SUPPLY_UNEXPECTED = "SUPPLY_UNEXPECTED"
    TRANSFER_LATE = "TRANSFER_LATE"
    TRANSFER_VARIANCE = "TRANSFER_VARIANCE"
    ADOPTION_REFUSED = "ADOPTION_REFUSED"
    STOCK_VARIANCE = "STOCK_VARIANCE"
    RETURN_LOST = "RETURN_LOST"
    FEED_GAP = "FEED_GAP"
    EVENT_UNMATCHED = "EVENT_UNMATCHED"
    EVENT_REFUSED = "EVENT_REFUSED"
    NODE_CONTESTED = "NODE_CONTESTED"
    SNAPSHOT_ABANDONED = "SNAPSHOT_ABANDONED"
    PAYMENT_CONTRADICTED = "PAYMENT_CONTRADICTED"
    PAYMENT_DISPUTED = "PAYMENT_DISPUTED"
    SETTLEMENT_DIFFERS = "SETTLEMENT_DIFFERS"
    WEBHOOK_UNDELIVERED = "WEBHOOK_UNDELIVERED"
    WEBHOOK_DISABLED = "WEBHOOK_DISABLED"
    NETWORK_NOT_REPLACED = "NETWORK_NOT_REPLACED"
    DECLARATION_INCOMPLETE = "DECLARATION_INCOMPLETE"
    DECLARATION_HELD = "DECLARATION_HELD"
    DECLARATION_REJECTED = "DECLARATION_REJECTED"
    DECLARATION_OVERDUE = "DECLARATION_OVERDUE"
    DECLARATION_CONTRADICTED = "DECLARATION_CONTRADICTED"
    VAT_NUMBER_NOT_IN_FORCE = "VAT_NUMBER_NOT_IN_FORCE"
    CREDIT_EXCEEDED = "CREDIT_EXCEEDED"


class ExceptionRecord(Struct, frozen=True):
    """Something that cannot go on; one open record per (reason, subject). `detail` carries no personal data.

    `owner` is the role or person that deals with it. Until `snoozed_until` it is left out of lists. `note` says how a
    person dealt with it.
    """

    exception_id: UUID
    reason: ExceptionReason
    subject: str
    detail: str
    owner: str
    deadline_at: Instant
    suggested_command: str
    created_at: Instant
    order_id: UUID | None = None
    resolved_at: Instant | None = None
    snoozed_until: Instant | None = None
    note: str = ""


class ExceptionFilter(Struct, frozen=True):
    """What a listing at an instant asks for; every field given must match.

    `node_id`: the order has or had units at that node. `overdue`: the deadline has passed and the record is open.
    """

    at: Instant
    reason: ExceptionReason | None = None
    owner: str = ""
    channel_id: str = ""
    node_id: str = ""
    overdue: bool = False
    ended: bool = False
    snoozed: bool = False


OWNERS: dict[ExceptionReason, tuple[str, timedelta]] = {
    ExceptionReason.STOCK_SHORT: ("inventory", timedelta(days=10)),
    ExceptionReason.STOCK_DISCREPANCY: ("store", timedelta(hours=4)),
    ExceptionReason.UNKNOWN_ITEM: ("catalog", timedelta(days=2)),
    ExceptionReason.NO_ROUTE: ("integration", timedelta(days=2)),
    ExceptionReason.ON_HOLD: ("customer-service", timedelta(days=1)),
    ExceptionReason.CAPTURE_FAILED: ("finance", timedelta(days=1)),
    ExceptionReason.DEAD_LETTER: ("integration", timedelta(hours=4)),
    ExceptionReason.DOCUMENT_PROBLEM: ("integration", timedelta(hours=8)),
    ExceptionReason.WORK_OVERDUE: ("store", timedelta(days=1)),
    ExceptionReason.PICKUP_LOCKED: ("customer-service", timedelta(hours=4)),
    ExceptionReason.PARCEL_TO_INTERCEPT: ("customer-service", timedelta(hours=4)),
    ExceptionReason.PARCEL_OVERSHIPPED: ("customer-service", timedelta(hours=4)),
    ExceptionReason.PARCEL_TROUBLE: ("customer-service", timedelta(days=1)),
    ExceptionReason.PARCEL_OVERDUE: ("customer-service", timedelta(days=2)),
    ExceptionReason.LABEL_MISSING: ("store", timedelta(hours=4)),
    ExceptionReason.LABEL_NOT_VOIDED: ("finance", timedelta(days=5)),
    ExceptionReason.ANSWER_OVERDUE: ("integration", timedelta(days=1)),
    ExceptionReason.MESSAGES_OVERDUE: ("integration", timedelta(hours=4)),
    ExceptionReason.CANCEL_REFUSED: ("customer-service", timedelta(days=1)),
    ExceptionReason.CANCEL_CONTRADICTED: ("customer-service", timedelta(hours=4)),
    ExceptionReason.PARTNER_REFUSED: ("integration", timedelta(hours=4)),
    ExceptionReason.PARTNER_MISANSWERED: ("integration", timedelta(hours=4)),
    ExceptionReason.NOTICE_BOUNCED: ("customer-service", timedelta(days=1)),
    ExceptionReason.UPDATE_REFUSED: ("integration", timedelta(hours=4)),
    ExceptionReason.RETURN_UNEXPECTED: ("returns", timedelta(days=2)),
    ExceptionReason.RETURN_OVERDUE: ("returns", timedelta(days=2)),
    ExceptionReason.RETURN_TO_DECIDE: ("returns", timedelta(days=2)),
    ExceptionReason.WITHDRAWN_UNDER_WAY: ("returns", timedelta(days=14)),
    ExceptionReason.WITHDRAWAL_REFUND_DUE: ("returns", timedelta(days=2)),
    ExceptionReason.CLAIM_UNDECIDED: ("customer-service", timedelta(days=1)),
    ExceptionReason.DENIED_PARTY: ("compliance", timedelta(days=1)),
    ExceptionReason.REFUND_FAILED: ("finance", timedelta(days=1)),
    ExceptionReason.SUPPLY_UNEXPECTED: ("inventory", timedelta(days=1)),
    ExceptionReason.TRANSFER_LATE: ("inventory", timedelta(days=1)),
    ExceptionReason.TRANSFER_VARIANCE: ("inventory", timedelta(days=7)),
    ExceptionReason.STOCK_VARIANCE: ("inventory", timedelta(days=2)),
    ExceptionReason.ADOPTION_REFUSED: ("integration", timedelta(days=1)),
    ExceptionReason.RETURN_LOST: ("returns", timedelta(days=14)),
    ExceptionReason.FEED_GAP: ("integration", timedelta(hours=4)),
    ExceptionReason.EVENT_UNMATCHED: ("integration", timedelta(hours=8)),
    ExceptionReason.EVENT_REFUSED: ("integration", timedelta(hours=8)),
    ExceptionReason.NODE_CONTESTED: ("inventory", timedelta(hours=4)),
    ExceptionReason.SNAPSHOT_ABANDONED: ("integration", timedelta(hours=8)),
    ExceptionReason.PAYMENT_CONTRADICTED: ("finance", timedelta(days=1)),
    ExceptionReason.PAYMENT_DISPUTED: ("finance", timedelta(days=7)),
    ExceptionReason.SETTLEMENT_DIFFERS: ("finance", timedelta(days=5)),
    ExceptionReason.WEBHOOK_UNDELIVERED: ("integration", timedelta(days=1)),
    ExceptionReason.WEBHOOK_DISABLED: ("integration", timedelta(days=2)),
    ExceptionReason.NETWORK_NOT_REPLACED: ("integration", timedelta(hours=4)),
    ExceptionReason.VAT_NUMBER_NOT_IN_FORCE: ("finance", timedelta(days=5)),
    ExceptionReason.CREDIT_EXCEEDED: ("finance", timedelta(days=1)),
    ExceptionReason.DECLARATION_INCOMPLETE: ("customer-service", timedelta(hours=4)),
    ExceptionReason.DECLARATION_HELD: ("customer-service", timedelta(days=1)),
    ExceptionReason.DECLARATION_REJECTED: ("customer-service", timedelta(hours=4)),
    ExceptionReason.DECLARATION_OVERDUE: ("customer-service", timedelta(days=1)),
    ExceptionReason.DECLARATION_CONTRADICTED: ("customer-service", timedelta(hours=4)),
}
"""Reason -> (owning role, time it has to deal with it)."""
