"""A parcel is followed through the adapter to EasyPost: a webhook delivers the order, a pull where it is lost."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any
from uuid import UUID

import httpx
import pytest

from adapters.easypost_transport.adapter import serving
from adapters.easypost_transport.rehearsal import Fault, RehearsalEasyPost, event_of
from adapters.sdk.certification.memory import MemoryState
from adapters.sdk.certification.rehearsals import served
from adapters.sdk.http.buckets import Buckets, Rate
from adapters.sdk.http.client import PartnerClient
from hub.api.fulfillment.changes import BUY_LABELS, RECORD_SHIPMENTS
from hub.api.orders.changes import CANCEL_LINES
from hub.fulfillment.model import PackedParcel, ShipmentReport
from hub.inbox.model import DocumentState
from hub.network.model.carriers import CarrierService
from hub.orders.lifecycle import OrderState
from hub.orders.model import CancelRequest
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


@pytest.fixture
async def packing(world: World, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[tuple[RehearsalEasyPost, UUID]]:
    """An EasyPost of which the hub buys labels, and the fulfillment order of a cup that lies packed."""
    made, state = RehearsalEasyPost(), MemoryState()
    monkeypatch.setenv("XD_EASYPOST_KEY", made.api_key)
    client = PartnerClient("https://easypost.invalid", Buckets(Rate(1000, 1000)), transport=httpx.MockTransport(made))
    async with served(serving("easypost_transport", client, state)) as address:
        profile = '{"api_key": "env:XD_EASYPOST_KEY", "services": {"STANDARD": "GroundAdvantage"}}'
        later = {f"{step}_after_minutes": 900_000 for step in ("acknowledge", "pick", "pack", "ship")}
        await world.network(
            accounts={"carrier": {"adapter": f"grpc://{address}", "profile_json": profile}},
            profiles={"wms": later},
            services=[CarrierService("carrier", "STANDARD", buys_labels=True)],
        )
        await world.stock("CUP", "DC-NL", 1)
        placed = await world.place(draft("W-1", [line("CUP", 1, "20.00")]))
        await world.settle()
        (work,) = (await world.case(placed.order_id)).fulfillment_orders
        yield made, work.fulfillment_order_id
    await client.close()


@pytest.mark.parametrize("requests", range(3))
@pytest.mark.parametrize("lost", [httpx.ReadTimeout("ordered"), httpx.Response(503)], ids=["silent", "broken"])
@pytest.mark.parametrize("done", [True, False], ids=["after the work", "before it"])
async def test_a_label_is_paid_for_once_and_its_parcel_is_followed_whatever_answer_is_lost(
    world: World,
    packing: tuple[RehearsalEasyPost, UUID],
    requests: int,
    lost: httpx.Response | Exception,
    done: bool,  # noqa: FBT001
) -> None:
    easypost, work = packing
    easypost.faults = [*[Fault()] * requests, Fault(after=lost) if done else Fault(before=lost)]
    await world.ask(BUY_LABELS, PackedParcel(work, "P-1", 436))
    await world.settle()
    await world.advance(timedelta(minutes=20))
    easypost.faults = []

    assert [kind for kind, _ in easypost.labels] == ["bought"]
    number = easypost.shipments[easypost.labels[0][1]]["tracking_code"]
    await world.ask(RECORD_SHIPMENTS, ShipmentReport(work, "P-1", await world.now()))
    await world.settle()
    assert [one["tracking_code"] for one in easypost.trackers] == [number]
    assert [kind for kind, _ in easypost.labels] == ["bought"]
    assert await world.exceptions() == []


async def test_a_label_of_a_canceled_order_is_refunded_once(
    world: World, packing: tuple[RehearsalEasyPost, UUID]
) -> None:
    easypost, work = packing
    await world.ask(BUY_LABELS, PackedParcel(work, "P-1", 436))
    await world.settle()
    easypost.faults = [Fault(), Fault(after=httpx.ReadTimeout("ordered"))]
    (row,) = await world.rows("SELECT order_id FROM fulfillment_order")
    await world.ask(CANCEL_LINES, CancelRequest(row["order_id"], "not any more"))
    await world.settle()
    await world.advance(timedelta(hours=2))

    assert [kind for kind, _ in easypost.labels] == ["bought", "refunded"]
    assert await world.exceptions() == []
