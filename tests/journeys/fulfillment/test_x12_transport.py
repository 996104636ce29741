"""A carrier that speaks X12, from the parcel to the end of the order: tendered, taken or declined, delivered."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest

from adapters.sdk.certification.mailboxes import Mailbox, at_mailbox
from adapters.x12_transport.adapter import build
from adapters.x12_transport.certification import PROFILE, interchange, response
from hub.inbox.model import Document, DocumentState
from hub.orders.lifecycle import OrderState
from tests.journeys.upkeep.documents import read
from tests.support.drafts import draft, line
from tests.support.world import World


@pytest.fixture
async def carrier(world: World) -> AsyncIterator[Mailbox]:
    """The mailbox of the carrier that the account of the world is with."""
    async with at_mailbox(build) as box:
        profile = json.dumps({**PROFILE, "mailbox": {"kind": "directory", "folder": "box"}})
        await world.network(accounts={"carrier": {"adapter": f"grpc://{box.address}", "profile_json": profile}})
        await world.stock("CUP", "DC-NL", 1)
        yield box


async def tendered(world: World, carrier: Mailbox) -> tuple[Any, str]:
    """An order whose parcel was tendered, and the parcel's number."""
    placed = await world.place(draft("W-1", [line("CUP", 1, "20.00")]))
    await world.advance(timedelta(hours=12))
    (tender,) = carrier.written()
    return placed, tender.decode().split("B2**HAUL**")[1].split("*")[0]


async def delivered(world: World, number: str, *, after: timedelta, control: int = 21) -> Document:
    """Have the carrier tell that a parcel was delivered, so long after now."""
    at = await world.now() + after
    body = (f"B10*PRO-1*{number}*HAUL", "LX*1", f"AT7*D1*NS***{at:%Y%m%d*%H%M}*UT")
    return await read(world, "carrier", interchange("214", "QM", *body, control=control), "application/edi-x12")


async def test_a_parcel_is_taken_and_delivered_once(world: World, carrier: Mailbox) -> None:
    placed, number = await tendered(world, carrier)
    await read(world, "carrier", response("A", number), "application/edi-x12")
    await world.advance(timedelta(hours=12))

    documents = [await delivered(world, number, after=timedelta(minutes=-1), control=control) for control in (21, 22)]

    assert [(document.state, document.problems) for document in documents] == [(DocumentState.TAKEN, ())] * 2
    assert (await world.case(placed.order_id)).order.state is OrderState.CLOSED
    assert await world.exceptions() == []


async def test_a_tender_that_is_declined_is_refused_by_the_carrier(world: World, carrier: Mailbox) -> None:
    _, number = await tendered(world, carrier)
    await read(world, "carrier", response("D", number), "application/edi-x12")

    await world.advance(timedelta(days=1))

    assert "PARTNER_REFUSED" in await world.exceptions()


async def test_a_tender_that_nobody_answers_is_named(world: World, carrier: Mailbox) -> None:
    await tendered(world, carrier)

    await world.advance(timedelta(days=3))

    assert "ANSWER_OVERDUE" in await world.exceptions()


async def test_a_status_of_a_parcel_that_is_not_ours_or_not_yet_moves_no_order(world: World, carrier: Mailbox) -> None:
    placed, number = await tendered(world, carrier)

    unknown = await delivered(world, "P-UNKNOWN", after=timedelta(minutes=-1))
    early = await delivered(world, number, after=timedelta(days=30), control=22)

    assert (unknown.problems, len(early.problems)) == ((), 1)
    assert (await world.case(placed.order_id)).order.state is not OrderState.CLOSED
    assert await world.exceptions() == ["DOCUMENT_PROBLEM"]
