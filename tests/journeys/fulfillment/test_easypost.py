"""A parcel is followed through the adapter to EasyPost: a webhook delivers the order, a pull where it is lost."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import httpx
import pytest

from adapters.easypost_transport.adapter import serving
from adapters.easypost_transport.rehearsal import Fault, RehearsalEasyPost, event_of
from adapters.sdk.certification.memory import MemoryState
from adapters.sdk.certification.rehearsals import served
from adapters.sdk.http.buckets import Buckets, Rate
from adapters.sdk.http.client import PartnerClient
from hub.inbox.model import DocumentState
from hub.orders.lifecycle import OrderState
from tests.journeys.upkeep.documents import read
from tests.support.drafts import draft, line
from tests.support.world import World


@pytest.fixture
async def easypost(world: World, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[RehearsalEasyPost]:
    """An EasyPost that the account of the carrier is with."""
    made = RehearsalEasyPost()
    monkeypatch.setenv("XD_EASYPOST_KEY", made.api_key)
    client = PartnerClient("https://easypost.invalid", Buckets(Rate(1000, 1000)), transport=httpx.MockTransport(made))
    async with served(serving("easypost_transport", client, MemoryState())) as address:
        profile = '{"api_key": "env:XD_EASYPOST_KEY", "pull_minutes": 120}'
        await world.network(accounts={"carrier": {"adapter": f"grpc://{address}", "profile_json": profile}})
        await world.stock("CUP", "DC-NL", 1)
        yield made
    await client.close()


async def under_way(world: World, easypost: RehearsalEasyPost) -> tuple[Any, dict[str, Any]]:
    """An order whose parcel left, and the tracker of that, which says that it was delivered."""
    placed = await world.place(draft("W-1", [line("CUP", 1, "20.00")]))
    await world.advance(timedelta(hours=12))
    assert (await world.case(placed.order_id)).order.state is not OrderState.CLOSED
    (tracker,) = easypost.trackers
    easypost.tell(tracker["tracking_code"], "delivered", (await world.now()).isoformat())
    return placed, tracker


@pytest.mark.parametrize(
    "faults",
    [[], [Fault(after=httpx.ReadTimeout("ordered"))], [Fault(before=httpx.Response(503))]],
    ids=["nothing lost", "lost after the work", "lost before it"],
)
async def test_a_webhook_delivers_the_order_once(
    world: World, easypost: RehearsalEasyPost, faults: list[Fault]
) -> None:
    easypost.faults = faults
    placed, tracker = await under_way(world, easypost)

    documents = [await read(world, "carrier", event_of(tracker), "application/json") for _ in range(2)]

    assert [(document.state, document.problems) for document in documents] == [(DocumentState.TAKEN, ())] * 2
    assert (await world.case(placed.order_id)).order.state is OrderState.CLOSED
    assert await world.exceptions() == []


async def test_a_pull_finds_what_a_lost_webhook_told(world: World, easypost: RehearsalEasyPost) -> None:
    placed, _ = await under_way(world, easypost)

    await world.advance(timedelta(hours=2))

    assert (await world.case(placed.order_id)).order.state is OrderState.CLOSED
