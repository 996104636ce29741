"""BalanceService: gift cards and store credit over the wire, seen by whom they concern; codes that nobody learns."""

from __future__ import annotations

from datetime import UTC, timedelta
from typing import Any, Final
from uuid import uuid4

import grpc
import pytest

from crossdock.balances.v1 import balances_pb2 as pb
from crossdock.orders.v1 import orders_pb2
from hub.api.orders.guesses import MOST_MISSES, WINDOW_SECONDS, Guesses
from hub.balances.errors import BalanceLookupsThrottled
from tests.support.network import SELLER
from tests.support.world import TUESDAY
from tests.unit.api.serving import Served, euros, placing, refusal

CODE: Final = "GIFT-7421-QRST-UVWX"


async def issued(hub: Served, principal: str = "service", **changes: Any) -> pb.Balance:
    stated: dict[str, Any] = {"seller_id": SELLER, "amount": euros(40)} | changes
    if "party_id" not in stated:
        stated.setdefault("code", CODE)
    request = pb.IssueBalanceRequest(request_id=str(uuid4()), **stated)
    balance: pb.Balance = (await hub.rpc("BalanceService.IssueBalance", principal)(request)).balance
    return balance


async def found(hub: Served, principal: str = "channel", **by: Any) -> pb.Balance:
    balance: pb.Balance = (await hub.rpc("BalanceService.GetBalance", principal)(pb.GetBalanceRequest(**by))).balance
    return balance


async def movements(hub: Served, balance_id: str) -> list[pb.BalanceMovement]:
    request = pb.ListBalanceMovementsRequest(balance_id=balance_id)
    return list((await hub.rpc("BalanceService.ListBalanceMovements", "viewer")(request)).movements)


async def refused(hub: Served, asked: Any) -> str:
    with pytest.raises(grpc.aio.AioRpcError) as error:
        await asked
    return refusal(error.value)[1]


async def test_a_gift_card_is_issued_found_by_its_code_and_adjusted_with_a_reason(hub: Served) -> None:
    until = TUESDAY + timedelta(days=365)
    made = await issued(hub, reason="a present", expire_time=until)
    assert (made.kind, made.seller_id, made.amount) == (pb.BALANCE_KIND_GIFT_CARD, SELLER, euros(40))
    assert made.expire_time.ToDatetime(UTC) == until

    by_code = await found(hub, code="gift7421 qrst uvwx")
    assert by_code == made == await found(hub, balance_id=made.balance_id)

    adjusting = pb.AdjustBalanceRequest(
        request_id=str(uuid4()), balance_id=made.balance_id, amount=euros(-5), reason="a complaint"
    )
    for _ in range(2):
        adjusted = (await hub.rpc("BalanceService.AdjustBalance", "service")(adjusting)).balance
        assert (adjusted.amount, adjusted.reserved, adjusted.available) == (euros(35), euros(0), euros(35))
    one, two = await movements(hub, made.balance_id)
    assert (one.number, one.kind, one.free, one.reason) == (
        1,
        pb.BALANCE_MOVEMENT_KIND_ISSUED,
        euros(40),
        "a present",
    )
    assert (two.free, two.principal, two.reason) == (euros(-5), "service", "a complaint")

    await hub.world.advance(timedelta(days=365))
    assert (await found(hub, code=CODE)).available == euros(0)


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({}, "BALANCE_TAKEN"),
        ({"code": "GIFT-0000-0000", "seller_id": "NOBODY"}, "BALANCE_NOT_FOUND"),
        ({"code": "GIFT-0000-0000", "amount": euros(0)}, "INVALID_FIELD"),
        ({"code": "----------"}, "INVALID_FIELD"),
        ({"code": "GIFT-0000-0000", "expire_time": TUESDAY - timedelta(days=1)}, "INVALID_FIELD"),
        ({"party_id": str(uuid4())}, "PARTY_NOT_FOUND"),
        ({"party_id": str(uuid4()), "expire_time": TUESDAY + timedelta(days=1)}, "INVALID_FIELD"),
    ],
)
async def test_what_cannot_be_issued_is_refused_with_its_reason(
    hub: Served, changes: dict[str, Any], reason: str
) -> None:
    await issued(hub)

    assert await refused(hub, issued(hub, **changes)) == reason


async def test_a_balance_of_another_seller_is_as_unknown_as_one_that_is_not_there(hub: Served) -> None:
    made = await issued(hub)
    asked = [
        found(hub, "other-seller", balance_id=made.balance_id),
        found(hub, "other-seller", code=CODE),
        found(hub, "other-shop", code=CODE),
        found(hub, "channel", balance_id=str(uuid4())),
        found(hub, "channel", code="GIFT-NONE-SUCH"),
        found(hub, "channel", code="short"),
        issued(hub, "other-seller", code="GIFT-0000-0000"),
    ]

    assert {await refused(hub, one) for one in asked} == {"BALANCE_NOT_FOUND"}


async def test_who_guesses_codes_is_refused_for_a_minute_even_a_right_one_and_others_are_not(hub: Served) -> None:
    made = await issued(hub)
    said = {await refused(hub, found(hub, code=f"GUESS-{number:06}")) for number in range(MOST_MISSES)}

    assert said == {"BALANCE_NOT_FOUND"}
    assert await refused(hub, found(hub, code=CODE)) == "BALANCE_LOOKUPS_THROTTLED"
    assert await found(hub, balance_id=made.balance_id) == made
    assert await found(hub, "service", code=CODE) == made


def test_guesses_count_anew_in_each_window() -> None:
    now = 100.0
    guesses = Guesses(lambda: now)
    for _ in range(MOST_MISSES):
        guesses.refuse_many("shop")
        guesses.missed("shop")
    with pytest.raises(BalanceLookupsThrottled) as told:
        guesses.refuse_many("shop")
    assert told.value.retry_after_seconds == WINDOW_SECONDS
    guesses.refuse_many("another shop")

    now += WINDOW_SECONDS
    guesses.refuse_many("shop")


async def test_an_order_is_paid_by_a_code_that_is_stored_and_shown_nowhere(hub: Served) -> None:
    made = await issued(hub)
    request = placing()
    del request.order.instruments[:]
    request.order.instruments.add(
        holder=orders_pb2.INSTRUMENT_HOLDER_HUB, kind="GIFT_CARD", balance_code=CODE, amount=euros(10)
    )
    request.order.instruments.add(holder=orders_pb2.INSTRUMENT_HOLDER_HUB, kind="CARD", token="tok_visa")

    order = (await hub.rpc("OrderService.PlaceOrder", "channel")(request)).order
    await hub.world.settle()

    assert order.instruments[0].balance_id == made.balance_id
    assert (await found(hub, code=CODE)).reserved == euros(10)
    tables = await hub.world.rows("SELECT tablename FROM pg_tables WHERE schemaname = current_schema()")
    plain = CODE.replace("-", "")
    holding = [
        row["tablename"]
        for row in tables
        if (
            await hub.world.rows(
                f"SELECT count(*) AS found FROM {row['tablename']} AS one WHERE one::text LIKE %(code)s"
                " OR one::text LIKE %(plain)s",
                code=f"%{CODE}%",
                plain=f"%{plain}%",
            )
        )[0]["found"]
    ]
    assert holding == []
    assert CODE not in str(order)


@pytest.mark.parametrize(
    ("stated", "field"),
    [
        ({"balance_code": CODE, "token": "tok"}, "token"),
        ({"balance_code": CODE, "store_credit": True}, "store_credit"),
        ({"balance_code": "short"}, "balance_code"),
        ({"balance_code": CODE, "holder": orders_pb2.INSTRUMENT_HOLDER_TERMS}, "holder"),
    ],
)
async def test_a_balance_that_is_stated_wrongly_is_refused(hub: Served, stated: dict[str, Any], field: str) -> None:
    request = placing()
    del request.order.instruments[:]
    request.order.instruments.add(**{"holder": orders_pb2.INSTRUMENT_HOLDER_HUB, "kind": "GIFT_CARD"} | stated)

    with pytest.raises(grpc.aio.AioRpcError) as error:
        await hub.rpc("OrderService.PlaceOrder", "channel")(request)

    assert refusal(error.value)[1] == "INVALID_FIELD"
    assert field in str(refusal(error.value))


async def test_store_credit_of_a_party_is_found_by_it_and_pays_an_order(hub: Served) -> None:
    first = await hub.place(reference="R-1")
    made = await issued(hub, party_id=first.customer_party_id)
    owner = pb.StoreCreditOwner(party_id=first.customer_party_id, seller_id=SELLER, currency_code="EUR")
    assert await found(hub, store_credit=owner) == made
    assert (await issued(hub, party_id=first.customer_party_id, amount=euros(2))).amount == euros(42)

    request = placing(reference="R-2")
    del request.order.instruments[:]
    request.order.instruments.add(
        holder=orders_pb2.INSTRUMENT_HOLDER_HUB, kind="STORE_CREDIT", store_credit=True, amount=euros(7)
    )
    request.order.instruments.add(holder=orders_pb2.INSTRUMENT_HOLDER_HUB, kind="CARD", token="tok_visa")
    order = (await hub.rpc("OrderService.PlaceOrder", "channel")(request)).order
    await hub.world.settle()

    assert order.instruments[0].balance_id == made.balance_id
    assert (await found(hub, store_credit=owner)).reserved == euros(7)
