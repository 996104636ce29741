"""Compares settlement reports of payment providers with the ledger, and names every difference."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final
from uuid import UUID

from msgspec import Struct

from hub.cases.context import FlowContext
from hub.exceptions import operations as exceptions
from hub.exceptions.model import ExceptionReason, ExceptionRecord
from hub.exceptions.policy import raised
from hub.kernel.errors import Refusal
from hub.kernel.ids import derived
from hub.ledger import operations as ledger
from hub.ledger.errors import UnknownPaymentAccount
from hub.ledger.model import Account, BookedStep, Difference, EntryKind, SettlementReport
from hub.ledger.policy import differences
from hub.network.model import PartnerKind
from hub.payments import operations as payments
from hub.payments.model import TransactionKind

_KINDS: Final = {
    TransactionKind.CAPTURE: EntryKind.CAPTURE,
    TransactionKind.REFUND: EntryKind.REFUND,
    TransactionKind.CHARGEBACK: EntryKind.CHARGEBACK,
}
"""What of an order's money a provider settles."""


class Settlement(Struct, frozen=True):
    """How a report agrees with the ledger: entries without a difference, and the differences."""

    matched: int
    differences: tuple[Difference, ...]


async def import_settlements(flow: FlowContext, reports: Sequence[SettlementReport]) -> list[Settlement | Refusal]:
    """Takes reports in order. Refuses UNKNOWN_PAYMENT_ACCOUNT, also to whoever does not see the whole installation."""
    return [await _imported(flow, report) for report in reports]


async def _imported(flow: FlowContext, report: SettlementReport) -> Settlement | Refusal:
    account = flow.network.accounts.get(report.account_id)
    if account is None or account.kind is not PartnerKind.PAYMENT or not flow.scope.unlimited:
        return UnknownPaymentAccount(
            f"There is no payment account {report.account_id} that you may settle.", account_id=report.account_id
        )
    booked = await _booked(flow, report)
    known = await ledger.entries_known(flow.tx, report.account_id, [entry.reference for entry in report.entries])
    keys = sorted({entry.operation_key for entry in report.entries} | set(booked))
    settled = await ledger.settled_by(flow.tx, report.account_id, keys)
    found = differences(report, booked, known, settled)
    await ledger.record_entries(flow.tx, report.account_id, report.reference, report.entries, at=flow.at)
    settled_now = [
        (ExceptionReason.SETTLEMENT_DIFFERS, f"{report.account_id}/{entry.operation_key}") for entry in report.entries
    ]
    await exceptions.resolve(flow.tx, settled_now, at=flow.at)
    await exceptions.open_all(flow.tx, [_exception(flow, report, one) for one in found])
    wrong = {one.entry_reference for one in found} - {""}
    return Settlement(sum(entry.reference not in wrong for entry in report.entries), tuple(found))


async def _booked(flow: FlowContext, report: SettlementReport) -> Mapping[str, BookedStep]:
    """What the ledger has of the operations that a report names, and of its period."""
    ids = [identity for entry in report.entries if (identity := _identity(entry.operation_key))]
    steps = await payments.settleable(flow.tx, report.account_id, ids, report.since, report.until)
    posting = {one.transaction_id: derived(one.transaction_id, "posting", one.kind.value) for one, _ in steps}
    moved = await ledger.moved(flow.tx, list(posting.values()), Account.CASH)
    result: dict[str, BookedStep] = {}
    for one, account_id in steps:
        currency, amount = moved.get(posting[one.transaction_id], ("", None))
        key = str(one.transaction_id)
        result[key] = BookedStep(key, account_id, _KINDS[one.kind], currency, amount)
    return result


def _identity(operation_key: str) -> UUID | None:
    try:
        return UUID(operation_key)
    except ValueError:
        return None


def _exception(flow: FlowContext, report: SettlementReport, difference: Difference) -> ExceptionRecord:
    about = difference.entry_reference or difference.operation_key
    return raised(
        exception_id=flow.new_id(),
        reason=ExceptionReason.SETTLEMENT_DIFFERS,
        subject=f"{report.account_id}/{about}",
        detail=f"{report.account_id} {report.reference}: {difference.detail} Settle it with the provider.",
        suggested_command=None,
        at=flow.at,
    )
