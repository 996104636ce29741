"""A provider's settlement report is compared with the ledger, and each difference waits for a person."""

from __future__ import annotations

from datetime import timedelta

import pytest

from hub.api.orders.changes import IMPORT_SETTLEMENT
from hub.ledger.errors import UnknownPaymentAccount
from hub.ledger.model import DifferenceKind, EntryKind, SettlementEntry, SettlementReport
from hub.payments.model import Transaction, TransactionKind
from tests.support.drafts import draft, line
from tests.support.returns import bring_back, delivered
from tests.support.world import TUESDAY, World


async def captured_and_refunded(world: World) -> list[Transaction]:
    """The captures of two orders, and the refund of the second."""
    await world.stock("MUG", "DC-NL", 2)
    first = await delivered(world, draft("W-1", [line("MUG", 1, "20.00")]))
    second = await delivered(world, draft("W-2", [line("MUG", 1, "30.00")]))
    await bring_back(world, second.order_id)
    kinds = (TransactionKind.CAPTURE, TransactionKind.REFUND)
    cases = [await world.case(one.order_id) for one in (first, second)]
    found = [one for case in cases for one in case.payments.transactions if one.kind in kinds]
    return sorted(found, key=lambda one: (one.kind.value, one.amount_minor))


def entry(number: int, step: Transaction, amount_minor: int | None = None) -> SettlementEntry:
    kind = EntryKind(step.kind.value)
    amount = step.amount_minor if amount_minor is None else amount_minor
    return SettlementEntry(f"E-{number}", kind, str(step.transaction_id), amount, "EUR")


async def test_a_report_is_compared_with_the_ledger_and_what_it_lacks_ends_with_the_report_that_has_it(
    world: World,
) -> None:
    first, second, refund = await captured_and_refunded(world)
    period = {"since": TUESDAY, "until": await world.now() + timedelta(minutes=1)}
    entries = (entry(1, first), entry(2, second, 2999), SettlementEntry("E-3", EntryKind.CAPTURE, "nobody's", 1, "EUR"))
    report = SettlementReport("cards", "R-1", entries, **period)

    settled = await world.ask(IMPORT_SETTLEMENT, report)

    assert settled.matched == 1
    assert [(one.kind, one.entry_reference, one.operation_key) for one in settled.differences] == [
        (DifferenceKind.OTHER_AMOUNT, "E-2", str(second.transaction_id)),
        (DifferenceKind.UNKNOWN, "E-3", "nobody's"),
        (DifferenceKind.NOT_SETTLED, "", str(refund.transaction_id)),
    ]
    assert await world.exceptions() == ["SETTLEMENT_DIFFERS"] * 3

    later = await world.ask(IMPORT_SETTLEMENT, SettlementReport("cards", "R-2", (entry(4, refund),)))
    assert (later.matched, later.differences) == (1, ())
    assert await world.exceptions() == ["SETTLEMENT_DIFFERS"] * 2
    again = await world.ask(IMPORT_SETTLEMENT, report)
    assert [one.kind for one in again.differences] == [DifferenceKind.OTHER_AMOUNT, DifferenceKind.UNKNOWN]
    assert await world.exceptions() == ["SETTLEMENT_DIFFERS"] * 2


async def test_a_repeat_under_the_same_id_is_answered_the_same(world: World) -> None:
    report = SettlementReport("cards", "R-1", (SettlementEntry("E-1", EntryKind.REFUND, "", 1, "EUR"),))
    identity = world.identity()

    answers = [await world.ask(IMPORT_SETTLEMENT, report, request_id=identity) for _ in range(2)]

    assert answers[0] == answers[1]
    assert [one.kind for one in answers[0].differences] == [DifferenceKind.UNKNOWN]


async def test_only_payment_accounts_are_settled(world: World) -> None:
    with pytest.raises(UnknownPaymentAccount):
        await world.ask(IMPORT_SETTLEMENT, SettlementReport("wms", "R-1", ()))
