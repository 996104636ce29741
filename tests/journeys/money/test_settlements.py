"""A provider's settlement report is compared with the ledger, and each difference waits for a person."""

from __future__ import annotations

from datetime import timedelta

import pytest

from crossdock.payments.v1 import payments_pb2
from hub.api.orders.changes import IMPORT_SETTLEMENT
from hub.kernel.instant import Instant
from hub.kernel.money import Money
from hub.ledger.errors import UnknownPaymentAccount
from hub.ledger.model import DifferenceKind, EntryKind, SettlementEntry, SettlementReport
from hub.payments.model import Transaction, TransactionKind
from hub.wire.money import money_to_pb
from hub.wire.orders.settlements import report_from_pb
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


def entry(number: int, step: Transaction, euros: str | None = None) -> payments_pb2.SettlementEntry:
    """What a provider says of a step, with its amount unless another one is given."""
    captures = payments_pb2.SETTLEMENT_KIND_CAPTURE
    return payments_pb2.SettlementEntry(
        reference=f"E-{number}",
        kind=captures if step.kind is TransactionKind.CAPTURE else payments_pb2.SETTLEMENT_KIND_REFUND,
        operation_key=str(step.transaction_id),
        amount=money_to_pb(Money.of(euros, "EUR") if euros else Money(step.amount_minor, "EUR")),
    )


def told(reference: str, *entries: payments_pb2.SettlementEntry, until: Instant | None = None) -> SettlementReport:
    """A report as it is read; of a period where its end is given."""
    request = payments_pb2.ImportSettlementRequest(account_id="cards", reference=reference, entries=entries)
    if until is not None:
        request.period_start_time.FromDatetime(TUESDAY)
        request.period_end_time.FromDatetime(until)
    return report_from_pb(request)


async def test_a_report_is_compared_with_the_ledger_and_what_it_lacks_ends_with_the_report_that_has_it(
    world: World,
) -> None:
    first, second, refund = await captured_and_refunded(world)
    strange = entry(3, first, "0.01")
    strange.operation_key = "nobody's"
    until = await world.now() + timedelta(minutes=1)
    report = told("R-1", entry(1, first), entry(2, second, "29.99"), strange, until=until)

    settled = await world.ask(IMPORT_SETTLEMENT, report)

    assert settled.matched == 1
    assert [(one.kind, one.entry_reference, one.operation_key) for one in settled.differences] == [
        (DifferenceKind.OTHER_AMOUNT, "E-2", str(second.transaction_id)),
        (DifferenceKind.UNKNOWN, "E-3", "nobody's"),
        (DifferenceKind.NOT_SETTLED, "", str(refund.transaction_id)),
    ]
    assert await world.exceptions() == ["SETTLEMENT_DIFFERS"] * 3

    later = await world.ask(IMPORT_SETTLEMENT, told("R-2", entry(4, refund)))
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
    account_id = "wms"
    with pytest.raises(UnknownPaymentAccount, match=account_id):
        await world.ask(IMPORT_SETTLEMENT, SettlementReport(account_id, "R-1", ()))
