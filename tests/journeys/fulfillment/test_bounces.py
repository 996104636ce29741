"""A notice that did not reach the customer is named until somebody tells the customer otherwise."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any
from uuid import UUID

import pytest

from crossdock.inbox.v1 import inbox_pb2
from hub.inbox.model import DocumentState
from tests.journeys.upkeep.any_partner import AnyPartner, served
from tests.journeys.upkeep.documents import read
from tests.support.drafts import draft, line
from tests.support.network import ACCOUNTS
from tests.support.world import World


@pytest.fixture
async def partner(world: World) -> AsyncIterator[AnyPartner]:
    """A service that writes to customers, beside all other partners."""
    partner = AnyPartner()
    async with served(partner) as address:
        await world.network(accounts={account_id: {"adapter": address} for account_id in ACCOUNTS})
        await world.stock("CUP", "DC-NL", 2)
        yield partner


def bounces(partner: AnyPartner, operation_key: str) -> None:
    """Has every document read as the bounce of a notice."""

    def told(response: Any) -> None:
        bounce = inbox_pb2.NoticeBounce(operation_key=operation_key, code="5.1.1")
        response.commands.append(inbox_pb2.Command(report_bounce=bounce, location="delivery-status"))

    partner.lies["ReadDocument"] = told


async def notice(world: World) -> UUID:
    """The notice that an order is confirmed, sent."""
    await world.place(draft("W-1", [line("CUP", 1, "20.00")]))
    await world.settle()
    (row, *_) = await world.rows("SELECT message_id FROM every_message WHERE kind = 'notice.send'")
    found = row["message_id"]
    assert isinstance(found, UUID)
    return found


async def test_a_bounce_is_an_exception_about_its_order_once(world: World, partner: AnyPartner) -> None:
    message_id = await notice(world)
    bounces(partner, str(message_id))

    for content in (b"first report", b"second report"):
        document = await read(world, "mail", content, "message/rfc822")
        assert document.state is DocumentState.TAKEN

    (record,) = await world.rows("SELECT reason, subject, detail, order_id, owner FROM exception_record")
    assert (record["reason"], record["subject"]) == ("NOTICE_BOUNCED", str(message_id))
    assert record["order_id"] is not None
    assert record["owner"] == "customer-service"
    assert "5.1.1" in record["detail"]


@pytest.mark.parametrize("other", ["a notice of nobody", "a call of another account"])
async def test_a_bounce_of_what_the_account_never_sent_is_a_problem(
    world: World, partner: AnyPartner, other: str
) -> None:
    await notice(world)
    calls = await world.rows("SELECT message_id FROM every_message WHERE kind = 'payment.authorize'")
    bounces(partner, str(world.identity() if other == "a notice of nobody" else calls[0]["message_id"]))

    document = await read(world, "mail", b"report", "message/rfc822")

    assert document.state is DocumentState.PROBLEM
    assert "operation_key" in document.problems[0].field
    assert await world.exceptions() == ["DOCUMENT_PROBLEM"]
