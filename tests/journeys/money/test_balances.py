"""Gift cards and store credit that the hub keeps: reserved, taken, freed and given back, to the cent."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from decimal import Decimal

import pytest
from msgspec.structs import replace

from hub.api.orders.changes import CANCEL_LINES, REPORT_PAYMENTS, RESOLVE_HOLD
from hub.api.returns.return_changes import GRANT_CREDITS
from hub.balances.errors import BalanceNotFound, BalanceTaken, BalanceTooLow
from hub.cases.case import Case
from hub.flows.money.settle_balances import settle_balances
from hub.flows.orders.resolve_holds import HoldDecision
from hub.holds.model import HoldStatus, HoldType
from hub.kernel.errors import CurrencyMismatch, InvalidField
from hub.messages.tasks import SettleBalance
from hub.orders.lifecycle import OrderState
from hub.orders.model import CancelRequest, InstrumentDraft, LineDraft
from hub.payments.errors import PaymentNotFound
from hub.payments.model import PaymentEventKind, PaymentReport, TransactionState
from hub.returns.model import CreditRequest, Exchange, Resolution
from tests.support.balances import (
    OTHER_CODE,
    adjust,
    by_code,
    by_store_credit,
    issue,
    moved,
    standing,
    store_credit,
)
from tests.support.drafts import card, contact, draft, line, on_terms
from tests.support.returns import authorize, balance, bring_back, delivered, dispose, inspect, receive, request
from tests.support.world import TUESDAY, World


async def test_scenario_22_a_gift_card_pays_40_and_the_card_the_rest_of_two_parcels(world: World) -> None:
    await issue(world, "40.00")

    case = await two_parcels(world, [by_code("40.00"), card()])

    assert world.money("payment.authorize") == ["110.00"]
    assert sorted(world.money("payment.capture")) == ["20.00", "90.00"]
    assert await standing(world) == (0, 0, 0)
    assert await moved(world) == [("ISSUED", 4000, 0), ("RESERVED", -4000, 4000), ("CAPTURED", 0, -4000)]
    assert case.order.state is OrderState.CLOSED
    assert (await balance(world, "store_credit"), await balance(world, "cash")) == (4000, 11000)


async def test_each_parcel_takes_its_part_of_a_gift_card_and_the_rest_stays_on_it(world: World) -> None:
    await issue(world, "200.00")

    await two_parcels(world, [by_code()])

    assert await moved(world) == [
        ("ISSUED", 20000, 0),
        ("RESERVED", -15000, 15000),
        ("CAPTURED", 0, -6000),
        ("CAPTURED", 0, -9000),
    ]
    assert await standing(world) == (5000, 0, 5000)
    assert world.effects("double_payment") == []


async def test_what_comes_back_is_refunded_to_the_card_first_and_then_to_the_balance_that_paid(world: World) -> None:
    await issue(world, "40.00")
    case = await two_parcels(world, [by_code("40.00"), card()])

    await bring_back(world, case.order_id, line_number=1)
    assert await standing(world) == (0, 0, 0)
    await bring_back(world, case.order_id, line_number=2)

    assert sum(int(one.replace(".", "")) for one in world.money("payment.refund")) == 11000
    assert await standing(world) == (4000, 0, 4000)
    assert (await moved(world))[-1] == ("REFUNDED", 4000, 0)
    assert await balance(world, "store_credit") == 0


async def test_units_of_thirds_of_a_price_come_back_to_the_balance_one_by_one(world: World) -> None:
    await issue(world, "29.97")
    await world.stock("MUG", "DC-NL", 3)
    case = await delivered(world, draft("W-22", [line("MUG", 3, "9.99")], instruments=[by_code()]))

    for left in (999, 1998, 2997):
        await bring_back(world, case.order_id)
        assert await standing(world) == (left, 0, left)


async def test_an_order_that_is_canceled_frees_what_was_reserved(world: World) -> None:
    await issue(world, "40.00")
    placed = await held(world, "30.00", by_code())
    assert await standing(world) == (4000, 3000, 1000)

    await world.ask(CANCEL_LINES, CancelRequest(placed.order_id, "changed their mind"))
    await world.settle()

    assert await standing(world) == (4000, 0, 4000)
    assert (await moved(world))[-1] == ("RELEASED", 3000, -3000)


async def test_units_that_are_canceled_free_their_part_alone(world: World) -> None:
    await issue(world, "40.00")
    placed = await held(world, "15.00", by_code(), units=2)

    await world.ask(CANCEL_LINES, CancelRequest(placed.order_id, "one too many", ((1, 1),)))
    await world.settle()

    assert await standing(world) == (4000, 1500, 2500)


async def test_what_a_gift_card_lacks_is_left_to_the_next_instrument_that_states_no_amount(world: World) -> None:
    await issue(world, "25.00")
    await world.stock("HAT", "DC-NL", 1)

    case = await delivered(world, draft("W-1", [line("HAT", 1, "100.00")], instruments=[by_code("40.00"), card()]))

    assert sorted(world.money("payment.authorize")) == ["15.00", "60.00"]
    assert sorted(world.money("payment.capture")) == ["15.00", "60.00"]
    assert [one.amount_minor for one in case.payments.instruments] == [2500, 7500]
    assert await standing(world) == (0, 0, 0)
    assert (case.order.state, case.holds) == (OrderState.CLOSED, ())


async def test_an_empty_gift_card_leaves_all_to_the_next_one(world: World) -> None:
    emptied = await adjust(world, await issue(world, "10.00"), "-10.00")
    assert emptied.free_minor == 0
    await world.stock("HAT", "DC-NL", 1)

    case = await delivered(world, draft("W-1", [line("HAT", 1, "30.00")], instruments=[by_code("20.00"), card()]))

    assert world.money("payment.capture") == ["10.00", "20.00"]
    assert (case.order.state, case.holds) == (OrderState.CLOSED, ())
    assert await moved(world) == [("ISSUED", 1000, 0), ("ADJUSTED", -1000, 0)]


async def test_what_a_gift_card_lacks_is_invoiced_where_terms_pay_the_rest(world: World) -> None:
    await issue(world, "25.00")
    await world.stock("HAT", "DC-NL", 1)

    case = await delivered(world, draft("W-1", [line("HAT", 1, "30.00")], instruments=[by_code("28.00"), on_terms()]))

    assert [one.amount_minor for one in case.payments.instruments] == [2500, 500]
    assert await balance(world, "receivable") == 500
    assert case.order.state is OrderState.CLOSED


@pytest.mark.parametrize(
    ("after", "why"),
    [
        ([], "INSUFFICIENT_BALANCE"),
        ([card("60.00")], "INSUFFICIENT_BALANCE"),
    ],
)
async def test_where_nobody_pays_what_is_lacking_the_order_is_held_and_nothing_reserved(
    world: World, after: list[InstrumentDraft], why: str
) -> None:
    await issue(world, "25.00")
    await world.stock("HAT", "DC-NL", 1)
    stated = [by_code("40.00" if after else None), *after]

    case = await delivered(world, draft("W-1", [line("HAT", 1, "100.00")], instruments=stated))

    (one,) = [one for one in case.holds if one.type is HoldType.PAYMENT]
    assert why in one.reason
    assert await standing(world) == (2500, 0, 2500)
    assert await world.exceptions() == ["ON_HOLD"]
    assert world.money("payment.capture") == []


async def test_a_held_order_goes_on_once_there_is_enough_on_the_card(world: World) -> None:
    card_ = await issue(world, "25.00")
    await world.stock("HAT", "DC-NL", 1)
    case = await delivered(world, draft("W-1", [line("HAT", 1, "30.00")], instruments=[by_code()]))

    await adjust(world, card_, "5.00")
    await resolve(world, case)
    await world.advance(timedelta(days=2))

    assert (await world.case(case.order_id)).order.state is OrderState.CLOSED
    assert await standing(world) == (0, 0, 0)


@pytest.mark.parametrize("stated", ["GIFT-2026-NOBODY-HAS", "of another seller", "expired"])
async def test_a_code_of_nothing_is_declined_as_a_card_is(world: World, stated: str) -> None:
    await issue(world, "50.00", expires_at=TUESDAY + timedelta(days=1))
    if stated == "of another seller":
        async with world.database.transaction() as tx:
            await tx.execute("UPDATE balance SET seller_id = 'OTHER'", {})
    if stated == "expired":
        await world.advance(timedelta(days=1))
    await world.stock("HAT", "DC-NL", 1)
    tender = by_code(None, stated) if stated.startswith("GIFT") else by_code()

    case = await delivered(world, draft("W-1", [line("HAT", 1, "30.00")], instruments=[tender, card()]))

    code = "BALANCE_EXPIRED" if stated == "expired" else "BALANCE_NOT_VALID"
    assert [one.failure_code for one in case.payments.transactions if one.state is TransactionState.FAILED] == [code]
    assert (await standing(world))[1] == 0


async def test_a_refund_after_the_card_expired_can_be_spent_and_what_was_lost_cannot(world: World) -> None:
    await issue(world, "40.00", expires_at=TUESDAY + timedelta(days=30))
    await world.stock("HAT", "DC-NL", 1)
    case = await delivered(world, draft("W-1", [line("HAT", 1, "30.00")], instruments=[by_code()]))
    await world.advance(timedelta(days=29))
    assert await standing(world) == (1000, 0, 0)

    await bring_back(world, case.order_id)

    assert (await moved(world))[-2:] == [("EXPIRED", -1000, 0), ("REFUNDED", 3000, 0)]
    assert await standing(world) == (3000, 0, 3000)
    await world.advance(timedelta(days=30))
    assert await standing(world) == (3000, 0, 0)


async def test_an_amount_that_was_reserved_is_taken_after_the_card_expired(world: World) -> None:
    await issue(world, "40.00", expires_at=TUESDAY + timedelta(hours=1))
    await world.stock("HAT", "DC-NL", 1)

    case = await delivered(world, draft("W-1", [line("HAT", 1, "30.00")], instruments=[by_code()]))

    assert case.order.state is OrderState.CLOSED
    assert await standing(world) == (1000, 0, 0)


async def test_an_order_that_costs_nothing_reserves_nothing(world: World) -> None:
    await issue(world, "40.00")
    await world.stock("HAT", "DC-NL", 1)

    await delivered(world, draft("W-1", [line("HAT", 1, "0.00")], instruments=[by_code()]))

    assert await moved(world) == [("ISSUED", 4000, 0)]


async def test_orders_at_the_same_instant_never_overdraw_a_card(world: World) -> None:
    await issue(world, "100.00")
    await world.stock("HAT", "DC-NL", 20)

    placed = await asyncio.gather(
        *(world.place(draft(f"W-{n}", [line("HAT", 1, "30.00")], instruments=[by_code()])) for n in range(10))
    )
    await world.settle()

    kinds = [kind for kind, _, _ in await moved(world)]
    assert (kinds.count("ISSUED"), kinds.count("RESERVED")) == (1, 3)
    assert (await standing(world))[0] - (await standing(world))[1] == 1000
    cases = [await world.case(one.order_id) for one in placed]
    assert sum(any(hold.type is HoldType.PAYMENT for hold in case.holds) for case in cases) == 7


async def test_a_return_credited_to_store_credit_pays_the_next_order_of_the_customer(world: World) -> None:
    await world.stock("HAT", "DC-NL", 2)
    case = await delivered(world, draft("W-1", [line("HAT", 1, "50.00")]))
    await bring_back(world, case.order_id, resolution=Resolution.STORE_CREDIT)
    assert await store_credit(world) == (5000, 0, 5000)
    assert world.money("payment.refund") == []

    again = draft("W-2", [line("HAT", 1, "70.00")], instruments=[by_store_credit(), card()])
    case = await delivered(world, again)

    assert await store_credit(world) == (0, 0, 0)
    assert world.money("payment.capture") == ["50.00", "20.00"]
    assert case.order.state is OrderState.CLOSED
    assert await balance(world, "store_credit") == 0


async def test_store_credit_of_one_person_pays_for_no_other(world: World) -> None:
    await world.stock("HAT", "DC-NL", 2)
    case = await delivered(world, draft("W-1", [line("HAT", 1, "50.00")]))
    await bring_back(world, case.order_id, resolution=Resolution.STORE_CREDIT)

    other = contact("Bo Berg")
    stated = draft("W-2", [line("HAT", 1, "50.00")], instruments=[by_store_credit()])
    held_ = await delivered(world, replace(stated, customer=replace(other, email="bo@example.com")))

    assert [one.status for one in held_.holds if one.type is HoldType.PAYMENT] == [HoldStatus.ACTIVE]
    assert await store_credit(world) == (5000, 0, 5000)


async def test_an_exchange_of_what_a_gift_card_paid_is_paid_by_it_too(world: World) -> None:
    await issue(world, "100.00")
    await world.stock("HAT", "DC-NL", 1)
    await world.stock("NEW", "DC-NL", 1)
    case = await delivered(world, draft("W-1", [line("HAT", 1, "50.00")], instruments=[by_code()]))
    wanted = Exchange((LineDraft("NEW", 1, Decimal("80.00")),))

    back = await authorize(world, request(case.order_id, resolution=Resolution.EXCHANGE, exchange=wanted))
    await world.settle()
    assert await standing(world) == (5000, 3000, 2000)
    await receive(world, back)
    await inspect(world, back)
    await dispose(world, back)
    await world.advance(timedelta(days=3))

    assert await standing(world) == (2000, 0, 2000)
    assert [await balance(world, one) for one in ("customer", "exchange")] == [0, 0]


async def test_a_code_is_issued_once_and_no_more_is_taken_off_than_is_free(world: World) -> None:
    issued = await issue(world, "40.00")
    with pytest.raises(BalanceTaken):
        await issue(world, "40.00", "gift 2026 abcd efgh")
    with pytest.raises(BalanceTooLow):
        await adjust(world, issued, "-40.01")
    with pytest.raises(CurrencyMismatch):
        await adjust(world, issued, "1.00", currency="USD")
    with pytest.raises(BalanceNotFound):
        await issue(world, "40.00", OTHER_CODE, seller_id="NOBODY")
    with pytest.raises(InvalidField):
        await issue(world, "40.00", OTHER_CODE, expires_at=TUESDAY - timedelta(days=1))
    assert await moved(world) == [("ISSUED", 4000, 0)]


async def held(world: World, price: str, tender: InstrumentDraft, units: int = 1) -> Case:
    """An order that a person looks at: it is authorized, and no node works it yet."""
    await world.stock("HAT", "DC-NL", 5)
    stated = draft("W-8", [line("HAT", units, price)], instruments=[tender], customer=contact("Review Me"))
    placed = await world.place(stated)
    await world.settle()
    return placed


async def resolve(world: World, case: Case) -> None:
    """A person has the order go on."""
    (one,) = [one for one in case.holds if one.status is HoldStatus.ACTIVE]
    await world.ask(RESOLVE_HOLD, HoldDecision(case.order_id, one.hold_id, HoldStatus.RESOLVED, "there is enough"))


async def two_parcels(world: World, instruments: list[InstrumentDraft]) -> Case:
    """A lamp for 60.00 and a chair for 90.00, each in a parcel of its own."""
    await world.network(profiles={"wms": {"ship_after_minutes": 180}})
    await world.stock("LAMP", "ST-AMS", 1)
    await world.stock("CHAIR", "DC-NL", 1)
    lines = [line("LAMP", 1, "60.00"), line("CHAIR", 1, "90.00")]
    placed = await world.place(draft("W-22", lines, instruments=instruments))
    await world.advance(timedelta(days=6))
    return await world.case(placed.order_id)


async def test_many_clients_at_one_balance_take_turns_and_never_more_than_there_is(world: World) -> None:
    made = await issue(world, "100.00")
    await world.stock("HAT", "DC-NL", 20)
    placed = [await world.place(draft(f"W-{n}", [line("HAT", 1, "30.00")], instruments=[by_code()])) for n in range(8)]
    asked = [SettleBalance(one.order_id, one.payments.transactions[0].transaction_id) for one in placed]

    await asyncio.gather(
        *(world.run(settle_balances, [one]) for one in asked), *(adjust(world, made, "-1.00") for _ in range(8))
    )

    kinds = [kind for kind, _, _ in await moved(world)]
    assert (kinds.count("RESERVED"), kinds.count("ADJUSTED")) == (3, 8)
    assert (await standing(world))[:2] == (9200, 9000)


async def test_what_was_asked_of_a_balance_is_done_once_however_often_it_comes(world: World) -> None:
    await issue(world, "100.00")
    await world.stock("HAT", "DC-NL", 1)
    placed = await world.place(draft("W-1", [line("HAT", 1, "30.00")], instruments=[by_code()]))
    asked = SettleBalance(placed.order_id, placed.payments.transactions[0].transaction_id)

    for _ in range(2):
        await world.run(settle_balances, [asked, asked])

    assert await moved(world) == [("ISSUED", 10000, 0), ("RESERVED", -3000, 3000)]


async def test_a_provider_that_tells_of_a_balance_is_not_believed(world: World) -> None:
    await issue(world, "40.00")
    placed = await held(world, "30.00", by_code())
    (authorization,) = (await world.case(placed.order_id)).payments.transactions
    told = PaymentReport(authorization.transaction_id, PaymentEventKind.DECLINED, await world.now())

    with pytest.raises(PaymentNotFound):
        await world.ask(REPORT_PAYMENTS, told)

    assert await standing(world) == (4000, 3000, 1000)


async def test_a_person_may_credit_a_customer_with_store_credit(world: World) -> None:
    await world.stock("HAT", "DC-NL", 1)
    case = await delivered(world, draft("W-1", [line("HAT", 1, "50.00")]))

    for _ in range(2):
        await world.ask(GRANT_CREDITS, CreditRequest(case.order_id, 750, "EUR", "late", Resolution.STORE_CREDIT))
    await world.settle()

    assert await store_credit(world) == (1500, 0, 1500)
    assert world.money("payment.refund") == []
