"""CreditService: accounts and what orders take of them over the wire, and who may let an order go on over a limit."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Final
from uuid import uuid4

import grpc
import pytest

from crossdock.credit.v1 import credit_pb2 as pb
from crossdock.orders.v1 import order_service_pb2, orders_pb2
from tests.support.network import SELLER
from tests.unit.api.serving import Served, euros, placing, refusal

NAME: Final = "DEBTOR-7"


async def put(hub: Served, principal: str = "admin", **changes: Any) -> pb.CreditAccount:
    stated: dict[str, Any] = {
        "seller_id": SELLER,
        "credit_account_id": NAME,
        "limit_amount": euros(10),
        "status": pb.CREDIT_STATUS_OPEN,
    }
    request = pb.PutCreditAccountRequest(request_id=str(uuid4()), **(stated | changes))
    account: pb.CreditAccount = (await hub.rpc("CreditService.PutCreditAccount", principal)(request)).account
    return account


async def shown(hub: Served) -> pb.CreditAccount:
    request = pb.GetCreditAccountRequest(seller_id=SELLER, credit_account_id=NAME)
    account: pb.CreditAccount = (await hub.rpc("CreditService.GetCreditAccount", "viewer")(request)).account
    return account


async def orders(hub: Served, **changes: Any) -> list[pb.CreditOrder]:
    request = pb.ListCreditOrdersRequest(seller_id=SELLER, credit_account_id=NAME, **changes)
    return list((await hub.rpc("CreditService.ListCreditOrders", "viewer")(request)).orders)


async def refused(asked: Any) -> str:
    with pytest.raises(grpc.aio.AioRpcError) as error:
        await asked
    return refusal(error.value)[1]


async def settle(hub: Served, order_id: str, amount: int, reference: str = "BANK-1") -> Any:
    request = pb.SettleReceivableRequest(
        request_id=str(uuid4()),
        order_id=order_id,
        amount=euros(amount),
        reference=reference,
        settlement=pb.RECEIVABLE_SETTLEMENT_PAID,
    )
    return await hub.rpc("CreditService.SettleReceivable", "service")(request)


async def placed(hub: Served) -> str:
    """An order of 55.00 on terms, whose account was reviewed."""
    await hub.world.stock("SHIRT", "DC-NL", 1)
    request = placing(quantity=1)
    del request.order.instruments[:]
    request.order.instruments.add(
        holder=orders_pb2.INSTRUMENT_HOLDER_TERMS, kind="INVOICE", reference="NET30", credit_account_id=NAME
    )
    order = (await hub.rpc("OrderService.PlaceOrder", "channel")(request)).order
    assert order.instruments[0].credit_account_id == NAME
    await hub.world.settle()
    order_id: str = order.order_id
    return order_id


async def test_an_account_is_put_shown_listed_and_an_order_goes_on_over_its_limit(hub: Served) -> None:
    made = await put(hub)
    assert (made.version, made.status, made.limit_amount, made.exposure) == (
        1,
        pb.CREDIT_STATUS_OPEN,
        euros(10),
        euros(0),
    )
    listed = await hub.rpc("CreditService.ListCreditAccounts", "viewer")(pb.ListCreditAccountsRequest(seller_id=SELLER))
    assert list(listed.accounts) == [made]
    assert await refused(put(hub, seller_id="NOBODY")) == "CREDIT_ACCOUNT_NOT_FOUND"
    assert await refused(put(hub, expected_version=2)) == "STATE_CHANGED"
    assert await refused(put(hub, limit_amount=euros(-1))) == "INVALID_FIELD"
    assert await refused(put(hub, "service")) == "PERMISSION_DENIED"

    order_id = await placed(hub)
    account = await shown(hub)
    assert (account.exposure, account.available, account.waiting) == (euros(0), euros(10), euros(55))
    (waits,) = await orders(hub, only_waiting=True)
    assert (waits.order_id, waits.unshipped, waits.granted, waits.waits) == (order_id, euros(55), euros(0), True)

    request = pb.ReleaseCreditHoldRequest(request_id=str(uuid4()), order_id=order_id, reason="they paid by phone")
    assert await refused(hub.rpc("CreditService.ReleaseCreditHold", "service")(request)) == "PERMISSION_DENIED"
    released = (await hub.rpc("CreditService.ReleaseCreditHold", "admin")(request)).order
    assert (released.granted, released.waits) == (euros(55), False)
    assert (await shown(hub)).available == euros(-45)
    assert await orders(hub, only_waiting=True) == []
    await hub.world.advance(timedelta(days=2))
    (owes,) = await orders(hub)
    assert (owes.owed, owes.unshipped) == (euros(55), euros(0))

    assert (await settle(hub, order_id, 12)).open == euros(43)
    assert await refused(settle(hub, order_id, 13)) == "SETTLEMENT_REFERENCE_TAKEN"
    assert await refused(settle(hub, order_id, 0, "BANK-2")) == "INVALID_FIELD"
    assert await refused(settle(hub, order_id, 44, "BANK-2")) == "RECEIVABLE_EXCEEDED"
    timeline = await hub.rpc("OrderService.GetTimeline", "viewer")(
        order_service_pb2.GetTimelineRequest(order_id=order_id)
    )
    assert "released over the credit limit: they paid by phone" in str(timeline)
    assert "12.00 EUR of the invoices PAID: BANK-1" in str(timeline)


@pytest.mark.parametrize("holder", [orders_pb2.INSTRUMENT_HOLDER_HUB, orders_pb2.INSTRUMENT_HOLDER_CHANNEL])
async def test_only_terms_name_an_account_and_all_the_same(hub: Served, holder: Any) -> None:
    request = placing()
    del request.order.instruments[:]
    request.order.instruments.add(holder=holder, kind="CARD", token="tok", credit_account_id=NAME)
    assert await refused(hub.rpc("OrderService.PlaceOrder", "channel")(request)) == "INVALID_FIELD"

    del request.order.instruments[:]
    for name in (NAME, "OTHER"):
        request.order.instruments.add(
            holder=orders_pb2.INSTRUMENT_HOLDER_TERMS, kind="INVOICE", amount=euros(15), credit_account_id=name
        )
    assert await refused(hub.rpc("OrderService.PlaceOrder", "channel")(request)) == "INVALID_FIELD"
