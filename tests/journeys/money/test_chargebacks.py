"""Customers dispute captured amounts at their banks: what is held, comes back or is gone, to the cent."""

from __future__ import annotations

from datetime import timedelta
from itertools import permutations
from typing import Any, Final

import pytest

from crossdock.payments.v1 import payments_pb2
from hub.api.orders.changes import IMPORT_SETTLEMENT, REPORT_PAYMENTS
from hub.cases.case import Case
from hub.kernel.money import Money
from hub.payments.model import PaymentEventKind, PaymentReport, Transaction, TransactionKind, TransactionState
from hub.wire.money import money_to_pb
from hub.wire.orders.settlements import report_from_pb
from tests.support.returns import bring_back, sold
from tests.support.world import TUESDAY, World

OPENED, WON, LOST = PaymentEventKind.DISPUTED, PaymentEventKind.DISPUTE_WON, PaymentEventKind.DISPUTE_LOST
BOOKS: Final = ("cash", "disputed", "chargeback", "chargeback_fee")


def only(case: Case, kind: TransactionKind) -> Transaction:
    (found,) = [one for one in case.payments.transactions if one.kind is kind]
    return found


async def told(world: World, case: Case, kind: PaymentEventKind, **changes: Any) -> Case:
    """Report a dispute of the capture of an order, with the usual fee."""
    about = changes.pop("about", None) or only(case, TransactionKind.CAPTURE).transaction_id
    usual: dict[str, Any] = {
        "reference": "dp_1",
        "failure_code": "fraudulent",
        "fee_minor": 1500,
        "fee_currency": "EUR",
    }
    await world.ask(REPORT_PAYMENTS, PaymentReport(about, kind, TUESDAY, **(usual | changes)))
    return await world.case(case.order_id)


async def books(world: World) -> tuple[int, ...]:
    rows = await world.rows("SELECT account, sum(amount_minor) AS total FROM entry GROUP BY account")
    total = {row["account"]: int(row["total"]) for row in rows}
    return tuple(total.get(account, 0) for account in BOOKS)


async def test_an_open_dispute_holds_the_amount_and_names_the_day_for_evidence(world: World) -> None:
    case, due = await sold(world, 1), TUESDAY + timedelta(days=20)

    case = await told(world, case, OPENED, expires_at=due, amount_minor=3000, currency="EUR")

    assert only(case, TransactionKind.CHARGEBACK).state is TransactionState.REQUESTED
    assert await books(world) == (2000, 3000, 0, 0)
    (record,) = await world.rows("SELECT * FROM exception_record WHERE resolved_at IS NULL")
    assert (record["reason"], record["owner"], record["deadline_at"]) == ("PAYMENT_DISPUTED", "finance", due)
    assert record["suggested_command"].startswith("crossdock exceptions resolve")
    assert await world.audit() == []


async def test_a_lost_dispute_costs_its_amount_and_its_fee_once(world: World) -> None:
    case = await sold(world, 1)
    for kind in (OPENED, LOST, LOST):
        case = await told(world, case, kind)

    assert await books(world) == (-1500, 0, 5000, 1500)
    assert await world.exceptions() == []
    assert await world.audit() == []


@pytest.mark.parametrize("order", [*permutations((OPENED, WON)), *permutations((OPENED, WON, LOST))])
async def test_events_in_any_order_end_the_same(world: World, order: tuple[PaymentEventKind, ...]) -> None:
    case = await sold(world, 1)
    for kind in (*order, *order):
        case = await told(world, case, kind)

    lost = LOST in order
    assert await books(world) == ((-1500, 0, 5000, 1500) if lost else (5000, 0, 0, 0))
    state = TransactionState.SUCCEEDED if lost else TransactionState.FAILED
    assert only(case, TransactionKind.CHARGEBACK).state is state
    assert await world.exceptions() == []
    assert await world.audit() == []


@pytest.mark.parametrize(("end", "refunded", "left"), [(WON, 5000, []), (LOST, 2000, ["REFUND_FAILED"])])
async def test_what_is_disputed_is_refunded_only_once_it_is_won(
    world: World, end: PaymentEventKind, refunded: int, left: list[str]
) -> None:
    case = await told(world, await sold(world, 1), OPENED, amount_minor=3000, currency="EUR")

    await bring_back(world, case.order_id)
    assert world.money("payment.refund") == ["20.00"]
    assert await world.audit() == []

    case = await told(world, case, end)
    await world.settle()
    given = [one for one in case.payments.transactions if one.kind is TransactionKind.REFUND]
    assert sum(one.amount_minor for one in given) == refunded
    assert await world.exceptions() == left
    assert await world.audit() == []


@pytest.mark.parametrize("changes", [{"amount_minor": 5001, "currency": "EUR"}, {"amount_minor": 1, "currency": "USD"}])
async def test_more_than_was_captured_or_other_money_is_an_exception(world: World, changes: dict[str, Any]) -> None:
    await told(world, await sold(world, 1), OPENED, **changes)

    assert await world.exceptions() == ["PAYMENT_CONTRADICTED"]
    assert await books(world) == (5000, 0, 0, 0)


async def test_a_dispute_of_a_payment_takes_from_its_captures(world: World) -> None:
    case = await sold(world, 1)
    case = await told(world, case, OPENED, about=only(case, TransactionKind.AUTHORIZATION).transaction_id)

    chargeback = only(case, TransactionKind.CHARGEBACK)
    assert (chargeback.capture_id, chargeback.amount_minor) == (
        only(case, TransactionKind.CAPTURE).transaction_id,
        5000,
    )


async def test_a_settlement_report_with_a_chargeback_agrees(world: World) -> None:
    case = await told(world, await sold(world, 1), LOST)
    kinds = {
        TransactionKind.CAPTURE: payments_pb2.SETTLEMENT_KIND_CAPTURE,
        TransactionKind.CHARGEBACK: payments_pb2.SETTLEMENT_KIND_CHARGEBACK,
    }
    entries = [
        payments_pb2.SettlementEntry(
            reference=kind.value,
            kind=settled,
            operation_key=str(only(case, kind).transaction_id),
            amount=money_to_pb(Money(5000, "EUR")),
        )
        for kind, settled in kinds.items()
    ]
    request = payments_pb2.ImportSettlementRequest(account_id="cards", reference="R-1", entries=entries)
    request.period_start_time.FromDatetime(TUESDAY)
    request.period_end_time.FromDatetime(await world.now() + timedelta(minutes=1))

    report = await world.ask(IMPORT_SETTLEMENT, report_from_pb(request))

    assert (report.matched, report.differences) == (2, ())
