"""An order is paid through the adapter to Adyen, which decides captures and refunds later and tells it by webhook."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta

import httpx
import pytest

from adapters.adyen_payment.adapter import serving
from adapters.adyen_payment.rehearsal import DECLINED, Fault, RehearsalAdyen
from adapters.sdk.certification.rehearsals import served
from adapters.sdk.http.buckets import Buckets, Rate
from adapters.sdk.http.client import PartnerClient
from hub.inbox.model import Document, DocumentState
from hub.orders.lifecycle import OrderState
from hub.payments.model import TransactionKind, TransactionState
from tests.journeys.upkeep.documents import read
from tests.support.drafts import card, draft, line
from tests.support.world import World

LATE = httpx.ReadTimeout("ordered")
CARD = "shopper-1:8415995487234100"


@pytest.fixture
async def adyen(world: World, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[RehearsalAdyen]:
    """An Adyen that the account of cards is with."""
    made = RehearsalAdyen()
    monkeypatch.setenv("XD_ADYEN_KEY", made.api_key)
    client = PartnerClient("", Buckets(Rate(1000, 1000)), transport=httpx.MockTransport(made))
    async with served(serving("adyen_payment", client)) as address:
        profile = '{"api_key": "env:XD_ADYEN_KEY", "merchant_account": "Merchant"}'
        await world.network(accounts={"cards": {"adapter": f"grpc://{address}", "profile_json": profile}})
        await world.stock("CUP", "DC-NL", 1)
        yield made
    await client.close()


async def deliver(world: World, adyen: RehearsalAdyen) -> Document:
    """Deliver all that Adyen has to tell, in one notification."""
    document = await read(world, "cards", adyen.notification(*adyen.told), "application/json")
    await world.settle()
    return document


async def captures(world: World) -> list[TransactionState]:
    (row,) = await world.rows("SELECT order_id FROM orders")
    payments = (await world.case(row["order_id"])).payments
    return [one.state for one in payments.transactions if one.kind is TransactionKind.CAPTURE]


async def shipped(world: World, token: str = CARD) -> OrderState:
    """The state of an order of 20 euros half a day after it was placed."""
    placed = await world.place(draft("W-1", [line("CUP", 1, "20.00")], instruments=[card(token=token)]))
    await world.advance(timedelta(hours=12))
    return (await world.case(placed.order_id)).order.state


@pytest.mark.parametrize(
    "faults",
    [
        [],
        [Fault(after=LATE), Fault(after=LATE)],
        [Fault(before=LATE), Fault(before=LATE)],
        [Fault(after=httpx.Response(500)), Fault(after=httpx.Response(502))],
        [Fault(before=httpx.Response(429, headers={"retry-after": "0"}))],
    ],
    ids=["nothing lost", "lost after the work", "lost before it", "faults of the server", "limited"],
)
async def test_an_order_is_paid_once_its_capture_is_told(
    world: World, adyen: RehearsalAdyen, faults: list[Fault]
) -> None:
    adyen.faults = faults
    await shipped(world)
    assert await captures(world) == [TransactionState.REQUESTED]

    document = await deliver(world, adyen)

    assert (document.state, document.problems) == (DocumentState.TAKEN, ())
    assert await captures(world) == [TransactionState.SUCCEEDED]
    assert [(what, minor) for what, _, minor in adyen.log] == [("authorized", 2000), ("capture", 2000)]
    assert await world.exceptions() == []


async def test_what_is_told_twice_and_in_disorder_counts_once(world: World, adyen: RehearsalAdyen) -> None:
    await shipped(world)
    adyen.told = [*reversed(adyen.told), *adyen.told]

    await deliver(world, adyen)
    await deliver(world, adyen)

    assert await captures(world) == [TransactionState.SUCCEEDED]
    assert await world.exceptions() == []


async def test_a_declined_card_holds_the_order(world: World, adyen: RehearsalAdyen) -> None:
    assert await shipped(world, DECLINED) is OrderState.PLACED
    assert adyen.log == []
    assert "ON_HOLD" in await world.exceptions()


async def test_a_capture_that_fails_after_it_was_told_as_done_is_a_contradiction(
    world: World, adyen: RehearsalAdyen
) -> None:
    await shipped(world)
    await deliver(world, adyen)
    captured = adyen.told[-1]
    adyen.told = [{**captured, "eventCode": "CAPTURE_FAILED", "reason": "Capture Failed"}]

    await deliver(world, adyen)

    assert await captures(world) == [TransactionState.SUCCEEDED]
    assert await world.exceptions() == ["PAYMENT_CONTRADICTED"]


async def test_a_capture_that_adyen_refuses_later_is_named(world: World, adyen: RehearsalAdyen) -> None:
    await shipped(world)
    adyen.told[-1] |= {"success": "false", "reason": "Insufficient balance on payment"}
    await deliver(world, adyen)

    assert await captures(world) == [TransactionState.FAILED]
    assert "CAPTURE_FAILED" in await world.exceptions()
