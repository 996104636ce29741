"""Settlement reports against the ledger: every planted difference is found, and nothing else."""

from __future__ import annotations

from collections import Counter
from random import Random
from typing import Final

from msgspec.structs import replace

from hub.ledger.model import BookedStep, Difference, DifferenceKind, EntryKind, SettlementEntry, SettlementReport
from hub.ledger.policy import differences

K = DifferenceKind
PLANTED: Final = {
    K.UNKNOWN: 7,
    K.OTHER_ACCOUNT: 6,
    K.OTHER_KIND: 6,
    K.NOT_BOOKED: 6,
    K.OTHER_CURRENCY: 5,
    K.OTHER_AMOUNT: 7,
    K.SETTLED_TWICE: 4,
    K.ENTRY_CHANGED: 4,
    K.NOT_SETTLED: 5,
}
"""Fifty differences, each of an entry of its own."""

BOOKED: Final = {
    f"op-{number}": BookedStep(
        f"op-{number}", "cards", EntryKind.REFUND if number % 4 == 0 else EntryKind.CAPTURE, "EUR", 1000 + number
    )
    for number in range(500)
}
SOUND: Final = SettlementReport(
    "cards",
    "R-1",
    tuple(
        SettlementEntry(f"E-{number}", step.kind, key, step.booked_minor or 0, "EUR")
        for number, (key, step) in enumerate(BOOKED.items())
    ),
)


def test_a_report_that_agrees_has_no_difference_also_when_it_comes_again() -> None:
    known = {entry.reference: entry for entry in SOUND.entries}
    settled = {entry.operation_key: entry.reference for entry in SOUND.entries}

    assert differences(SOUND, BOOKED, {}, {}) == []
    assert differences(SOUND, BOOKED, known, settled) == []
    assert differences(replace(SOUND, entries=SOUND.entries * 2), BOOKED, {}, {}) == []


def test_fifty_planted_differences_are_all_found_and_none_beside_them() -> None:
    for seed in range(20):
        report, booked, known, settled, expected = planted(Random(seed))

        found = differences(report, booked, known, settled)

        assert Counter((one.kind, about(one)) for one in found) == expected, seed
        assert len(found) == 50


def about(difference: Difference) -> str:
    return difference.entry_reference or difference.operation_key


def planted(
    random: Random,
) -> tuple[
    SettlementReport,
    dict[str, BookedStep],
    dict[str, SettlementEntry],
    dict[str, str],
    Counter[tuple[DifferenceKind, str]],
]:
    """A report with fifty differences, what stands beside it, and which they are."""
    entries = {entry.reference: entry for entry in SOUND.entries}
    booked, known, settled = dict(BOOKED), dict[str, SettlementEntry](), dict[str, str]()
    kinds = [kind for kind, count in PLANTED.items() for _ in range(count)]
    expected = Counter[tuple[DifferenceKind, str]]()
    for kind, reference in zip(kinds, random.sample(sorted(entries), len(kinds)), strict=True):
        entry = entries[reference]
        step = booked[entry.operation_key]
        expected[kind, entry.operation_key if kind is K.NOT_SETTLED else reference] += 1
        if kind is K.UNKNOWN:
            del booked[entry.operation_key]
        elif kind is K.OTHER_ACCOUNT:
            booked[entry.operation_key] = replace(step, account_id="giro")
        elif kind is K.OTHER_KIND:
            other = EntryKind.CAPTURE if entry.kind is EntryKind.REFUND else EntryKind.REFUND
            entries[reference] = replace(entry, kind=other)
        elif kind is K.NOT_BOOKED:
            booked[entry.operation_key] = replace(step, booked_minor=None)
        elif kind is K.OTHER_CURRENCY:
            entries[reference] = replace(entry, currency="GBP")
        elif kind is K.OTHER_AMOUNT:
            entries[reference] = replace(entry, amount_minor=entry.amount_minor + random.choice((-1, 1, 100)))
        elif kind is K.SETTLED_TWICE:
            settled[entry.operation_key] = "earlier"
        elif kind is K.ENTRY_CHANGED:
            known[reference] = replace(entry, amount_minor=entry.amount_minor + 1)
            settled[entry.operation_key] = reference
        else:
            del entries[reference]
    told = list(entries.values())
    random.shuffle(told)
    return replace(SOUND, entries=tuple(told)), booked, known, settled, expected
