"""Goods that come back, and where units and money are at each step."""

from __future__ import annotations

from datetime import timedelta

import pytest

from hub.api.returns.return_changes import CANCEL_RETURNS, GRANT_CREDITS, RECORD_RETURNS_IN_TRANSIT
from hub.kernel.errors import CurrencyMismatch
from hub.orders.lifecycle import OrderState
from hub.payments.model import TransactionKind
from hub.returns.errors import (
    CreditExceedsPaid,
    ReturnActionNotAllowed,
    ReturnNotFound,
)
from hub.returns.lifecycle import ReturnState
from hub.returns.model import (
    CreditRequest,
    Disposition,
    Outcome,
    Resolution,
    ShippingRefund,
    Verdict,
)
from hub.slices.lifecycle import SliceState
from tests.support.drafts import draft, line, on_terms, prepaid
from tests.support.returns import (
    authorize,
    balance,
    bring_back,
    credited,
    delivered,
    dispose,
    inspect,
    policy,
    receive,
    request,
    sold,
    states,
)
from tests.support.world import World


async def test_a_unit_goes_from_the_customer_through_receipt_and_inspection_back_onto_the_shelf(world: World) -> None:
    case = await sold(world, 2)

    back = await authorize(world, request(case.order_id))
    assert await states(world, case.order_id) == {SliceState.DELIVERED: 1, SliceState.RETURN_AUTHORIZED: 1}
    assert (await world.case(case.order_id)).order.state is OrderState.CONFIRMED
    await world.ask(RECORD_RETURNS_IN_TRANSIT, back.rma.return_id)
    assert await states(world, case.order_id) == {SliceState.DELIVERED: 1, SliceState.RETURN_IN_TRANSIT: 1}
    await receive(world, back)
    assert await states(world, case.order_id) == {SliceState.DELIVERED: 1, SliceState.RETURN_RECEIVED: 1}
    inspected = await inspect(world, back)
    assert credited(inspected) == [5000]
    assert await world.on_shelf("SHIRT", "DC-NL") == (8, 0, 0)
    closed = await dispose(world, back)
    await world.settle()

    assert closed.rma.state is ReturnState.CLOSED
    assert await states(world, case.order_id) == {SliceState.DELIVERED: 1, SliceState.RETURN_CLOSED: 1}
    assert await world.on_shelf("SHIRT", "DC-NL") == (9, 0, 0)
    assert world.money("payment.refund") == ["50.00"]
    assert (await world.case(case.order_id)).order.state is OrderState.CLOSED
    assert await world.exceptions() == []


async def test_what_is_found_opened_is_kept_as_opened_and_credited_for_less(world: World) -> None:
    case = await sold(world, 1)
    back = await authorize(world, request(case.order_id))
    await receive(world, back)

    inspected = await inspect(world, back, Verdict.ACCEPTED_REDUCED, reduction_minor=1500)
    await dispose(world, back, Disposition.OPEN_BOX, node_id="ST-AMS")
    await world.settle()

    assert credited(inspected) == [3500]
    assert world.money("payment.refund") == ["35.00"]
    assert await world.on_shelf("SHIRT", "DC-NL") == (9, 0, 0)
    assert await opened(world) == [("ST-AMS", "OPEN_BOX", 1)]


async def test_what_is_rejected_goes_back_to_the_customer_without_a_credit(world: World) -> None:
    case = await sold(world, 1)
    back = await authorize(world, request(case.order_id))
    await receive(world, back)
    await inspect(world, back, Verdict.REJECTED)
    closed = await dispose(world, back, Disposition.SEND_BACK)
    await world.settle()

    assert (closed.rma.state, credited(closed)) == (ReturnState.CLOSED, [])
    assert world.money("payment.refund") == []
    assert await world.on_shelf("SHIRT", "DC-NL") == (9, 0, 0)


async def test_what_a_person_must_decide_waits_as_an_exception_until_decided(world: World) -> None:
    case = await sold(world, 1)
    back = await authorize(world, request(case.order_id))
    await receive(world, back)

    await inspect(world, back, Verdict.MANUAL)
    assert await world.exceptions() == ["RETURN_TO_DECIDE"]
    await inspect(world, back)
    assert await world.exceptions() == []


async def test_what_came_and_is_not_disposed_of_in_time_is_named_until_it_is(world: World) -> None:
    case = await sold(world, 2)
    back = await authorize(world, request(case.order_id, 2))
    await receive(world, back)
    assert await states(world, case.order_id) == {SliceState.RETURN_AUTHORIZED: 1, SliceState.RETURN_RECEIVED: 1}

    await world.advance(timedelta(days=60))
    assert await world.exceptions() == ["RETURN_OVERDUE"]

    await receive(world, back, reference="R-2")
    await inspect(world, back, quantity=2)
    await dispose(world, back, quantity=2)
    assert await world.exceptions() == []


async def test_what_comes_after_its_return_has_expired_is_named_when_nobody_disposes_of_it(world: World) -> None:
    case = await sold(world, 1)
    back = await authorize(world, request(case.order_id))
    await world.advance(timedelta(days=60))
    assert await states(world, case.order_id) == {SliceState.DELIVERED: 1}

    await receive(world, back)
    await world.advance(timedelta(days=13))
    assert await world.exceptions() == []
    await world.advance(timedelta(days=1))

    assert await world.exceptions() == ["RETURN_OVERDUE"]


async def test_who_may_keep_the_goods_is_credited_at_once(world: World) -> None:
    case = await sold(world, 2)

    kept = await authorize(world, request(case.order_id, keep=True))
    await world.settle()

    assert (kept.rma.state, credited(kept)) == (ReturnState.CLOSED, [5000])
    assert await states(world, case.order_id) == {SliceState.DELIVERED: 1, SliceState.KEPT: 1}
    assert world.money("payment.refund") == ["50.00"]


async def test_store_credit_is_a_posting_and_refunds_no_instrument(world: World) -> None:
    case = await sold(world, 1)

    await bring_back(world, case.order_id, resolution=Resolution.STORE_CREDIT)

    assert world.money("payment.refund") == []
    assert await balance(world, "store_credit") == -5000
    assert await balance(world, "customer") == 0


async def test_nothing_is_credited_where_nothing_is_to_be(world: World) -> None:
    case = await sold(world, 1)

    back = await bring_back(world, case.order_id, resolution=Resolution.NONE)

    assert credited(back) == []


async def test_shipping_is_given_back_when_everything_came_back_and_the_policy_says_so(world: World) -> None:
    await policy(world, shipping=ShippingRefund.WHEN_ALL_RETURNED)
    await world.stock("SHIRT", "DC-NL", 10)
    case = await delivered(world, draft("W-1", [line("SHIRT", 2, "50.00")], shipping="5.00"))

    first = await bring_back(world, case.order_id)
    second = await bring_back(world, case.order_id)

    assert [credited(first), credited(second)] == [[5000], [5500]]


async def test_shipping_is_not_given_back_while_units_of_the_order_are_still_to_come(world: World) -> None:
    await policy(world, shipping=ShippingRefund.WHEN_ALL_RETURNED)
    await world.network(profiles={"wms": {"ship_after_minutes": 3 * 24 * 60}})
    await world.stock("MUG", "ST-AMS", 1)
    await world.stock("MUG", "DC-NL", 1)
    case = await delivered(world, draft("W-1", [line("MUG", 2, "10.00")], shipping="4.95"))
    assert len(case.shipments) == 1

    await bring_back(world, case.order_id)
    await world.advance(timedelta(days=6))

    assert (await world.case(case.order_id)).order.state is OrderState.CLOSED
    assert world.money("payment.capture") == ["14.95", "10.00"]
    assert world.money("payment.refund") == ["10.00"]


async def test_units_inspected_one_by_one_bear_the_same_fee_as_together(world: World) -> None:
    await policy(world, fees={"EUR": 350})
    await world.stock("PIN", "DC-NL", 5)
    case = await delivered(world, draft("W-1", [line("PIN", 5, "1.00")]))

    back = await authorize(world, request(case.order_id, 5))
    await receive(world, back, 5)
    for _ in range(5):
        back = await inspect(world, back)

    assert sorted(credited(back)) == [0, 0, 0, 50, 100]
    assert await balance(world, "fees") == -350


async def test_a_reduction_split_over_inspections_takes_off_what_it_does_at_once(world: World) -> None:
    await world.stock("PIN", "DC-NL", 3)
    case = await delivered(world, draft("W-1", [line("PIN", 3, "8.3233")]))
    back = await authorize(world, request(case.order_id, 3))
    await receive(world, back, 3)

    for _ in range(3):
        back = await inspect(world, back, Verdict.ACCEPTED_REDUCED, reduction_minor=833)

    assert credited(back) == [0, 0, 0]
    assert world.money("payment.refund") == []


async def test_a_fee_is_taken_once_and_only_where_the_customer_chose_to_send_back(world: World) -> None:
    await policy(world, fees={"EUR": 350})
    case = await sold(world, 2)

    back = await authorize(world, request(case.order_id, 2))
    await receive(world, back, 2)
    await inspect(world, back)
    both = await inspect(world, back)

    assert credited(both) == [4650, 5000]
    assert await balance(world, "fees") == -350


async def test_money_that_the_channel_took_is_asked_of_the_channel(world: World) -> None:
    await world.stock("SHIRT", "DC-NL", 10)
    case = await delivered(world, draft("W-1", [line("SHIRT", 1, "50.00")], instruments=[prepaid()]))

    await bring_back(world, case.order_id)

    assert world.effects("double_payment") == []
    (refund,) = world.effects("double_channel", "channel.refund")
    assert (refund.detail["amount"], refund.detail["payment_reference"]) == ("50.00", "paid-1")
    assert (await world.case(case.order_id)).order.state is OrderState.CLOSED


async def test_an_invoice_is_lowered_by_a_credit_note(world: World) -> None:
    await world.stock("SHIRT", "DC-NL", 10)
    case = await delivered(world, draft("W-1", [line("SHIRT", 2, "50.00")], instruments=[on_terms()]))

    await bring_back(world, case.order_id)

    case = await world.case(case.order_id)
    assert [one.amount_minor for one in case.payments.transactions if one.kind is TransactionKind.CREDIT_NOTE] == [5000]
    assert await balance(world, "receivable") == 5000


async def test_an_appeasement_is_money_without_goods(world: World) -> None:
    case = await sold(world, 1)

    await world.ask(GRANT_CREDITS, CreditRequest(case.order_id, 700, "EUR", "late"))
    await world.settle()

    assert world.money("payment.refund") == ["7.00"]
    assert await balance(world, "appeasement") == 700
    assert (await world.case(case.order_id)).order.state is OrderState.CLOSED
    with pytest.raises(CreditExceedsPaid):
        await world.ask(GRANT_CREDITS, CreditRequest(case.order_id, 4301, "EUR", "late"))
    with pytest.raises(CurrencyMismatch):
        await world.ask(GRANT_CREDITS, CreditRequest(case.order_id, 100, "GBP", "late"))


async def test_after_an_appeasement_no_more_is_credited_than_was_paid(world: World) -> None:
    case = await sold(world, 1)
    await world.ask(GRANT_CREDITS, CreditRequest(case.order_id, 700, "EUR", "late"))

    await bring_back(world, case.order_id)

    assert world.money("payment.refund") == ["7.00", "43.00"]
    assert await balance(world, "payable") == 0
    assert await world.exceptions() == []


async def test_permission_taken_back_leaves_the_units_with_the_customer_and_the_order_closed(world: World) -> None:
    case = await sold(world, 1)
    back = await authorize(world, request(case.order_id))

    canceled = await world.ask(CANCEL_RETURNS, back.rma.return_id)

    assert canceled.rma.state is ReturnState.CANCELED
    assert await states(world, case.order_id) == {SliceState.DELIVERED: 1}
    assert (await world.case(case.order_id)).order.state is OrderState.CLOSED
    with pytest.raises(ReturnActionNotAllowed):
        await world.ask(RECORD_RETURNS_IN_TRANSIT, back.rma.return_id)
    with pytest.raises(ReturnNotFound):
        await world.ask(CANCEL_RETURNS, world.identity())


async def test_something_else_in_the_parcel_is_an_exception_and_the_unit_is_still_expected(world: World) -> None:
    case = await sold(world, 1)
    back = await authorize(world, request(case.order_id))

    came = await receive(world, back, outcome=Outcome.WRONG_ITEM, found_sku="BRICK")

    assert came.rma.state is ReturnState.AUTHORIZED
    assert await world.exceptions() == ["RETURN_UNEXPECTED"]
    assert await states(world, case.order_id) == {SliceState.RETURN_AUTHORIZED: 1}


async def test_what_was_handed_in_and_lost_is_credited(world: World) -> None:
    case = await sold(world, 1)
    back = await authorize(world, request(case.order_id))
    await world.ask(RECORD_RETURNS_IN_TRANSIT, back.rma.return_id)

    lost = await receive(world, back, outcome=Outcome.LOST_IN_TRANSIT)
    await world.settle()

    assert (lost.rma.state, credited(lost)) == (ReturnState.CLOSED, [5000])
    assert await states(world, case.order_id) == {SliceState.LOST: 1}


async def test_what_does_not_come_in_time_counts_as_delivered_and_is_taken_when_it_comes_after_all(
    world: World,
) -> None:
    case = await sold(world, 1)
    back = await authorize(world, request(case.order_id))

    await world.advance(timedelta(days=21))
    assert await states(world, case.order_id) == {SliceState.DELIVERED: 1}
    assert (await world.case(case.order_id)).order.state is OrderState.CLOSED
    late = await receive(world, back)

    assert late.rma.state is ReturnState.RECEIVED
    assert await states(world, case.order_id) == {SliceState.RETURN_RECEIVED: 1}


async def test_a_report_that_comes_twice_changes_nothing(world: World) -> None:
    case = await sold(world, 2)
    back = await authorize(world, request(case.order_id, 2))

    await receive(world, back, reference="R-1")
    await receive(world, back, reference="R-1")
    await inspect(world, back, reference="I-1")
    await inspect(world, back, reference="I-1")
    await dispose(world, back, reference="D-1")
    again = await dispose(world, back, reference="D-1")

    assert credited(again) == [5000]
    assert await states(world, case.order_id) == {SliceState.RETURN_AUTHORIZED: 1, SliceState.RETURN_CLOSED: 1}


async def opened(world: World) -> list[tuple[str, str, int]]:
    rows = await world.rows("SELECT node_id, condition, on_hand FROM conditioned_stock WHERE on_hand > 0")
    return [(row["node_id"], row["condition"], row["on_hand"]) for row in rows]
