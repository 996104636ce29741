"""Comparing settlement reports with the ledger: every difference is named once, what agrees is not."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from hub.kernel.money import Money
from hub.ledger.model import BookedStep, Difference, DifferenceKind, SettlementEntry, SettlementReport


def differences(
    report: SettlementReport,
    booked: Mapping[str, BookedStep],
    known: Mapping[str, SettlementEntry],
    settled: Mapping[str, str],
) -> list[Difference]:
    """Return how a report differs from the ledger, in the order of its entries; then what it lacks.

    `booked` are captures, refunds and chargebacks by operation key: those that the report names, and those of its
    period. `known` are entries of earlier imports by reference. `settled` says by which entry an operation was settled
    before.
    """
    result: list[Difference] = []
    settled_by = dict(settled)
    seen: dict[str, SettlementEntry] = {}
    for entry in report.entries:
        before = known.get(entry.reference) or seen.get(entry.reference) or entry
        if before != entry:
            result.append(_told(DifferenceKind.ENTRY_CHANGED, entry, "was imported with other content before"))
            continue
        if entry.reference in seen:
            continue
        seen[entry.reference] = entry
        found = _difference(report, entry, booked.get(entry.operation_key), settled_by)
        if found is not None:
            result.append(found)
        settled_by.setdefault(entry.operation_key, entry.reference)
    return result + _lacking(report, booked.values(), settled_by)


def _difference(
    report: SettlementReport, entry: SettlementEntry, step: BookedStep | None, settled_by: Mapping[str, str]
) -> Difference | None:
    """The first thing in which an entry and what the ledger has of it differ."""
    if step is None:
        return _told(DifferenceKind.UNKNOWN, entry, "is about nothing that the hub asked for")
    if step.booked_minor is None:
        return _told(DifferenceKind.NOT_BOOKED, entry, "settles what has not succeeded here")
    said, ours = Money(entry.amount_minor, entry.currency), Money(step.booked_minor, step.currency)
    by = settled_by.get(entry.operation_key, entry.reference)
    compared = (
        (DifferenceKind.OTHER_ACCOUNT, step.account_id, report.account_id, f"is about a step of {step.account_id}"),
        (DifferenceKind.OTHER_KIND, step.kind, entry.kind, f"says {entry.kind.value} of a {step.kind.value}"),
        (DifferenceKind.SETTLED_TWICE, by, entry.reference, f"settles what {by} settled"),
        (DifferenceKind.OTHER_CURRENCY, ours.currency, said.currency, f"says {said}, the ledger has {ours}"),
        (DifferenceKind.OTHER_AMOUNT, ours.minor, said.minor, f"says {said}, the ledger has {ours}"),
    )
    return next((_told(kind, entry, what) for kind, ledger, stated, what in compared if ledger != stated), None)


def _lacking(report: SettlementReport, booked: Iterable[BookedStep], settled_by: Mapping[str, str]) -> list[Difference]:
    """What succeeded at the account and no entry settles."""
    return [
        Difference(
            DifferenceKind.NOT_SETTLED,
            "",
            step.operation_key,
            f"The {step.kind.value} {step.operation_key} of {Money(step.booked_minor, step.currency)} is in no report"
            f" up to {report.reference}.",
        )
        for step in booked
        if step.booked_minor is not None
        and step.account_id == report.account_id
        and step.operation_key not in settled_by
    ]


def _told(kind: DifferenceKind, entry: SettlementEntry, what: str) -> Difference:
    return Difference(kind, entry.reference, entry.operation_key, f"Entry {entry.reference} {what}.")
