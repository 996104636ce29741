"""Webhooks: a receiver has each event once, in order per order; what it does not take is neither lost nor left out."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from hub.api.setup.webhook_changes import PUT_WEBHOOK, REMOVE_WEBHOOK, REPLAY_WEBHOOK, ROTATE_SECRET
from hub.flows.upkeep.keep_webhooks import Kept, Replay, Rotation, WebhookDraft
from hub.kernel.errors import Refusal
from hub.kernel.scope import HUB
from hub.tasks.webhooks import stop_ownerless
from hub.webhooks.errors import WebhookNotFound
from hub.webhooks.model import Content, Signature
from hub.webhooks.policy.signatures import shown_secret
from tests.support.drafts import draft, line
from tests.support.receivers import Receiver, receiving
from tests.support.world import World

FIRST, SECOND = b"1" * 32, b"2" * 32


@pytest.fixture
async def receiver() -> AsyncIterator[Receiver]:
    """A receiver that takes everything."""
    async with receiving() as served:
        yield served


async def added(world: World, receiver: Receiver, **stated: Any) -> UUID:
    """A webhook to a receiver that verifies."""
    receiver.secret = shown_secret(FIRST)
    put = WebhookDraft(None, world.identity(), FIRST, receiver.url, **stated)
    kept: Kept = await world.ask(PUT_WEBHOOK, put)
    return kept.webhook.webhook_id


async def feed(world: World) -> dict[str, list[int]]:
    """Positions of the feed by order."""
    rows = await world.rows("SELECT coalesce(order_id::text, '') AS id, position FROM event ORDER BY position")
    orders = {row["id"] for row in rows}
    return {order: [row["position"] for row in rows if row["id"] == order] for order in orders}


async def queued(world: World) -> dict[str, int]:
    """Messages to webhooks by state."""
    rows = await world.rows("SELECT state, count(*) FROM message WHERE kind = 'webhook.deliver' GROUP BY state")
    return {row["state"]: row["count"] for row in rows}


async def test_a_receiver_has_each_event_of_an_orders_life_once_and_in_order(world: World, receiver: Receiver) -> None:
    await added(world, receiver)
    await world.stock("SHIRT", "DC-NL", 10)
    for number in range(3):
        await world.place(draft(f"W-{number}", [line("SHIRT", 1)]))
    await world.settle()
    await world.advance(timedelta(days=3))

    assert receiver.by_order() == await feed(world)
    assert len(receiver.ids) == len(set(receiver.ids)) > 20
    assert receiver.bodies[-1]["event"]["eventId"] == receiver.ids[-1]
    assert await world.audit() == []


async def test_an_order_whose_event_is_not_taken_holds_no_other(world: World, receiver: Receiver) -> None:
    await added(world, receiver)
    await world.stock("SHIRT", "DC-NL", 10)
    stuck, other = [await world.place(draft(name, [line("SHIRT", 1)])) for name in ("W-1", "W-2")]
    receiver.statuses[str(stuck.order_id)] = 500
    await world.settle()

    taken = receiver.by_order()
    assert str(stuck.order_id) not in taken
    assert taken[str(other.order_id)] == (await feed(world))[str(other.order_id)]

    receiver.statuses.clear()
    await world.advance(timedelta(hours=1))
    assert receiver.by_order() == await feed(world)


async def test_a_receiver_that_is_down_for_two_days_has_everything_after_a_replay(
    world: World, receiver: Receiver
) -> None:
    webhook_id = await added(world, receiver)
    await world.stock("SHIRT", "DC-NL", 10)
    receiver.status = 503
    await world.place(draft("W-1", [line("SHIRT", 1)]))
    await world.settle()
    await world.advance(timedelta(hours=47))
    assert "DEAD" not in await queued(world)
    await world.advance(timedelta(hours=2))

    assert (await queued(world))["DEAD"] > 0
    assert "WEBHOOK_UNDELIVERED" in await world.exceptions()
    assert receiver.ids == []

    receiver.status = 200
    await world.ask(REPLAY_WEBHOOK, Replay(webhook_id))
    await world.settle()
    assert receiver.by_order() == await feed(world)
    assert set(await queued(world)) == {"SETTLED"}
    assert not {"WEBHOOK_UNDELIVERED", "MESSAGES_OVERDUE"} & set(await world.exceptions())


async def test_a_receiver_that_takes_nothing_for_days_is_not_posted_to_until_a_command(
    world: World, receiver: Receiver
) -> None:
    webhook_id = await added(world, receiver)
    receiver.status = 500
    await world.stock("SHIRT", "DC-NL", 10)
    await world.place(draft("W-1", [line("SHIRT", 1)]))
    await world.advance(timedelta(days=6))

    assert "WEBHOOK_DISABLED" in await world.exceptions()
    (row,) = await world.rows("SELECT state, why FROM webhook")
    assert (row["state"], row["why"]) == ("DISABLED", "The receiver has taken nothing for 5 days.")
    attempts = receiver.attempts
    await world.place(draft("W-2", [line("SHIRT", 1)]))
    await world.advance(timedelta(days=1))
    assert receiver.attempts == attempts

    receiver.status = 200
    await world.ask(REPLAY_WEBHOOK, Replay(webhook_id))
    await world.settle()
    assert receiver.by_order() == await feed(world)
    assert "WEBHOOK_DISABLED" not in await world.exceptions()


async def test_a_receiver_that_is_gone_is_not_posted_to(world: World, receiver: Receiver) -> None:
    await added(world, receiver)
    receiver.status = 410
    await world.stock("SHIRT", "DC-NL", 10)
    await world.settle()
    await world.place(draft("W-1", [line("SHIRT", 1)]))
    await world.settle()

    assert receiver.attempts == 1
    assert await world.exceptions() == ["WEBHOOK_DISABLED"]


async def test_a_replay_from_a_position_posts_the_same_ids_again(world: World, receiver: Receiver) -> None:
    webhook_id = await added(world, receiver)
    await world.stock("SHIRT", "DC-NL", 10)
    placed = await world.place(draft("W-1", [line("SHIRT", 1)]))
    await world.settle()
    first, positions = list(receiver.ids), (await feed(world))[str(placed.order_id)]

    await world.ask(REPLAY_WEBHOOK, Replay(webhook_id, after_position=positions[0] - 1))
    await world.settle()
    again = receiver.ids[len(first) :]
    assert len(again) >= len(positions)
    assert set(again) <= set(first)
    with pytest.raises(Refusal, match="The feed ends at"):
        await world.ask(REPLAY_WEBHOOK, Replay(webhook_id, after_position=10**9))


async def test_both_secrets_verify_while_one_is_replaced(world: World, receiver: Receiver) -> None:
    webhook_id = await added(world, receiver)
    await world.ask(ROTATE_SECRET, Rotation(webhook_id, SECOND, overlap=timedelta(hours=1)))
    await world.stock("SHIRT", "DC-NL", 1)
    await world.settle()
    receiver.secret = shown_secret(SECOND)
    await world.stock("SHIRT", "DC-NL", 1)
    await world.settle()
    assert [head["webhook-signature"].count("v1,") for head in receiver.heads] == [2] * len(receiver.heads)

    await world.advance(timedelta(hours=1))
    await world.stock("SHIRT", "DC-NL", 1)
    await world.settle()
    assert receiver.heads[-1]["webhook-signature"].count("v1,") == 1


async def test_the_whole_order_is_posted_where_it_is_asked_for(world: World, receiver: Receiver) -> None:
    await added(world, receiver, content=Content.ORDER, types=("OrderPlaced", "StockAdjusted"))
    await world.stock("SHIRT", "DC-NL", 10)
    placed = await world.place(draft("W-1", [line("SHIRT", 1)]))
    await world.settle()

    assert [body["type"] for body in receiver.bodies] == ["StockAdjusted", "OrderPlaced"]
    assert "order" not in receiver.bodies[0]
    assert receiver.bodies[1]["order"]["orderId"] == str(placed.order_id)
    assert receiver.bodies[1]["event"]["orderPlaced"]


async def test_http_signatures_stand_beside(world: World, receiver: Receiver) -> None:
    await added(world, receiver, signature=Signature.HTTP_HMAC_SHA256)
    await world.stock("SHIRT", "DC-NL", 1)
    await world.settle()
    assert receiver.heads[0]["signature-input"].startswith('sig1=("@method" "@authority" "@path"')


async def test_nothing_is_posted_to_a_webhook_that_was_removed(world: World, receiver: Receiver) -> None:
    webhook_id = await added(world, receiver)
    receiver.status = 500
    await world.stock("SHIRT", "DC-NL", 1)
    await world.settle()
    attempts = receiver.attempts
    assert attempts

    await world.ask(REMOVE_WEBHOOK, webhook_id)
    await world.advance(timedelta(days=3))
    assert receiver.attempts == attempts
    assert await world.exceptions() == []
    with pytest.raises(WebhookNotFound):
        await world.ask(REPLAY_WEBHOOK, Replay(webhook_id))


async def test_a_webhook_ends_with_its_principal(world: World, receiver: Receiver) -> None:
    webhook_id = await added(world, receiver)
    await world.stock("SHIRT", "DC-NL", 1)
    await world.settle()
    posted = receiver.attempts
    await stop_ownerless(world.database, world.surroundings, {HUB.principal, "shop"})
    await world.stock("SHIRT", "DC-NL", 1)
    await world.settle()
    assert receiver.attempts > posted, "its principal is still let in"

    await world.stock("SHIRT", "DC-NL", 1)
    posted = receiver.attempts
    for _ in range(2):  # as two processes do
        await stop_ownerless(world.database, world.surroundings, {"shop"})
    await world.settle()

    assert receiver.attempts == posted
    (opened,) = await world.rows("SELECT reason, detail, suggested_command FROM exception_record")
    assert opened["reason"] == "WEBHOOK_DISABLED"
    assert "Its principal is not let in any more." in opened["detail"]
    assert opened["suggested_command"] == f"crossdock webhook remove {webhook_id}"

    await world.ask(REPLAY_WEBHOOK, Replay(webhook_id))
    await world.settle()
    assert receiver.by_order() == await feed(world), "what was held back is posted once it is enabled"
