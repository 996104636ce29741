"""Accounts on terms: what orders take of a credit limit, who waits for it, and who goes on, to the cent."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any

import pytest

from hub.api.orders.changes import CANCEL_LINES, RESOLVE_HOLD
from hub.api.orders.credit_changes import PUT_CREDIT_ACCOUNT
from hub.cases.case import Case
from hub.credit.errors import (
    CreditAccountInUse,
    CreditAccountNotFound,
    CreditUndecided,
    ReceivableExceeded,
    SettlementReferenceTaken,
)
from hub.credit.model import CreditStatus
from hub.flows.money.keep_credit import CreditDraft
from hub.flows.money.review_credit import review_credit
from hub.flows.money.settle_receivables import ReceivableSettlement
from hub.flows.orders.resolve_holds import HoldDecision
from hub.holds.errors import HoldNotFound
from hub.holds.model import BEFORE_RELEASE, HoldStatus
from hub.kernel.errors import CurrencyMismatch, StateChanged
from hub.messages.tasks import ReviewCredit
from hub.network.model import ShortagePolicy
from hub.orders.lifecycle import OrderState
from hub.orders.model import CancelRequest
from hub.slices.lifecycle import SliceState
from tests.support.changes import changed
from tests.support.credit import ACCOUNT, exposure, held, on_account, put, release, settle
from tests.support.drafts import draft, line
from tests.support.network import SELLER
from tests.support.returns import balance, bring_back
from tests.support.world import World

DAYS = timedelta(days=2)


async def order(world: World, reference: str, euros: str, units: int = 1, **changes: Any) -> Case:
    goods = [line("HAT", units, euros)]
    return await world.place(draft(reference, goods, instruments=[on_account()], **changes))


async def test_scenario_30_is_held_at_250_000_euros_and_goes_on_once_an_invoice_is_paid(world: World) -> None:
    await world.stock("HAT", "DC-NL", 100)
    await put(world, "250000.00")
    first = await order(world, "B-1", "3000.00", 80)
    second = await order(world, "B-2", "1000.00", 10)
    over = await order(world, "B-3", "0.01")
    await world.settle()

    assert await exposure(world) == 25_000_000, "exactly the limit is within it"
    assert await held(world, first, second, over) == ["B-3"]
    (hold,) = (await world.case(over.order_id)).holds
    assert hold.blocks == BEFORE_RELEASE
    assert "limit of 250000.00 EUR; 250000.00 EUR are used, and the order takes 0.01 EUR more" in hold.reason
    case = await world.case(over.order_id)
    assert (case.order.state, [one.state for one in case.slices]) == (OrderState.PLACED, [SliceState.RESERVED])
    (told,) = await world.rows("SELECT owner, reason, suggested_command FROM exception_record")
    assert dict(told) == {
        "owner": "finance",
        "reason": "CREDIT_EXCEEDED",
        "suggested_command": f'crossdock credit release {over.order_id} "REASON"',
    }

    await world.advance(DAYS)
    assert await exposure(world) == 25_000_000, "what was to ship is invoiced now"
    assert (await world.case(first.order_id)).order.state is OrderState.CLOSED
    assert await balance(world, "receivable") == 25_000_000
    await settle(world, first.order_id, "240000.00")
    await world.advance(DAYS)

    assert await held(world, over) == await world.exceptions() == []
    assert (await world.case(over.order_id)).order.state is OrderState.CLOSED
    assert await exposure(world) == 1_000_001
    assert (await balance(world, "receivable"), await balance(world, "cash")) == (1_000_001, 24_000_000)


async def test_eight_orders_at_the_same_instant_never_pass_the_limit_together(world: World) -> None:
    await world.stock("HAT", "DC-NL", 20)
    await put(world, "100.00")

    placed = await asyncio.gather(*(order(world, f"W-{n}", "30.00") for n in range(8)))
    review = ReviewCredit(seller_id=SELLER, credit_account_id=ACCOUNT)
    await asyncio.gather(*(world.run(review_credit, [review]) for _ in range(4)))

    assert await exposure(world) == 9000
    assert len(await held(world, *placed)) == 5
    await world.settle()
    assert (await exposure(world), len(await held(world, *placed))) == (9000, 5)
    assert [one["released"] for one in await world.rows("SELECT count(*) AS released FROM fulfillment_order")] == [3]


async def test_who_waits_goes_on_in_the_order_of_placement_each_that_the_limit_lets(world: World) -> None:
    await world.stock("HAT", "DC-NL", 20)
    await put(world, "100.00")
    amounts = ("100.00", "60.00", "30.00", "50.00", "10.00", "20.00")
    sold = [await order(world, f"W-{number}", euros) for number, euros in enumerate(amounts)]
    await world.settle()
    assert await held(world, *sold) == ["W-1", "W-2", "W-3", "W-4", "W-5"]

    await world.ask(CANCEL_LINES, CancelRequest(sold[0].order_id, "not wanted"))
    await world.settle()
    assert await held(world, *sold) == ["W-3", "W-5"], "60.00, 30.00 and 10.00 of the 100.00 that are free"
    assert await exposure(world) == 10000

    await put(world, "120.00", version=1)
    await world.settle()
    assert (await held(world, *sold), await exposure(world)) == (["W-3"], 12000)

    await put(world, "10.00")
    await world.settle()
    assert await held(world, *sold) == ["W-3"], "a lower limit holds nothing again that went on"
    with pytest.raises(CreditUndecided):
        await resolve(world, sold[3])
    await release(world, sold[3].order_id)
    await world.advance(DAYS)
    assert (await held(world, *sold), await exposure(world)) == ([], 17000)
    (ended,) = (await world.case(sold[3].order_id)).holds
    assert (ended.status, ended.note) == (HoldStatus.RESOLVED, "released over the credit limit: they paid by phone")
    with pytest.raises(HoldNotFound):
        await release(world, sold[3].order_id)


async def test_what_is_settled_is_settled_once_and_no_more_than_is_open(world: World) -> None:
    await world.stock("HAT", "DC-NL", 3)
    await put(world, "100.00")
    placed = await order(world, "W-1", "30.00", 3)
    with pytest.raises(ReceivableExceeded):
        await settle(world, placed.order_id, "0.01")
    await world.advance(DAYS)

    await settle(world, placed.order_id, "40.00")
    await settle(world, placed.order_id, "40.00")
    assert await exposure(world) == 5000
    with pytest.raises(SettlementReferenceTaken):
        await settle(world, placed.order_id, "41.00")
    with pytest.raises(SettlementReferenceTaken):
        await settle(world, placed.order_id, "40.00", how=ReceivableSettlement.WRITTEN_OFF)
    with pytest.raises(CurrencyMismatch):
        await settle(world, placed.order_id, "1.00", "BANK-2", currency="USD")
    with pytest.raises(ReceivableExceeded):
        await settle(world, placed.order_id, "50.01", "BANK-2")

    await bring_back(world, placed.order_id)
    assert await exposure(world) == 2000, "a credit note of 30.00"
    await settle(world, placed.order_id, "20.00", "LOSS-1", ReceivableSettlement.WRITTEN_OFF)
    assert (await exposure(world), await balance(world, "receivable"), await balance(world, "bad_debt")) == (0, 0, 2000)
    await bring_back(world, placed.order_id)
    assert await exposure(world) == 0, "an order that is credited below nothing lends nothing to others"
    assert "ReceivableSettled" in await world.events(placed.order_id)


async def test_a_change_that_takes_more_than_the_limit_holds_the_order_and_one_that_takes_less_frees_it(
    world: World,
) -> None:
    await world.items("HAT", "CAP")
    await put(world, "100.00")
    placed = await order(world, "W-1", "40.00", 2, shortage_policy=ShortagePolicy.BACKORDER)
    await world.settle()
    assert (await held(world, placed), await exposure(world)) == ([], 8000)

    await changed(world, placed, added=(line("CAP", 1, "20.01"),))
    await world.settle()
    assert (await held(world, placed), await exposure(world)) == (["W-1"], 8000), "what went on before counts"
    await world.stock("HAT", "DC-NL", 2)
    await world.settle()
    assert (await world.case(placed.order_id)).fulfillment_orders == ()

    await world.ask(CANCEL_LINES, CancelRequest(placed.order_id, "too much", ((1, 1),)))
    await world.settle()
    assert (await held(world, placed), await exposure(world)) == ([], 6001)


async def test_an_account_that_is_unknown_stopped_or_in_another_currency_holds_orders(world: World) -> None:
    await world.stock("HAT", "DC-NL", 5)
    placed = await order(world, "W-1", "30.00")
    await world.settle()
    assert await held(world, placed) == ["W-1"]
    await put(world, "100.00", currency="USD")
    await world.settle()
    assert (await held(world, placed), await exposure(world)) == (["W-1"], 0), "no rate is guessed"
    with pytest.raises(CurrencyMismatch):
        await put(world, "100.00")
    with pytest.raises(StateChanged):
        await put(world, "100.00", currency="USD", version=7)

    await put(world, "100.00", CreditStatus.STOPPED, name="OTHER")
    stopped = await world.place(draft("W-2", [line("HAT", 1, "30.00")], instruments=[on_account("OTHER")]))
    await world.settle()
    assert await held(world, stopped) == ["W-2"]
    with pytest.raises(CreditAccountInUse):
        await put(world, "100.00", CreditStatus.CLOSED, name="OTHER")
    await put(world, "100.00", name="OTHER")
    await world.settle()
    assert (await held(world, stopped), await exposure(world, "OTHER")) == ([], 3000)

    await world.ask(RESOLVE_HOLD, decision(await world.case(placed.order_id), HoldStatus.REJECTED))
    await world.settle()
    assert (await world.case(placed.order_id)).order.state is OrderState.REJECTED
    assert (await put(world, "0.00", CreditStatus.CLOSED, currency="USD")).status is CreditStatus.CLOSED


def decision(case: Case, status: HoldStatus = HoldStatus.RESOLVED) -> HoldDecision:
    (hold,) = case.holds
    return HoldDecision(case.order_id, hold.hold_id, status)


async def resolve(world: World, placed: Case) -> Case:
    return await world.ask(RESOLVE_HOLD, decision(await world.case(placed.order_id)))


async def test_a_seller_that_nobody_knows_has_no_accounts(world: World) -> None:
    with pytest.raises(CreditAccountNotFound):
        await world.ask(PUT_CREDIT_ACCOUNT, CreditDraft("NOBODY", ACCOUNT, "EUR", 1, CreditStatus.OPEN))
