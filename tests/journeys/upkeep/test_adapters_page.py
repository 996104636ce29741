"""`docs/adapters.md` is enough: an adapter of a hundred lines serves every partner of an order's whole life."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest

from crossdock.partner.call.v1 import call_pb2
from hub.orders.lifecycle import OrderState
from tests.journeys.upkeep.any_partner import AnyPartner, Lie, served
from tests.support.drafts import draft, line
from tests.support.network import ACCOUNTS
from tests.support.world import World


@pytest.fixture
async def partner(world: World) -> AsyncIterator[AnyPartner]:
    partner = AnyPartner()
    async with served(partner) as address:
        await world.network(accounts={account_id: {"adapter": address} for account_id in ACCOUNTS})
        await world.stock("CUP", "DC-NL", 2)
        yield partner


def outcome(value: call_pb2.Outcome) -> Lie:
    def lie(response: Any) -> None:
        response.answer.outcome = value

    return lie


async def test_an_order_lives_its_whole_life_with_an_adapter_written_from_the_page(
    world: World, partner: AnyPartner
) -> None:
    placed = await world.place(draft("W-1", [line("CUP", 2, "20.00")], shipping="5.00"))
    await world.advance(timedelta(days=3))

    assert (await world.case(placed.order_id)).order.state is OrderState.CLOSED
    assert await world.exceptions() == []
    assert {"Authorize", "ScreenOrder", "DetermineTax", "ReleaseFulfillmentOrder", "RegisterParcel", "Capture"} <= set(
        partner.done
    )
    assert {"ReportProgress", "PostDocument", "SendNotice"} <= set(partner.done)
    assert partner.done.count("Authorize") == partner.done.count("Capture") == 1


@pytest.mark.parametrize(
    ("method", "lie", "named"),
    [
        ("PostDocument", outcome(call_pb2.OUTCOME_REFUSED), "PARTNER_REFUSED"),
        ("ScreenOrder", outcome(call_pb2.OUTCOME_REFUSED), "ON_HOLD"),
        ("Authorize", outcome(call_pb2.OUTCOME_REFUSED), "ON_HOLD"),
        ("Capture", outcome(call_pb2.OUTCOME_REFUSED), "CAPTURE_FAILED"),
        ("ReleaseFulfillmentOrder", outcome(call_pb2.OUTCOME_REFUSED), "STOCK_SHORT"),
    ],
)
async def test_what_the_page_says_of_an_outcome_is_what_the_hub_does(
    world: World, partner: AnyPartner, method: str, lie: Lie, named: str
) -> None:
    partner.lies = {method: lie}
    await world.place(draft("W-1", [line("CUP", 1, "20.00")]))
    await world.advance(timedelta(days=3))

    assert named in await world.exceptions()


@pytest.mark.parametrize("method", ["Authorize", "ScreenOrder", "DetermineTax", "Capture", "PostDocument"])
async def test_pending_for_ever_is_named_after_a_day(world: World, partner: AnyPartner, method: str) -> None:
    pending = outcome(call_pb2.OUTCOME_PENDING)
    partner.lies = {method: pending, "FindOperation": pending}
    await world.place(draft("W-1", [line("CUP", 1, "20.00")]))
    await world.advance(timedelta(days=1, hours=1))

    assert "ANSWER_OVERDUE" in await world.exceptions()
    assert partner.done.count(method) >= 1
