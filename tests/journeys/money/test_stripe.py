"""An order is paid through the adapter to Stripe: each movement of money happens there once, whatever is lost."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from datetime import timedelta

import httpx
import pytest

from adapters.sdk.certification.rehearsals import served
from adapters.sdk.http.buckets import Buckets, Rate
from adapters.sdk.http.client import PartnerClient
from adapters.stripe_payment.adapter import serving
from adapters.stripe_payment.rehearsal import DECLINED, Fault, RehearsalStripe
from hub.inbox.model import DocumentState
from hub.orders.lifecycle import OrderState
from tests.journeys.upkeep.documents import read
from tests.support.drafts import card, draft, line
from tests.support.world import TUESDAY, World

LATE = httpx.ReadTimeout("ordered")
PAID_ONCE = [("authorized", "pi_1", 2000), ("captured", "pi_1", 2000)]


@pytest.fixture
async def stripe(world: World, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[RehearsalStripe]:
    """A Stripe that the account of cards is with."""
    made = RehearsalStripe(created=int(TUESDAY.timestamp()))
    monkeypatch.setenv("XD_STRIPE_KEY", made.api_key)
    client = PartnerClient("https://stripe.invalid", Buckets(Rate(1000, 1000)), transport=httpx.MockTransport(made))
    async with served(serving("stripe_payment", client)) as address:
        profile = '{"api_key": "env:XD_STRIPE_KEY"}'
        await world.network(accounts={"cards": {"adapter": f"grpc://{address}", "profile_json": profile}})
        await world.stock("CUP", "DC-NL", 1)
        yield made
    await client.close()


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
async def test_an_order_is_paid_once(world: World, stripe: RehearsalStripe, faults: list[Fault]) -> None:
    stripe.faults = faults
    placed = await world.place(draft("W-1", [line("CUP", 1, "20.00")]))
    await world.advance(timedelta(days=3))

    assert (await world.case(placed.order_id)).order.state is OrderState.CLOSED
    assert stripe.log == PAID_ONCE
    assert await world.exceptions() == []


async def test_a_declined_card_holds_the_order(world: World, stripe: RehearsalStripe) -> None:
    placed = await world.place(draft("W-1", [line("CUP", 1, "20.00")], instruments=[card(token=DECLINED)]))
    await world.advance(timedelta(days=3))

    assert (await world.case(placed.order_id)).order.state is OrderState.PLACED
    assert stripe.log == []
    assert "ON_HOLD" in await world.exceptions()


async def test_what_stripe_decides_later_comes_by_its_event(world: World, stripe: RehearsalStripe) -> None:
    stripe.changed = lambda intent: intent.update(status="processing")
    placed = await world.place(draft("W-1", [line("CUP", 1, "20.00")]))
    await world.settle()
    assert (await world.case(placed.order_id)).order.state is OrderState.PLACED

    stripe.changed = lambda _: None
    stripe.intents["pi_1"]["status"] = "requires_capture"
    told = {
        "id": "evt_1",
        "type": "payment_intent.amount_capturable_updated",
        "data": {"object": stripe.intents["pi_1"]},
    }
    document = await read(world, "cards", json.dumps(told).encode(), "application/json")

    assert (document.state, document.problems) == (DocumentState.TAKEN, ())
    await world.advance(timedelta(days=3))
    assert (await world.case(placed.order_id)).order.state is OrderState.CLOSED
    assert stripe.log == PAID_ONCE
